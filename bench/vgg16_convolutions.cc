// VGG16's thirteen convolutions by Icecore's Session beside oneDNN called directly.
//
//   OMP_WAIT_POLICY=passive vgg16_convolutions THREADS [ROUNDS]
//
// The peer is oneDNN at its best: picture, filter and result in whatever layout it likes, put into
// it before the clock starts. Icecore's pictures are NHWC, as the graph's are, and its time is that
// of a whole run with the picture fed and the result fetched. Both take turns, round by round; the
// table has the medians of a round's thirteen convolutions (docs/performance.md).
#include <icecore/icecore.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

extern "C" void omp_set_num_threads(int);  // g++ has OpenMP's header, clang need not.

namespace {

using Clock = std::chrono::steady_clock;
using dnnl::memory;

// A square picture, its channels, and the filter's.
struct Layer {
  std::int64_t size, in, out;
};

constexpr std::array<Layer, 13> kLayers = {{{224, 3, 64},
                                            {224, 64, 64},
                                            {112, 64, 128},
                                            {112, 128, 128},
                                            {56, 128, 256},
                                            {56, 256, 256},
                                            {56, 256, 256},
                                            {28, 256, 512},
                                            {28, 512, 512},
                                            {28, 512, 512},
                                            {14, 512, 512},
                                            {14, 512, 512},
                                            {14, 512, 512}}};

void fill(std::span<float> values) {
  std::uint32_t state = 1;
  for (float& value : values) {
    state = state * 1664525 + 1013904223;
    value = static_cast<float>(state >> 8) / 16777216.0F - 0.5F;
  }
}

icecore::Tensor made(const icecore::Shape& shape) {
  icecore::Tensor tensor(icecore::DType::kFloat32, shape);
  fill(tensor.mutable_values<float>());
  return tensor;
}

class IcecoreConvolution {
 public:
  IcecoreConvolution(const Layer& layer, int threads) {
    icecore::GraphBuilder graph;
    const icecore::Output picture = graph.placeholder(
        icecore::DType::kFloat32, icecore::Shape{1, layer.size, layer.size, layer.in});
    const icecore::Output filter = graph.constant(made({3, 3, layer.in, layer.out}));
    const icecore::Output result =
        icecore::ops::conv2d(graph, picture, filter,
                             {.strides = std::vector<std::int64_t>{1, 1, 1, 1}, .padding = "SAME"});
    feeds_ = {{picture.name(), made({1, layer.size, layer.size, layer.in})}};
    fetch_ = result.name();
    session_.emplace(graph, icecore::SessionOptions{.intra_op_threads = threads});
  }
  void run() { session_->run(feeds_, fetch_); }

 private:
  std::optional<icecore::Session> session_;
  std::vector<icecore::Feed> feeds_;
  std::string fetch_;
};

class DnnlConvolution {
 public:
  explicit DnnlConvolution(const Layer& layer) {
    const auto any = [](const memory::dims& dims) {
      return memory::desc(dims, memory::data_type::f32, memory::format_tag::any);
    };
    using Forward = dnnl::convolution_forward;
    const Forward::primitive_desc description(
        Forward::desc(dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
                      any({1, layer.in, layer.size, layer.size}), any({layer.out, layer.in, 3, 3}),
                      any({1, layer.out, layer.size, layer.size}), {1, 1}, {1, 1}, {1, 1}),
        engine_);
    primitive_ = Forward(description);
    arguments_ = {{DNNL_ARG_SRC, filled(description.src_desc())},
                  {DNNL_ARG_WEIGHTS, filled(description.weights_desc())},
                  {DNNL_ARG_DST, filled(description.dst_desc())}};
  }
  void run() {
    primitive_.execute(stream_, arguments_);
    stream_.wait();
  }

 private:
  memory filled(const memory::desc& desc) {
    memory result(desc, engine_);
    fill({static_cast<float*>(result.get_data_handle()), desc.get_size() / sizeof(float)});
    return result;
  }

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  dnnl::primitive primitive_;
  std::unordered_map<int, memory> arguments_;
};

// Milliseconds.
template <class Convolution>
double time_of(Convolution& convolution) {
  const auto begin = Clock::now();
  convolution.run();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

void measure(int threads, int rounds) {
  omp_set_num_threads(threads);
  std::printf(
      "| convolution 3 x 3, %d thread%s | Icecore | oneDNN | oneDNN / Icecore "
      "|\n|---|---|---|---|\n",
      threads, threads == 1 ? "" : "s");
  double ours_total = 0, theirs_total = 0;
  for (const Layer& layer : kLayers) {
    IcecoreConvolution ours(layer, threads);
    DnnlConvolution theirs(layer);
    std::vector<double> our_times, their_times;
    for (int round = -2; round < rounds; ++round) {
      const double our_time = time_of(ours), their_time = time_of(theirs);
      if (round < 0) continue;  // The first runs make plans and put filters in order.
      our_times.push_back(our_time);
      their_times.push_back(their_time);
    }
    const double our_median = median(our_times), their_median = median(their_times);
    std::printf("| %3d x %3d, %3d to %3d channels | %.2f ms | %.2f ms | %.2f |\n",
                static_cast<int>(layer.size), static_cast<int>(layer.size),
                static_cast<int>(layer.in), static_cast<int>(layer.out), our_median, their_median,
                their_median / our_median);
    ours_total += our_median;
    theirs_total += their_median;
  }
  std::printf("| all thirteen | %.1f ms | %.1f ms | %.2f |\n", ours_total, theirs_total,
              theirs_total / ours_total);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 2 || argc > 3) throw std::invalid_argument("vgg16_convolutions THREADS [ROUNDS]");
    measure(std::stoi(argv[1]), argc == 3 ? std::stoi(argv[2]) : 15);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
