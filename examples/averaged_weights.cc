// Fits a curve with Adam, a learning rate that falls, clipped gradients, and a moving average of
// the weights; then evaluates with the averages in place of the weights (docs/training.md).
//
//   averaged_weights FOLDER
#include <icecore/icecore.h>

#include <cmath>
#include <cstdio>
#include <string>

using namespace icecore;

namespace {

Output net(GraphBuilder& graph, const Output& x) {
  const Output h =
      layers::dense(graph, x, 16, {.activation = layers::activation("Tanh"), .name = "hidden"});
  return layers::dense(graph, h, 1, {.name = "out"});
}

Tensor column(double (*f)(double)) {
  Tensor tensor(DType::kFloat32, Shape({64, 1}));
  for (std::size_t i = 0; i < 64; ++i) {
    tensor.mutable_values<float>()[i] = static_cast<float>(f(static_cast<double>(i) / 32 - 1));
  }
  return tensor;
}

const Tensor& xs() {
  static const Tensor tensor = column([](double x) { return x; });
  return tensor;
}

const Tensor& ys() {
  static const Tensor tensor = column([](double x) { return std::sin(3 * x); });
  return tensor;
}

void train(const std::string& prefix) {
  GraphBuilder graph;
  graph.set_random_seed(1);
  const Output x = graph.placeholder(DType::kFloat32, {-1, 1}, "x");
  const Output y = graph.placeholder(DType::kFloat32, {-1, 1}, "y");
  const Output loss = losses::mean_squared_error(graph, y, net(graph, x));
  const Variable step = get_or_create_global_step(graph);

  const Output rate = exponential_decay(graph, 0.05, step, 100, 0.8, {.staircase = true});
  AdamOptimizer adam(rate);
  GradientsAndVariables pairs = adam.compute_gradients(loss);
  std::vector<Gradient> gradients;
  for (const GradientAndVariable& pair : pairs) gradients.push_back(pair.gradient);
  const ClippedByGlobalNorm clipped = clip_by_global_norm(graph, gradients, 1.0);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].gradient = clipped.tensors[i];
  const Operation descent = adam.apply_gradients(pairs, {.global_step = step});

  ExponentialMovingAverage average(0.99, {.num_updates = step});
  Operation train;
  {
    const ScopeGuard after = graph.control_dependencies({descent});
    train = average.apply(graph);
  }

  Saver saver(graph);
  const Operation initialize = global_variables_initializer(graph);
  Session session(graph);
  session.run(initialize);
  for (int i = 0; i < 300; ++i) session.run({{x, xs()}, {y, ys()}}, {}, {train});
  std::printf("hidden/kernel has %s and %s\n",
              adam.get_slot(trainable_variables(graph)[0], "m")->name().c_str(),
              average.average_name(trainable_variables(graph)[0]).c_str());
  std::printf("saved %s\n", saver.save(session, prefix, {.global_step = step}).c_str());
}

double error_with(const std::string& checkpoint, bool averages) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {-1, 1}, "x");
  const Output out = net(graph, x);
  SaverOptions options;
  if (averages) {
    options.var_list = ExponentialMovingAverage(0.99).variables_to_restore(graph);
  }
  Saver saver(graph, options);
  Session session(graph);
  saver.restore(session, checkpoint);
  const Tensor found = session.run({{x, xs()}}, out);
  double sum = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    sum += std::pow(found.values<float>()[i] - ys().values<float>()[i], 2);
  }
  return sum / 64;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: averaged_weights FOLDER\n");
    return 2;
  }
  try {
    train(std::string(argv[1]) + "/curve");
    const std::string checkpoint = latest_checkpoint(argv[1]).value();
    const double last = error_with(checkpoint, false), average = error_with(checkpoint, true);
    std::printf("error with the last weights %s, with the averages %s\n",
                last < 0.01 ? "below 0.01" : std::to_string(last).c_str(),
                average < 0.01 ? "below 0.01" : std::to_string(average).c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  return 0;
}
