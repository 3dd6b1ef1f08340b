#include "base/thread_pool.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace icecore::inline v0 {
namespace {

TEST(ThreadPool, CoversEveryItemOnce) {
  for (const int threads : {1, 2, 5}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), threads);
    std::vector<std::atomic<int>> seen(1001);
    pool.parallel_for(1001, 7, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) ++seen[static_cast<std::size_t>(i)];
    });
    for (const std::atomic<int>& times : seen) EXPECT_EQ(times, 1);
  }
}

TEST(ThreadPool, DoesWithTheCallerWhereTheMachineGivesNoThreads) {
  pthread_attr_t before, impossible;
  ASSERT_EQ(pthread_getattr_default_np(&before), 0);
  ASSERT_EQ(pthread_attr_init(&impossible), 0);
  // A stack as large as all addresses.
  ASSERT_EQ(pthread_attr_setstacksize(&impossible, std::size_t{1} << 47), 0);
  ASSERT_EQ(pthread_setattr_default_np(&impossible), 0);
  {
    ThreadPool pool(3);
    EXPECT_EQ(pool.size(), 1);
    std::int64_t sum = 0;
    pool.parallel_for(100, 1, [&](std::int64_t begin, std::int64_t end) { sum += end - begin; });
    EXPECT_EQ(sum, 100);
  }
  EXPECT_EQ(pthread_setattr_default_np(&before), 0);
}

TEST(ThreadPool, KeepsSmallWorkWhereItIs) {
  ThreadPool pool(4);
  int parts = 0;
  pool.parallel_for(10, 10, [&](std::int64_t begin, std::int64_t end) {
    EXPECT_EQ(begin, 0);
    EXPECT_EQ(end, 10);
    ++parts;
  });
  EXPECT_EQ(parts, 1);
  pool.parallel_for(0, 1, [&](std::int64_t, std::int64_t) { ++parts; });
  EXPECT_EQ(parts, 1);
}

TEST(ThreadPool, ThrowsWhatAPartThrewWhenAllHaveEnded) {
  ThreadPool pool(3);
  std::atomic<int> done = 0;
  EXPECT_THROW(pool.parallel_for(100, 1,
                                 [&](std::int64_t begin, std::int64_t end) {
                                   if (begin == 0) throw std::runtime_error("no");
                                   done += static_cast<int>(end - begin);
                                 }),
               std::runtime_error);
  EXPECT_GT(done, 0);
  pool.parallel_for(10, 1, [&](std::int64_t, std::int64_t) {});  // Goes on being of use.
}

TEST(ThreadPool, MayBeUsedInsideItselfAndBySeveralThreads) {
  ThreadPool pool(2);
  std::atomic<int> inner = 0;
  const auto nested = [&] {
    pool.parallel_for(8, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        pool.parallel_for(8, 1, [&](std::int64_t from, std::int64_t to) {
          inner += static_cast<int>(to - from);
        });
      }
    });
  };
  std::thread other(nested);
  nested();
  other.join();
  EXPECT_EQ(inner, 2 * 8 * 8);
}

}  // namespace
}  // namespace icecore::inline v0
