#include <icecore/error.h>
#include <icecore/shape.h>

#include <algorithm>

namespace icecore::inline v0 {

Shape::Shape(std::span<const std::int64_t> dims) {
  for (const std::int64_t dim : dims) {
    if (dim < -1) {
      throw Error(Code::kInvalidArgument,
                  "a dimension can't be " + std::to_string(dim) + " (-1 means unknown)");
    }
  }
  copy_dims(dims);
}

Shape Shape::unknown_rank() {
  Shape shape;
  shape.has_rank_ = false;
  return shape;
}

bool Shape::is_fully_defined() const {
  return has_rank_ && std::ranges::none_of(dims(), [](auto dim) { return dim < 0; });
}

std::optional<std::int64_t> Shape::num_elements() const {
  if (!is_fully_defined()) return std::nullopt;
  // An empty dimension makes the tensor empty, however large the others claim to be.
  if (std::ranges::find(dims(), 0) != dims().end()) return 0;
  std::int64_t product = 1;
  for (const std::int64_t dim : dims()) {
    if (__builtin_mul_overflow(product, dim, &product)) return std::nullopt;
  }
  return product;
}

std::string to_string(const Shape& shape) {
  if (!shape.has_rank()) return "<unknown>";
  std::string text = "[";
  for (int i = 0; i < shape.rank(); ++i) {
    if (i > 0) text += ',';
    text += shape.dim(i) < 0 ? "?" : std::to_string(shape.dim(i));
  }
  return text + "]";
}

}  // namespace icecore::inline v0
