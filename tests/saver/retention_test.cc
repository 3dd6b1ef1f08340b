#include "saver/retention.h"

#include <gtest/gtest.h>

namespace icecore::inline v0 {
namespace {

using Paths = std::vector<std::string>;

// Saves "1", "2", … so many times, `minutes` apart; those that are deleted.
Paths deleted_of(Retention& retention, int saves, double minutes) {
  Paths deleted;
  for (int i = 1; i <= saves; ++i) {
    retention.record(std::to_string(i), i * minutes * 60);
    if (const auto old = retention.take_old()) deleted.push_back(*old);
  }
  return deleted;
}

TEST(Retention, KeepsTheLastOnes) {
  Retention retention(2, 10000, 0);
  EXPECT_EQ(deleted_of(retention, 5, 1), (Paths{"1", "2", "3"}));
  EXPECT_EQ(retention.last(), (Paths{"4", "5"}));
}

TEST(Retention, KeepsAllAndKnowsNoneWithoutALimit) {
  Retention retention(0, 10000, 0);
  EXPECT_EQ(deleted_of(retention, 5, 1), Paths());
  EXPECT_EQ(retention.last(), Paths());
}

TEST(Retention, MovesAPathThatIsSavedAgainToTheEnd) {
  Retention retention(3, 10000, 0);
  retention.record("a", 1);
  retention.record("b", 2);
  retention.record("a", 3);
  EXPECT_EQ(retention.last(), (Paths{"b", "a"}));
}

// Every 20 minutes, two kept, one an hour for good: 4, 7, 10, … stay.
TEST(Retention, KeepsOneEveryFewHoursForGood) {
  Retention retention(2, 1, 0);
  EXPECT_EQ(deleted_of(retention, 12, 20), (Paths{"1", "2", "3", "5", "6", "8", "9"}));
}

TEST(Retention, KeepsEveryOneAfterALongPauseUntilItHasCaughtUp) {
  Retention retention(1, 1, 0);
  retention.record("early", 60);
  for (int i = 0; i < 4; ++i) {
    retention.record("late" + std::to_string(i), 100 * 3600 + i);
    const auto old = retention.take_old();
    EXPECT_EQ(old.has_value(), i == 0);
  }
}

TEST(Retention, NeverCatchesUpWithALimitThatWasLowered) {
  Retention retention(1, 10000, 0);
  retention.set_last({{"a", 1}, {"b", 2}, {"c", 3}});
  retention.record("d", 4);
  EXPECT_EQ(retention.take_old(), "a");
  EXPECT_EQ(retention.take_old(), std::nullopt);
  EXPECT_EQ(retention.last(), (Paths{"b", "c", "d"}));
}

TEST(Retention, TakesANegativeLimitForOneThatIsAlwaysPassed) {
  Retention retention(-1, 10000, 0);
  EXPECT_EQ(deleted_of(retention, 2, 1), (Paths{"1", "2"}));
}

}  // namespace
}  // namespace icecore::inline v0
