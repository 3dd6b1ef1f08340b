// Saves the variables of a graph, changes them, and restores them in another program's way: from
// the files alone.
//
//   save_and_restore /tmp/saved
#include <icecore/icecore.h>
#include <icecore/session.h>

#include <cstdio>
#include <optional>
#include <string>

namespace {

void save(const std::string& folder) {
  icecore::GraphBuilder graph;
  const icecore::Variable w = icecore::get_variable(
      graph, "w", icecore::Shape({2}), {.initializer = icecore::constant_initializer(1.5)});
  icecore::get_or_create_global_step(graph);
  icecore::Saver saver(graph);
  icecore::Session session(graph);
  session.run(icecore::global_variables_initializer(graph));
  saver.save(session, folder + "/model.ckpt", {.global_step = "global_step"});
  session.run(icecore::assign_add(w, icecore::Input(std::vector<float>{1, 2})));
  saver.save(session, folder + "/model.ckpt", {.global_step = 2});
}

void resume(const std::string& folder) {
  const std::string newest = icecore::latest_checkpoint(folder).value();
  icecore::GraphBuilder graph;
  std::optional<icecore::Saver> saver = icecore::import_meta_graph(newest + ".meta", graph);
  icecore::Session session(graph);
  saver->restore(session, newest);
  saver->recover_last_checkpoints(
      icecore::get_checkpoint_state(folder)->all_model_checkpoint_paths);
  const icecore::Tensor w = session.run("w:0");
  std::printf("restored %zu of %zu checkpoints' w: %g %g\n", saver->last_checkpoints().size(),
              icecore::get_checkpoint_state(folder)->all_model_checkpoint_paths.size(),
              static_cast<double>(w.values<float>()[0]), static_cast<double>(w.values<float>()[1]));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "run";
  try {
    save(folder);
    resume(folder);
  } catch (const icecore::Error& error) {
    std::fprintf(stderr, "%s: %s\n", std::string(icecore::code_name(error.code())).c_str(),
                 error.what());
    return 1;
  }
  return 0;
}
