// Makes a Saver, saves a model under a plain name, changes it, restores it, and saves it with a
// step and without a graph: what a TensorFlow script of the same steps prints, this prints.
//
//   cd /tmp/somewhere && save_plain
#include <icecore/icecore.h>

#include <iostream>
#include <string>

#include "files_here.h"
#include "python_text.h"

using namespace icecore;

namespace {

// A variable's own assign() doesn't lock it, as tf.assign() does.
Operation assign_without_lock(const Variable& variable, const Input& value) {
  return variable.graph().apply_op("Assign", {Input(variable.ref()), value},
                                   {{"use_locking", false}});
}

void print_operation(const Operation& operation) {
  std::vector<std::string> inputs, control_inputs;
  for (const Output& input : operation.inputs()) inputs.push_back(input.name());
  for (const Operation& input : operation.control_inputs()) control_inputs.push_back(input.name());
  std::cout << operation.name() << ' ' << operation.type() << ' ' << as_python(inputs) << ' '
            << as_python(control_inputs) << '\n';
}

void run() {
  GraphBuilder graph;
  const Variable weights = make_variable(
      graph, Tensor::of(Shape({2, 2}), {1.5F, -2.25F, 0.125F, 4.0F}), {.name = "weights"});
  const Variable bias =
      make_variable(graph, Tensor::of(Shape({2}), {0.5F, -0.5F}), {.name = "bias"});
  const Variable counter = make_variable(graph, 7, {.name = "counter", .trainable = false});
  const Output bump = assign_add(counter, 5, "bump");
  const Operation clear = assign_without_lock(weights, zeros(graph, Shape({2, 2})));
  const Operation wipe = graph.group({clear, assign(bias, std::vector<double>{9, 9}).op()}, "wipe");
  const Output squared = matmul(graph, weights, weights);
  const Output product = ops::add(graph, squared, bias, "product");

  Saver saver(graph);
  {
    Session session(graph);
    session.run(global_variables_initializer(graph));
    std::cout << "bumped " << as_python(session.run(bump));
    std::cout << ' ' << as_python(session.run(bump)) << '\n';
    std::cout << "saved to " << saver.save(session, "./my_model") << '\n';
    std::cout << "product " << as_python(session.run(product)) << '\n';
    session.run(wipe);
    std::cout << "wiped " << as_python(session.run(weights)) << ' ' << as_python(session.run(bias))
              << '\n';
    saver.restore(session, "./my_model");
    std::cout << "weights " << as_python(session.run(weights)) << '\n';
    std::cout << "bias " << as_python(session.run("bias:0")) << '\n';
    const Tensor count = session.run(counter);
    std::cout << "counter " << as_python(count) << ' ' << to_string(count.dtype()) << '\n';
  }
  std::cout << "files " << as_python(files_in(".")) << '\n' << text_of("checkpoint") << '\n';
  std::cout << "latest " << latest_checkpoint("./").value() << ' ' << latest_checkpoint(".").value()
            << '\n';

  Session session(graph);
  saver.restore(session, "my_model");
  std::cout << "again " << as_python(session.run(product)) << '\n';
  saver.save(session, "model_name", {.global_step = 1000, .write_meta_graph = false});
  saver.save(session, "model_name", {.global_step = 2000, .write_meta_graph = false});
  std::cout << "files " << as_python(files_in(".")) << '\n' << text_of("checkpoint") << '\n';
  for (const Operation& operation : graph.operations()) print_operation(operation);
}

}  // namespace

int main() {
  try {
    run();
  } catch (const Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 1;
  }
  return 0;
}
