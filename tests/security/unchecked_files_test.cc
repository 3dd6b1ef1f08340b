// `.meta` and `checkpoint` carry no checksum: damage may go unseen, but nothing may crash, hang or
// bloat. Each bit of a small file is flipped, and the file is cut at each byte.
#include <gtest/gtest.h>
#include <icecore/checkpoint_state.h>
#include <icecore/error.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "io/memory_file_system.h"
#include "model/graph_summary.h"
#include "model/model_file.h"

namespace icecore::inline v0 {
namespace {

std::string golden(const std::string& name) {
  std::ifstream file(ICECORE_TEST_DATA "/golden/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Calls `use` with every damaged form of the bytes. Errors are an answer; anything else that is
// thrown fails the test.
void for_each_damage(const std::string& whole, const std::function<void(const std::string&)>& use) {
  ASSERT_FALSE(whole.empty());
  const auto attempt = [&](const std::string& damaged) {
    try {
      use(damaged);
    } catch (const Error& error) {
      EXPECT_FALSE(error.message().empty());
    }
  };
  std::string bytes = whole;
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const char mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    attempt(bytes);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
  for (std::size_t size = 0; size < whole.size(); ++size) attempt(whole.substr(0, size));
}

// GCC says by a macro, clang by a feature, that the code is sanitized.
#if defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer);
#elif defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// All that the process may use; what is needed is a small part of it. Sanitizers reserve address
// space by the terabyte, and there the fuzzers' limits hold instead.
void limit_memory() {
  if constexpr (kSanitized) return;
  const rlimit limit = {rlim_t{1} << 29, RLIM_INFINITY};
  ASSERT_EQ(setrlimit(RLIMIT_AS, &limit), 0);
}

TEST(UncheckedFiles, AnyFlipOrCutOfAMetaGraphIsSurvived) {
  limit_memory();
  for (const char* name : {"graphs/meta/no_variables.meta", "freeze/functions/model.ckpt.meta"}) {
    for_each_damage(golden(name), [](const std::string& bytes) {
      MemoryFileSystem files;
      files.put("m.meta", bytes);
      const ModelFile model = load_model(files, "m.meta");
      for (const MetaGraph& meta : model.meta_graphs) {
        EXPECT_LE(summarize(meta).inputs.size(), bytes.size());
      }
    });
  }
}

TEST(UncheckedFiles, AnyFlipOrCutOfAStateFileIsSurvived) {
  limit_memory();
  for (const char* name : {"state/timestamps/checkpoint", "state/escapes/checkpoint"}) {
    for_each_damage(golden(name), [](const std::string& bytes) {
      EXPECT_LE(parse_checkpoint_state(bytes).all_model_checkpoint_paths.size(), bytes.size());
    });
  }
}

}  // namespace
}  // namespace icecore::inline v0
