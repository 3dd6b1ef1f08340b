#include "base/nearest.h"

#include <gtest/gtest.h>

namespace icecore::inline v0 {
namespace {

std::vector<std::string> nearest(std::string_view wanted, std::vector<std::string_view> names) {
  return nearest_names(wanted, names, 3);
}

TEST(NearestNames, FindsATypo) {
  EXPECT_EQ(nearest("conv1/wieghts", {"conv1/weights", "conv2/biases", "fc/weights"}).front(),
            "conv1/weights");
  // Of a short name two swapped letters are one mistake.
  EXPECT_EQ(nearest("Inptu", {"Input", "Output"}), (std::vector<std::string>{"Input"}));
}

TEST(NearestNames, FindsANameUnderAnotherScope) {
  EXPECT_EQ(nearest("conv1/weights", {"model/tower_0/conv1/weights", "model/tower_0/fc8/biases"}),
            (std::vector<std::string>{"model/tower_0/conv1/weights"}));
}

TEST(NearestNames, OneLetterIsNotATypoOfAnother) {
  EXPECT_EQ(nearest("b", {"w", "model/b"}), (std::vector<std::string>{"model/b"}));
}

TEST(NearestNames, FindsANameByItsMiddle) {
  EXPECT_EQ(nearest("softmax", {"net/softmax_12", "xyz"}),
            (std::vector<std::string>{"net/softmax_12"}));
}

TEST(NearestNames, OffersNothingThatHasNothingInCommon) {
  EXPECT_TRUE(nearest("beta1_power", {"w", "q/r/s"}).empty());
  EXPECT_TRUE(nearest("x", {}).empty());
}

TEST(NearestNames, StaysQuickWithHugeNames) {
  const std::string huge(1 << 20, 'a');
  EXPECT_EQ(nearest(huge + "b", {huge}).size(), 1u);
}

}  // namespace
}  // namespace icecore::inline v0
