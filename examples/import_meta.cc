// Another program's model: its graph is imported, the newest checkpoint restored, and an earlier
// one by its prefix; all that is in it is listed. What a TensorFlow script of the same steps
// prints, this prints.
//
//   cd /tmp/somewhere && import_meta
#include <icecore/icecore.h>

#include <iostream>
#include <string>

#include "files_here.h"
#include "python_text.h"

using namespace icecore;

namespace {

const Tensor& rows() {
  static const Tensor kRows = Tensor::of(Shape({2, 3}), {1.F, 2.F, 3.F, 0.F, 0.F, 1.F});
  return kRows;
}

// The other program: net-10 and net-20.
void train() {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {-1, 3}, "x");
  const Output h = [&] {
    const ScopeGuard layer = variable_scope(graph, "layer1");
    const Variable w = get_variable(graph, "w", Shape({3, 2}),
                                    {.initializer = constant_initializer(
                                         Tensor::of(Shape({6}), {.1F, .2F, .3F, .4F, .5F, .6F}))});
    const Variable b = get_variable(graph, "b", Shape({2}), {.initializer = zeros_initializer()});
    return ops::relu(graph, matmul(graph, x, w) + b, "h");
  }();
  const Output y = [&] {
    const ScopeGuard layer = graph.name_scope("layer2");
    const Variable w = make_variable(graph, ones(graph, Shape({2, 1})) * 0.5, {.name = "w"});
    return matmul(graph, h, w, {.name = "y"});
  }();
  const Variable step = get_or_create_global_step(graph);
  const Variable seen = make_variable(graph, fill(graph, std::vector<int>{2}, 3),
                                      {.name = "seen", .trainable = false});
  make_variable(graph, 2.5,
                {.name = "local_only",
                 .trainable = false,
                 .collections = {std::string(GraphKeys::kLocalVariables)}});
  graph.add_to_collection("outputs", {y});
  graph.add_to_collection("outputs", {h});
  graph.add_to_collection("hyper", {0.125});
  Saver saver(graph);
  Session session(graph);
  session.run(global_variables_initializer(graph));
  saver.save(session, "net", {.global_step = 10});
  const Variable b = global_variables(graph, "layer1/b").at(0);
  // As a variable's own assign() names and makes them: without a lock.
  const auto set = [&](const Variable& variable, const Input& value, bool lock) {
    session.run(graph.apply_op("Assign", {Input(variable.ref()), value}, {{"use_locking", lock}}));
  };
  set(b, std::vector<double>{1, -1}, false);
  set(step, Tensor::scalar(std::int64_t{20}), true);
  set(seen, std::vector<int>{4, 5}, false);
  saver.save(session, "net", {.global_step = 20});
  std::cout << "trained " << as_python(session.run({{x, rows()}}, y)) << '\n';
}

void import_the_latest() {
  std::cout << "--- import and restore the latest\n";
  GraphBuilder graph;
  std::optional<Saver> saver = import_meta_graph("net-20.meta", graph);
  Session session(graph);
  saver->restore(session, latest_checkpoint("./").value());
  for (const Variable& v : trainable_variables(graph)) {
    std::cout << "trainable " << v.name() << ' ' << as_python(v.shape()) << " <dtype: '"
              << to_string(v.dtype()) << (v.is_resource() ? "" : "_ref") << "'> "
              << as_python(session.run(v)) << '\n';
  }
  for (const Variable& v : global_variables(graph)) {
    std::cout << "global " << v.name() << ' ' << v.op().type() << ' ' << v.initializer().name()
              << ' ' << v.value().name() << '\n';
  }
  for (const Variable& v : local_variables(graph)) std::cout << "local " << v.name() << '\n';
  for (const Operation& op : graph.operations()) {
    std::vector<std::string> shapes;
    for (const Output& output : op.outputs()) shapes.push_back(as_python(output.shape()));
    std::cout << "op " << op.name() << ' ' << op.type() << ' ' << as_python(shapes) << '\n';
  }
  const Output x = graph.get_tensor_by_name("x:0");
  const Output y = graph.get_tensor_by_name("layer2/y:0");
  std::cout << "y " << as_python(session.run({{x, rows()}}, y)) << ' ' << as_python(x.shape())
            << ' ' << as_python(y.shape()) << '\n';
  std::vector<std::string> keys = graph.collection_keys();
  std::ranges::sort(keys);
  std::cout << "collections " << as_python(keys) << '\n';
  std::vector<std::string> outputs, inner;
  for (const CollectionItem& item : graph.collection("outputs")) {
    outputs.push_back(std::get<Output>(item.value).name());
  }
  const CollectionItem hyper = graph.collection("hyper").at(0);
  std::cout << "outputs " << as_python(outputs) << " [" << as_python(std::get<double>(hyper.value))
            << "]\n";
  for (const Variable& v : trainable_variables(graph, "layer1")) inner.push_back(v.name());
  std::cout << "in layer1 " << as_python(inner) << '\n';
  std::cout << "step " << as_python(session.run(*get_global_step(graph))) << ' '
            << graph.get_operation_by_name("layer1/h").type() << '\n';
}

void import_an_earlier_one() {
  std::cout << "--- an earlier one by its prefix, on a graph of its own\n";
  GraphBuilder graph;
  std::optional<Saver> saver = import_meta_graph("./net-20.meta", graph, {.clear_devices = true});
  Session session(graph);
  saver->restore(session, "./net-10");
  std::cout << "b " << as_python(session.run("layer1/b:0")) << ' '
            << as_python(session.run("global_step:0")) << ' ' << as_python(session.run("seen:0"))
            << '\n';
  const Output total =
      reduce_sum(graph, graph.get_tensor_by_name("layer1/h:0"), {.axis = 1, .name = "total"});
  const Tensor row = Tensor::of(Shape({1, 3}), {1.F, 2.F, 3.F});
  std::cout << "total " << as_python(session.run({{"x:0", row}}, total)) << ' ' << total.name()
            << '\n';
  std::cout << "last " << as_python(saver->last_checkpoints()) << '\n';
  saver->save(session, "more");
  std::cout << text_of("checkpoint") << '\n';
}

}  // namespace

int main() {
  try {
    train();
    import_the_latest();
    import_an_earlier_one();
  } catch (const Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 1;
  }
  return 0;
}
