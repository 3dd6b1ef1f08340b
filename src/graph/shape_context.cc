#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <string>

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message, Misuse::kValue);
}

std::int64_t broadcast_dims(std::int64_t a, std::int64_t b) {
  if (a == b) return a;
  if (a == 1) return b;
  if (b == 1) return a;
  // One of them is unknown: where the other is known and not 1, that is what comes out.
  if (a < 0) return b;
  if (b < 0) return a;
  refuse("Dimensions must be equal, but are " + std::to_string(a) + " and " + std::to_string(b));
}

}  // namespace

ShapeContext::ShapeContext(NodeInfo node, std::vector<Shape> inputs,
                           std::vector<std::optional<HandleInfo>> handles,
                           ConstantInput constant_input, ShapeInput shape_input)
    : node_(std::move(node)),
      inputs_(std::move(inputs)),
      outputs_(node_.outputs().size(), Shape::unknown_rank()),
      input_handles_(std::move(handles)),
      output_handles_(node_.outputs().size()),
      constant_input_(std::move(constant_input)),
      shape_input_(std::move(shape_input)) {}

std::optional<std::vector<std::int64_t>> ShapeContext::constant_ints(int i) const {
  const std::optional<Tensor> value = constant_input(i);
  if (!value) return std::nullopt;
  if (value->dtype() == DType::kInt32) {
    const auto ints = value->values<std::int32_t>();
    return std::vector<std::int64_t>(ints.begin(), ints.end());
  }
  if (value->dtype() == DType::kInt64) {
    const auto ints = value->values<std::int64_t>();
    return std::vector<std::int64_t>(ints.begin(), ints.end());
  }
  return std::nullopt;
}

std::int64_t merge_dims(std::int64_t a, std::int64_t b) {
  if (a < 0 || a == b) return b;
  if (b < 0) return a;
  refuse("Dimensions must be equal, but are " + std::to_string(a) + " and " + std::to_string(b));
}

Shape merge_shapes(const Shape& a, const Shape& b) {
  if (!a.has_rank()) return b;
  if (!b.has_rank()) return a;
  if (a.rank() != b.rank()) {
    refuse("Shapes must be equal rank, but are " + std::to_string(a.rank()) + " and " +
           std::to_string(b.rank()));
  }
  std::vector<std::int64_t> dims;
  for (int i = 0; i < a.rank(); ++i) {
    if (a.dim(i) >= 0 && b.dim(i) >= 0 && a.dim(i) != b.dim(i)) {
      refuse("Dimension " + std::to_string(i) + " in both shapes must be equal, but are " +
             std::to_string(a.dim(i)) + " and " + std::to_string(b.dim(i)) + ". Shapes are " +
             to_string(a) + " and " + to_string(b) + ".");
    }
    dims.push_back(std::max(a.dim(i), b.dim(i)));
  }
  return Shape(dims);
}

Shape with_rank(const Shape& shape, int rank) {
  if (!shape.has_rank()) {
    return Shape(std::vector<std::int64_t>(static_cast<std::size_t>(rank), -1));
  }
  if (shape.rank() != rank) {
    refuse("Shape must be rank " + std::to_string(rank) + " but is rank " +
           std::to_string(shape.rank()));
  }
  return shape;
}

Shape with_rank_at_least(const Shape& shape, int rank) {
  if (shape.has_rank() && shape.rank() < rank) {
    refuse("Shape must be at least rank " + std::to_string(rank) + " but is rank " +
           std::to_string(shape.rank()));
  }
  return shape;
}

Shape broadcast_shapes(const Shape& a, const Shape& b) {
  if (!a.has_rank() || !b.has_rank()) return Shape::unknown_rank();
  const int rank = std::max(a.rank(), b.rank());
  std::vector<std::int64_t> dims;
  for (int i = 0; i < rank; ++i) {
    const int in_a = i - (rank - a.rank()), in_b = i - (rank - b.rank());
    dims.push_back(broadcast_dims(in_a < 0 ? 1 : a.dim(in_a), in_b < 0 ? 1 : b.dim(in_b)));
  }
  return Shape(dims);
}

void unchanged_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
}

void broadcast_shape(ShapeContext& c) {
  c.set_output(0, broadcast_shapes(c.input(0), c.input(1)));
}

void scalar_shape(ShapeContext& c) {
  for (std::size_t i = 0; i < c.outputs().size(); ++i) c.set_output(static_cast<int>(i), Shape());
}

void no_outputs(ShapeContext&) {}

void unknown_shape(ShapeContext&) {}

void merged_shape(ShapeContext& c) {
  Shape merged = Shape::unknown_rank();
  for (const Shape& input : c.inputs()) merged = merge_shapes(merged, input);
  c.set_output(0, std::move(merged));
}

}  // namespace icecore::inline v0
