// Evaluates a frozen model on labelled images, and the model that it was frozen from, which must
// say the same.
//
//   deploy --frozen /tmp/tuned/tuned.pb --unfrozen /tmp/tuned --data tests/data/digits/digits
#include <icecore/icecore.h>

#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>

#include "digits.h"
#include "options.h"

using namespace icecore;

namespace {

int run(const Options& options) {
  const Batch test = Digits(options.text("data")).test_batch();
  const std::vector<Feed> feeds = {{options.text("input"), test.images}};
  const std::string output = options.text("output");

  // All that a program needs that only uses a model: a file, and one run.
  Session frozen(load_graph(options.text("frozen")));
  const double frozen_accuracy = accuracy(frozen.run(feeds, output), test.labels);

  GraphBuilder graph;
  const std::optional<std::string> prefix = latest_checkpoint(options.text("unfrozen"));
  if (!prefix) throw std::runtime_error("there is no checkpoint in " + options.text("unfrozen"));
  std::optional<Saver> saver = import_meta_graph(*prefix + ".meta", graph);
  Session session(graph);
  saver->restore(session, *prefix);
  const double unfrozen_accuracy = accuracy(session.run(feeds, output), test.labels);

  std::printf("accuracy %.4f frozen, %.4f unfrozen: %s\n", frozen_accuracy, unfrozen_accuracy,
              frozen_accuracy == unfrozen_accuracy ? "equal" : "different");
  return frozen_accuracy == unfrozen_accuracy ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(Options(argc, argv,
                       {{"frozen", "tuned.pb"},
                        {"unfrozen", "."},
                        {"data", "tests/data/digits/digits"},
                        {"input", "x:0"},
                        {"output", "probabilities:0"}}));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
