#include "graph/constant_folding.h"

#include <icecore/error.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "graph/constant_arithmetic.h"

namespace icecore::inline v0 {
namespace {

constexpr int kMostDeep = 200, kMostRank = 1 << 10;
constexpr std::int64_t kMostSteps = 20'000;

Tensor vector_of(std::span<const std::int64_t> values, DType dtype) {
  Tensor tensor(dtype, Shape({static_cast<std::int64_t>(values.size())}));
  for (std::size_t i = 0; i < values.size(); ++i) {
    set_number(tensor, static_cast<std::int64_t>(i), Number::of_int(values[i]));
  }
  return tensor;
}

Tensor scalar_of(std::int64_t value, DType dtype) {
  Tensor tensor(dtype, Shape());
  set_number(tensor, 0, Number::of_int(value));
  return tensor;
}

bool is_folded_int(DType dtype) {
  return dtype == DType::kInt32 || dtype == DType::kInt64;
}

// One number by itself; nothing where it isn't one of these ops or has no answer in its dtype.
std::optional<Number> fold_unary(std::string_view op, const Number& x) {
  if (op == "Neg" || (op == "Abs" && x.d < 0)) {
    if (!x.integral) return Number::of_double(-x.d);
    if (x.i == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return Number::of_int(-x.i);
  }
  if (op == "Abs") return x;
  if (x.integral) return op == "Round" ? std::optional<Number>(x) : std::nullopt;
  if (op == "Floor") return Number::of_double(std::floor(x.d));
  if (op == "Ceil") return Number::of_double(std::ceil(x.d));
  if (op == "Sqrt") return Number::of_double(std::sqrt(x.d));
  if (op == "Round" || op == "Rint") return Number::of_double(std::nearbyint(x.d));
  return std::nullopt;
}

std::optional<Tensor> fold_unary(std::string_view op, const Tensor& input) {
  if (!is_number(input.dtype())) return std::nullopt;
  Tensor result(input.dtype(), input.shape());
  for (std::int64_t i = 0; i < input.num_elements(); ++i) {
    const std::optional<Number> number = fold_unary(op, number_at(input, i));
    if (!number) return std::nullopt;
    set_number(result, i, *number);
  }
  return result;
}

Shape joined(const Shape& a, const Shape& b) {
  if (!a.has_rank() || !b.has_rank() || a.rank() + b.rank() > kMostRank) {
    return Shape::unknown_rank();
  }
  std::vector<std::int64_t> dims(a.dims().begin(), a.dims().end());
  dims.insert(dims.end(), b.dims().begin(), b.dims().end());
  return Shape(dims);
}

}  // namespace

std::optional<Tensor> ConstantFolding::value(const Endpoint& endpoint) {
  if (depth_ >= kMostDeep || steps_ >= kMostSteps) return std::nullopt;
  ++depth_;
  ++steps_;
  std::optional<Tensor> found;
  try {
    found = value_of(graph_.node(endpoint.node), endpoint);
  } catch (const Error&) {
    // A constant that can't be read is nothing that is known; running the graph says why.
  }
  --depth_;
  return found;
}

std::optional<Tensor> ConstantFolding::value_of(const BuilderNode& node, const Endpoint& endpoint) {
  if (endpoint.index != 0) return std::nullopt;
  const std::string_view op = node.signature->name;
  const auto input_shape = [&](std::size_t i) -> const Shape& {
    const Endpoint& input = node.inputs.at(i);
    return graph_.node(input.node).shapes.at(static_cast<std::size_t>(input.index));
  };
  const auto type = [&] { return node.info->outputs().at(0).dtype; };
  if (op == "Const") return node.info->tensor_attr("value");
  if (op == "Shape") {
    const Shape& shape = input_shape(0);
    if (!shape.is_fully_defined()) return std::nullopt;
    return vector_of(shape.dims(), type());
  }
  if (op == "Size") {
    // numpy's int32 whatever the op's type is: as constant_value gives it.
    const std::optional<std::int64_t> size = input_shape(0).num_elements();
    if (!size) return std::nullopt;
    return scalar_of(*size, reach_ == kPython ? DType::kInt32 : type());
  }
  if (op == "Rank") {
    if (!input_shape(0).has_rank()) return std::nullopt;
    return scalar_of(input_shape(0).rank(), DType::kInt32);
  }
  if (op == "Range") return range(node);
  if (op == "Cast") {
    const std::optional<Tensor> before = value(node.inputs.at(0));
    if (!before || before->num_elements() > kMostFolded) return std::nullopt;
    return converted(*before, type());
  }
  if (op == "Concat" || op == "ConcatV2") return concat(node);
  if (op == "Pack") return pack(node);
  if (op == "Fill") return fill(node);
  if (op == "Equal") return equality(node, true);
  if (op == "NotEqual") return equality(node, false);
  return reach_ == kWhole ? more(node) : std::nullopt;
}

std::optional<Tensor> ConstantFolding::range(const BuilderNode& node) {
  std::vector<Tensor> values;
  for (const Endpoint& input : node.inputs) {
    std::optional<Tensor> part = value(input);
    if (!part || part->num_elements() != 1 || !is_number(part->dtype())) return std::nullopt;
    values.push_back(*std::move(part));
  }
  const Number start = number_at(values.at(0), 0), limit = number_at(values.at(1), 0),
               delta = number_at(values.at(2), 0);
  if (delta.d == 0) return std::nullopt;
  const double count = std::max(0.0, std::ceil((limit.d - start.d) / delta.d));
  if (!(count <= static_cast<double>(kMostFolded))) return std::nullopt;
  Tensor result(node.info->outputs().at(0).dtype, Shape({static_cast<std::int64_t>(count)}));
  for (std::int64_t i = 0; i < result.num_elements(); ++i) {
    set_number(result, i,
               start.integral ? Number::of_int(start.i + i * delta.i)
                              : Number::of_double(start.d + static_cast<double>(i) * delta.d));
  }
  return result;
}

std::optional<Tensor> ConstantFolding::concat(const BuilderNode& node) {
  const bool first = node.signature->name == "Concat";
  const std::size_t count = node.inputs.size();
  if (count < 2) return std::nullopt;
  const std::optional<Tensor> axis = value(node.inputs[first ? 0 : count - 1]);
  if (!axis || axis->num_elements() != 1) return std::nullopt;
  std::vector<Tensor> values;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    std::optional<Tensor> part = value(node.inputs[first ? i + 1 : i]);
    if (!part) return std::nullopt;
    values.push_back(*std::move(part));
  }
  return fold_concat(values, number_at(*axis, 0).i);
}

std::optional<Tensor> ConstantFolding::pack(const BuilderNode& node) {
  if (node.inputs.empty() || node.info->int_attr("axis") != 0) return std::nullopt;
  std::vector<Tensor> values;
  for (const Endpoint& input : node.inputs) {
    std::optional<Tensor> part = value(input);
    if (!part) return std::nullopt;
    std::vector<std::int64_t> dims = {1};
    dims.insert(dims.end(), part->shape().dims().begin(), part->shape().dims().end());
    values.push_back(part->reshaped(Shape(dims)));
  }
  return fold_concat(values, 0);
}

std::optional<Tensor> ConstantFolding::fill(const BuilderNode& node) {
  const Shape& shape = node.shapes.at(0);
  const std::optional<std::int64_t> count = shape.num_elements();
  if (!shape.is_fully_defined() || !count || *count > kMostFolded) return std::nullopt;
  const std::optional<Tensor> item = value(node.inputs.at(1));
  if (!item || item->num_elements() != 1 || !is_number(item->dtype())) return std::nullopt;
  Tensor result(item->dtype(), shape);
  for (std::int64_t i = 0; i < *count; ++i) set_number(result, i, number_at(*item, 0));
  return result;
}

std::optional<Tensor> ConstantFolding::equality(const BuilderNode& node, bool equal) {
  const std::optional<Tensor> a = value(node.inputs.at(0));
  if (!a) return std::nullopt;
  const std::optional<Tensor> b = value(node.inputs.at(1));
  if (!b) return std::nullopt;
  return fold_binary(equal ? "Equal" : "NotEqual", *a, *b);
}

std::optional<Tensor> ConstantFolding::more(const BuilderNode& node) {
  const std::string_view op = node.signature->name;
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, op) != names.end();
  };
  const bool binary =
      is_one_of({"Add", "AddV2", "Sub", "Mul", "Maximum", "Minimum", "FloorDiv", "FloorMod", "Div",
                 "Mod", "TruncateDiv", "RealDiv", "Less", "LessEqual"});
  const bool reduction = is_one_of({"Prod", "Sum", "Max", "Min"});
  const bool unary = is_one_of({"Floor", "Ceil", "Round", "Rint", "Sqrt", "Neg", "Abs"});
  const bool same = is_one_of({"Identity", "StopGradient", "Snapshot"});
  const bool reshaping = is_one_of({"Reshape", "ExpandDims", "Squeeze"});
  if (!binary && !unary && !reduction && !same && !reshaping &&
      !is_one_of({"StridedSlice", "GatherV2", "Gather"})) {
    return std::nullopt;
  }
  std::vector<Tensor> in;
  for (const Endpoint& input : node.inputs) {
    // New dimensions are told by the node's own shape.
    if (!in.empty() && op == "ExpandDims") break;
    std::optional<Tensor> part = value(input);
    if (!part || part->num_elements() > kMostFolded) return std::nullopt;
    in.push_back(*std::move(part));
  }
  if (binary) return fold_binary(op, in.at(0), in.at(1));
  if (unary) return fold_unary(op, in.at(0));
  if (same) return in.at(0);
  if (reduction) return fold_reduction(op, in.at(0), in.at(1), node.info->bool_attr("keep_dims"));
  if (op == "Reshape") return fold_reshape(in.at(0), in.at(1));
  if (op == "GatherV2" && node.info->int_attr("batch_dims") != 0) return std::nullopt;
  if (op == "GatherV2") return fold_gather(in.at(0), in.at(1), in.at(2));
  if (op == "Gather") return fold_gather(in.at(0), in.at(1), scalar_of(0, DType::kInt32));
  if (op == "StridedSlice") {
    return fold_strided_slice(*node.info, in.at(0), in.at(1), in.at(2), in.at(3));
  }
  const Shape& shape = node.shapes.at(0);
  if (shape.num_elements() != in.at(0).num_elements()) return std::nullopt;
  return in.at(0).reshaped(shape);
}

std::optional<Shape> ConstantFolding::packed_shape(const BuilderNode& node) {
  if (node.info->int_attr("axis") != 0) return std::nullopt;
  std::vector<std::int64_t> dims;
  for (const Endpoint& input : node.inputs) {
    const std::optional<Tensor> dim = value(input);
    const bool known = dim && dim->num_elements() == 1 && is_folded_int(dim->dtype());
    const std::int64_t size = known ? number_at(*dim, 0).i : -1;
    dims.push_back(std::max<std::int64_t>(size, -1));
  }
  return Shape(dims);
}

std::optional<Shape> ConstantFolding::sliced_shape(const BuilderNode& node) {
  const std::optional<Tensor> begin = value(node.inputs.at(1)), end = value(node.inputs.at(2)),
                              strides = value(node.inputs.at(3));
  if (!begin || !end || !strides || begin->num_elements() != 1 || end->num_elements() != 1 ||
      strides->num_elements() != 1) {
    return std::nullopt;
  }
  const NodeInfo& info = *node.info;
  if (info.int_attr("ellipsis_mask") != 0 || info.int_attr("new_axis_mask") != 0 ||
      info.int_attr("shrink_axis_mask") != 0 || info.int_attr("begin_mask") > 1 ||
      info.int_attr("end_mask") > 1) {
    return std::nullopt;
  }
  const Shape before = shape(node.inputs.at(0));
  if (!before.has_rank()) return Shape::unknown_rank();
  const std::optional<Tensor> dims =
      fold_strided_slice(info, vector_of(before.dims(), DType::kInt64), *begin, *end, *strides);
  if (!dims) return std::nullopt;
  const auto values = dims->values<std::int64_t>();
  return Shape(std::vector<std::int64_t>(values.begin(), values.end()));
}

Shape ConstantFolding::shape(const Endpoint& endpoint) {
  const BuilderNode& node = graph_.node(endpoint.node);
  const Shape& own = node.shapes.at(static_cast<std::size_t>(endpoint.index));
  if (own == Shape({0})) return Shape();
  if (depth_ >= kMostDeep || ++steps_ >= kMostSteps) return Shape::unknown_rank();
  const std::string_view op = node.signature->name;
  ++depth_;
  std::optional<Shape> found;
  if (op == "Shape") {
    const Endpoint& input = node.inputs.at(0);
    found = graph_.node(input.node).shapes.at(static_cast<std::size_t>(input.index));
  } else if (op == "Pack") {
    found = packed_shape(node);
  } else if ((op == "Concat" || op == "ConcatV2") && node.inputs.size() > 1) {
    const std::size_t from = op == "Concat" ? 1 : 0;
    found = Shape();
    for (std::size_t i = 0; i + 1 < node.inputs.size(); ++i) {
      found = joined(*found, shape(node.inputs[i + from]));
    }
  } else if (op == "StridedSlice") {
    found = sliced_shape(node);
  } else if (reach_ == kWhole && (op == "Cast" || op == "Identity")) {
    found = shape(node.inputs.at(0));
  }
  --depth_;
  if (found) return *std::move(found);
  if (const std::optional<Tensor> known = value(endpoint);
      known && is_folded_int(known->dtype()) && known->shape().rank() == 1) {
    std::vector<std::int64_t> dims;
    for (std::int64_t i = 0; i < known->num_elements(); ++i) {
      dims.push_back(std::max<std::int64_t>(number_at(*known, i).i, -1));
    }
    return Shape(dims);
  }
  if (own.has_rank() && own.rank() == 1 && own.dim(0) >= 0 && own.dim(0) <= 1 << 10) {
    return Shape(std::vector<std::int64_t>(static_cast<std::size_t>(own.dim(0)), -1));
  }
  return Shape::unknown_rank();
}

std::optional<Tensor> GraphBuilder::constant_value(const Output& output) const {
  return ConstantFolding(*data_, ConstantFolding::kPython).value({node_of(output), output.index()});
}

Shape GraphBuilder::constant_value_as_shape(const Output& output) const {
  const Endpoint endpoint{node_of(output), output.index()};
  ConstantFolding folding(*data_, ConstantFolding::kPython);
  const Shape own = output.shape();
  if (!own.has_rank() || own.rank() != 0) return folding.shape(endpoint);
  const std::optional<Tensor> value = folding.value(endpoint);
  if (!value) {
    refuse_as(
        Misuse::kValue,
        "Received a scalar with unknown value as shape; require a statically known scalar with "
        "value '-1' to describe an unknown shape.");
  }
  const Number number = is_number(value->dtype()) ? number_at(*value, 0) : Number();
  if (number.d != -1) {
    refuse_as(Misuse::kValue,
              "Received a scalar value '" + std::to_string(number.i) +
                  "' as shape; require a statically known scalar with value '-1' to "
                  "describe an unknown shape.");
  }
  return Shape::unknown_rank();
}

}  // namespace icecore::inline v0
