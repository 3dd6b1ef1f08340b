// What a Saver's options do (which variables under which keys, how many checkpoints stay, steps as
// numbers and as variables, the name of the state file), and the functions that look at what it
// leaves: what a TensorFlow script of the same steps prints, this prints.
//
//   cd /tmp/somewhere && saver_options
#include <icecore/icecore.h>

#include <iostream>
#include <string>

#include "files_here.h"
#include "python_text.h"

using namespace icecore;

namespace {

std::string or_none(const std::optional<std::string>& text) {
  return text.value_or("None");
}
const char* truth(bool value) {
  return value ? "True" : "False";
}

struct Model {
  GraphBuilder graph;
  Variable step = make_variable(graph, 0, {.name = "global_step", .trainable = false});
  Variable a = make_variable(graph, fill(graph, std::vector<int>{3}, 1.0), {.name = "a"});
  Variable b =
      get_variable(graph, "b", Shape({2, 2}),
                   {.initializer = constant_initializer(Tensor::of<float>({4}, {1, 2, 3, 4}))});
  Variable c = [this] {
    const ScopeGuard tower = variable_scope(graph, "tower");
    return get_variable(graph, "c", Tensor::of<bool>({3}, {true, false, true}),
                        {.trainable = false});
  }();
  Operation tick = graph.group(
      {assign_add(step, 1).op(), assign_add(a, std::vector<double>{0.5, 1.5, 2.5}).op()}, "tick");
};

// The two newest of a list of variables.
Saver save_pairs(const Model& model, Session& session) {
  Saver saver(model.graph, {.var_list = SaveableList{model.a, model.b}, .max_to_keep = 2});
  for (int i = 0; i < 4; ++i) {
    session.run(model.tick);
    std::cout << saver.save(session, "pair", {.global_step = i * 10}) << '\n';
  }
  std::cout << as_python(files_in(".")) << '\n' << text_of("checkpoint") << '\n';
  std::cout << "last " << as_python(saver.last_checkpoints()) << '\n';
  return saver;
}

// All that are saved, under other keys; the newest is told in a file of another name.
void save_by_keys(const Model& model, Session& session) {
  std::filesystem::create_directory("named");
  Saver saver(model.graph, {.var_list = SaveableMap{{"alpha", model.a}, {"flags", model.c}},
                            .max_to_keep = std::nullopt});
  SaveOptions options{.global_step = model.step, .latest_filename = "newest"};
  std::cout << saver.save(session, "./named/m", options) << '\n';
  session.run(model.tick);
  options.write_meta_graph = false;
  std::cout << saver.save(session, "./named/m", options) << '\n';
  std::cout << as_python(files_in("named")) << '\n' << text_of("named/newest") << '\n';
  std::cout << "state " << or_none(latest_checkpoint("named")) << ' '
            << or_none(latest_checkpoint("named", "newest")) << '\n';
  const Checkpoint checkpoint = Checkpoint::open("named/m-5");
  for (const VariableInfo& variable : checkpoint.variables()) {
    std::cout << variable.name << ' ' << to_string(variable.shape) << '\n';
  }
}

void print_def(const SaverDef& saver) {
  std::cout << saver.filename_tensor_name << ' ' << saver.save_tensor_name << ' '
            << saver.restore_op_name << '\n';
}

// One every two hours for good, with eight digits of the step in each name.
void save_padded(const Model& model, Session& session) {
  std::filesystem::create_directory("all");
  Saver every(model.graph, {.max_to_keep = 3,
                            .keep_checkpoint_every_n_hours = 2,
                            .name = "keeper",
                            .pad_step_number = true});
  for (const int step : {1, 22, 333, 4444}) {
    session.assign("global_step", Tensor::scalar(std::int32_t{step}));
    std::cout << every.save(session, "all/padded",
                            {.global_step = model.step, .meta_graph_suffix = "graph"})
              << '\n';
  }
  std::cout << as_python(files_in("all")) << '\n' << text_of("all/checkpoint") << '\n';
  const CheckpointState state = get_checkpoint_state("all").value();
  std::cout << "CheckpointState " << state.model_checkpoint_path << ' '
            << as_python(state.all_model_checkpoint_paths) << '\n';
  std::cout << "exists " << truth(checkpoint_exists("all/padded-00000333")) << ' '
            << truth(checkpoint_exists("all/padded-00000001")) << ' '
            << truth(checkpoint_exists("all/padded")) << '\n';
  const SaverDef& def = every.saver_def();
  std::cout << "saver_def " << def.max_to_keep << ' '
            << as_python(static_cast<double>(def.keep_checkpoint_every_n_hours)) << ' '
            << static_cast<int>(def.version) << ' ' << truth(def.sharded) << ' ';
  print_def(def);
}

// A program that goes on where another stopped.
void go_on(const Model& model, Session& session) {
  Saver again(model.graph, {.max_to_keep = 2});
  again.recover_last_checkpoints({"all/padded-00000333", "all/padded-00004444", "all/gone"});
  std::cout << "recovered " << as_python(again.last_checkpoints()) << '\n';
  again.set_last_checkpoints({"pair-20", "pair-30"});
  std::cout << "set " << as_python(again.last_checkpoints()) << '\n';
  session.assign("global_step", Tensor::scalar(std::int32_t{50}));
  std::cout << again.save(
                   session, "pair",
                   {.global_step = model.step, .write_meta_graph = false, .write_state = false})
            << '\n';
  std::cout << as_python(files_in(".")) << '\n' << text_of("checkpoint") << '\n';
  update_checkpoint_state(".", "pair-50", {"pair-30"});
  remove_checkpoint("pair-30");
  std::cout << as_python(files_in(".")) << '\n';
}

void run() {
  Model model;
  std::cout << "empty " << or_none(latest_checkpoint("./")) << ' '
            << (get_checkpoint_state("./") ? "state" : "None") << ' '
            << truth(checkpoint_exists("./m")) << '\n';
  Session session(model.graph);
  session.run(global_variables_initializer(model.graph));
  const Saver pairs = save_pairs(model, session);
  save_by_keys(model, session);
  save_padded(model, session);
  const SaverDef& def = pairs.saver_def();
  std::cout << "saver_def " << def.max_to_keep << ' '
            << as_python(static_cast<double>(def.keep_checkpoint_every_n_hours)) << ' ';
  print_def(def);
  go_on(model, session);
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
