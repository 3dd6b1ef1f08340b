// A rectangular part of a tensor, as partitioned variables are saved.
#pragma once

#include <icecore/export.h>
#include <icecore/shape.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// One extent a dimension. A full extent is start 0, length -1, and stays distinct from an explicit
// one that happens to cover the dimension: the two have different keys on disk (docs/formats.md).
class ICECORE_API TensorSlice {
 public:
  struct Extent {
    std::int64_t start = 0;
    std::int64_t length = -1;  // -1: the whole dimension.
    bool operator==(const Extent&) const = default;
    bool is_full() const { return start == 0 && length == -1; }
  };

  TensorSlice() = default;  // Of a scalar.
  explicit TensorSlice(std::vector<Extent> extents) : extents_(std::move(extents)) {}
  static TensorSlice full(int rank);

  // "0,2:-": start,length or "-" for each dimension, joined by ':'; "" for a scalar.
  // INVALID_ARGUMENT where it isn't that.
  static TensorSlice parse(std::string_view text);

  const std::vector<Extent>& extents() const { return extents_; }
  bool is_full() const;

  // The shape of the part of a tensor of shape `full`. INVALID_ARGUMENT where ranks differ or an
  // extent leaves its dimension.
  Shape apply(const Shape& full) const;

  // The part that both cover, within a tensor of shape `full`; nothing where they share no element.
  // Both must fit `full`. Extents of the result are explicit.
  std::optional<TensorSlice> intersect(const TensorSlice& other, const Shape& full) const;

  bool operator==(const TensorSlice&) const = default;

 private:
  std::vector<Extent> extents_;
};

// The form that parse() reads.
ICECORE_API std::string to_string(const TensorSlice& slice);

// SaveV2's shape_and_slice: "4 2 0,2:-" is a part of a tensor of shape [4,2].
struct ICECORE_API ShapeAndSlice {
  Shape full_shape;
  TensorSlice slice;

  // INVALID_ARGUMENT where the text isn't of that form.
  static ShapeAndSlice parse(std::string_view text);
};

}  // namespace icecore::inline v0
