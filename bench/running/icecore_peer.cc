// One peer of bench/running/measure.py: loads a frozen graph, runs it once, then as often as it is
// told.
//
//   icecore_peer GRAPH INPUT SHAPE VALUES OUTPUT THREADS
//
// VALUES is a file of float32 for INPUT, whose shape is SHAPE ("1,224,224,3"). Prints the seconds
// from main() to the first answer; then, for each line on standard input, runs as often as it says
// and prints the seconds; a file's name has the last answer written there.
#include <icecore/load_graph.h>
#include <icecore/session.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

icecore::Tensor read_values(const std::string& shape, const std::string& file) {
  std::vector<std::int64_t> dims;
  for (std::size_t at = 0; at < shape.size(); ++at) {
    std::size_t end = 0;
    dims.push_back(std::stoll(shape.substr(at), &end));
    at += end;
  }
  icecore::Tensor values(icecore::DType::kFloat32, icecore::Shape(dims));
  const auto bytes = values.mutable_bytes();
  std::ifstream(file, std::ios::binary)
      .read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return values;
}

}  // namespace

int main(int argc, char** argv) {
  const auto begin = Clock::now();
  if (argc != 7) {
    std::fputs("icecore_peer GRAPH INPUT SHAPE VALUES OUTPUT THREADS\n", stderr);
    return 2;
  }
  const icecore::Tensor input = read_values(argv[3], argv[4]);
  icecore::Session session(icecore::load_graph(argv[1]), {.intra_op_threads = std::stoi(argv[6])});
  const std::vector<icecore::Feed> feeds = {{argv[2], input}};
  icecore::Tensor answer = session.run(feeds, argv[5]);
  std::printf("%.9f\n", seconds_since(begin));
  std::fflush(stdout);
  std::string line;
  while (std::getline(std::cin, line)) {
    int times = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), times);
    if (parsed.ptr != line.data() + line.size()) {
      const auto bytes = answer.bytes();
      std::ofstream(line, std::ios::binary)
          .write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
      std::puts("written");
    } else {
      const auto start = Clock::now();
      for (int i = 0; i < times; ++i) answer = session.run(feeds, argv[5]);
      std::printf("%.9f\n", seconds_since(start));
    }
    std::fflush(stdout);
  }
}
