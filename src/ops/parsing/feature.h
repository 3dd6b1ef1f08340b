// The features of an encoded tf.train.Example.
#pragma once

#include <icecore/dtype.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icecore::inline v0 {

// A list of values of one of the three kinds.
struct Feature {
  DType dtype = DType::kInvalid;  // Where the message has no list.
  std::vector<std::string> strings;
  std::vector<std::int64_t> ints;
  std::vector<float> floats;

  std::size_t size() const { return strings.size() + ints.size() + floats.size(); }
};

// By name; of a name that comes twice the last counts. The bytes must outlive the map. DATA_LOSS
// where they aren't such a message.
using Features = std::unordered_map<std::string_view, std::string_view>;
Features features_of(std::string_view example);
Feature decode_feature(std::string_view encoded);

}  // namespace icecore::inline v0
