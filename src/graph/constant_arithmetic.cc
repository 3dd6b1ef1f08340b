#include "graph/constant_arithmetic.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace icecore::inline v0 {
namespace {

// The result of ints wraps around, as it does in a run.
std::int64_t wrapped(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

std::optional<Number> of_ints(std::string_view op, std::int64_t a, std::int64_t b) {
  const auto ua = static_cast<std::uint64_t>(a), ub = static_cast<std::uint64_t>(b);
  if (op == "Add" || op == "AddV2") return Number::of_int(wrapped(ua + ub));
  if (op == "Sub") return Number::of_int(wrapped(ua - ub));
  if (op == "Mul") return Number::of_int(wrapped(ua * ub));
  if (op == "Maximum") return Number::of_int(std::max(a, b));
  if (op == "Minimum") return Number::of_int(std::min(a, b));
  const bool divides =
      op == "FloorDiv" || op == "FloorMod" || op == "Div" || op == "Mod" || op == "TruncateDiv";
  if (!divides || b == 0 || b == -1) return std::nullopt;
  const std::int64_t quotient = a / b, rest = a % b;
  const bool crosses = rest != 0 && (rest < 0) != (b < 0);
  if (op == "FloorDiv") return Number::of_int(quotient - (crosses ? 1 : 0));
  if (op == "FloorMod") return Number::of_int(rest + (crosses ? b : 0));
  if (op == "Mod") return Number::of_int(rest);
  return Number::of_int(quotient);
}

std::optional<Number> of_doubles(std::string_view op, double a, double b) {
  if (op == "Add" || op == "AddV2") return Number::of_double(a + b);
  if (op == "Sub") return Number::of_double(a - b);
  if (op == "Mul") return Number::of_double(a * b);
  if (op == "RealDiv" || op == "Div") return Number::of_double(a / b);
  if (op == "FloorDiv") return Number::of_double(std::floor(a / b));
  if (op == "Maximum") return Number::of_double(std::max(a, b));
  if (op == "Minimum") return Number::of_double(std::min(a, b));
  return std::nullopt;
}

std::optional<Number> compared(std::string_view op, const Number& a, const Number& b) {
  const bool equal = a.integral && b.integral ? a.i == b.i : a.d == b.d;
  const bool less = a.integral && b.integral ? a.i < b.i : a.d < b.d;
  if (op == "Equal") return Number::of_int(equal ? 1 : 0);
  if (op == "NotEqual") return Number::of_int(equal ? 0 : 1);
  if (op == "Less") return Number::of_int(less ? 1 : 0);
  if (op == "LessEqual") return Number::of_int(less || equal ? 1 : 0);
  return std::nullopt;
}

std::optional<Shape> spread(const Shape& a, const Shape& b) {
  std::vector<std::int64_t> dims(static_cast<std::size_t>(std::max(a.rank(), b.rank())), 1);
  const auto merge = [&](const Shape& shape) {
    for (int i = 0; i < shape.rank(); ++i) {
      std::int64_t& dim = dims[dims.size() - static_cast<std::size_t>(shape.rank() - i)];
      if (shape.dim(i) == 1 || shape.dim(i) == dim) continue;
      if (dim != 1) return false;
      dim = shape.dim(i);
    }
    return true;
  };
  if (!merge(a) || !merge(b)) return std::nullopt;
  return Shape(dims);
}

// Where element `i` of a tensor of shape `whole` stands in one of shape `part` that is spread.
std::int64_t position(std::int64_t i, const Shape& whole, const Shape& part) {
  std::int64_t at = 0, stride = 1;
  for (int d = whole.rank() - 1, p = part.rank() - 1; p >= 0; --d, --p) {
    const std::int64_t index = i % whole.dim(d);
    i /= whole.dim(d);
    if (part.dim(p) != 1) at += index * stride;
    stride *= part.dim(p);
  }
  return at;
}

std::vector<std::int64_t> ints_of(const Tensor& tensor) {
  std::vector<std::int64_t> ints;
  for (std::int64_t i = 0; i < tensor.num_elements(); ++i) ints.push_back(number_at(tensor, i).i);
  return ints;
}

}  // namespace

std::optional<Tensor> fold_binary(std::string_view op, const Tensor& a, const Tensor& b) {
  if (!is_number(a.dtype()) || a.dtype() != b.dtype()) return std::nullopt;
  const std::optional<Shape> shape = spread(a.shape(), b.shape());
  if (!shape || shape->num_elements().value_or(kMostFolded + 1) > kMostFolded) return std::nullopt;
  const bool compares = op == "Equal" || op == "NotEqual" || op == "Less" || op == "LessEqual";
  Tensor result(compares ? DType::kBool : a.dtype(), *shape);
  for (std::int64_t i = 0; i < result.num_elements(); ++i) {
    const Number x = number_at(a, position(i, *shape, a.shape()));
    const Number y = number_at(b, position(i, *shape, b.shape()));
    const std::optional<Number> z = compares     ? compared(op, x, y)
                                    : x.integral ? of_ints(op, x.i, y.i)
                                                 : of_doubles(op, x.d, y.d);
    if (!z) return std::nullopt;
    set_number(result, i, *z);
  }
  return result;
}

std::optional<Tensor> fold_reduction(std::string_view op, const Tensor& input, const Tensor& axes,
                                     bool keep_dims) {
  // Along all dimensions: of a vector, that is what shapes are computed with.
  if (!is_number(input.dtype()) || input.shape().rank() != 1 || axes.num_elements() != 1) {
    return std::nullopt;
  }
  const std::int64_t axis = number_at(axes, 0).i;
  if (axis != 0 && axis != -1) return std::nullopt;
  const std::string_view step = op == "Prod"  ? "Mul"
                                : op == "Sum" ? "Add"
                                : op == "Max" ? "Maximum"
                                : op == "Min" ? "Minimum"
                                              : "";
  if (step.empty()) return std::nullopt;
  const bool ordered = step == "Maximum" || step == "Minimum";
  if (ordered && input.num_elements() == 0) return std::nullopt;
  Tensor result(input.dtype(), keep_dims ? Shape({1}) : Shape());
  const std::int64_t neutral = step == "Mul" ? 1 : 0;
  set_number(result, 0, ordered ? number_at(input, 0) : Number::of_int(neutral));
  for (std::int64_t i = 0; i < input.num_elements(); ++i) {
    const Number x = number_at(result, 0), y = number_at(input, i);
    const std::optional<Number> z =
        x.integral ? of_ints(step, x.i, y.i) : of_doubles(step, x.d, y.d);
    if (!z) return std::nullopt;
    set_number(result, 0, *z);
  }
  return result;
}

std::optional<Tensor> fold_strided_slice(const NodeInfo& node, const Tensor& input,
                                         const Tensor& begin, const Tensor& end,
                                         const Tensor& strides) {
  if (input.shape().rank() != 1 || begin.num_elements() != 1 || end.num_elements() != 1 ||
      strides.num_elements() != 1 || !is_number(input.dtype())) {
    return std::nullopt;
  }
  if (node.int_attr("ellipsis_mask") != 0 || node.int_attr("new_axis_mask") != 0) {
    return std::nullopt;
  }
  const std::int64_t size = input.num_elements(), stride = number_at(strides, 0).i;
  std::int64_t from = number_at(begin, 0).i, to = number_at(end, 0).i;
  if (stride == 0 || std::abs(stride) > kMostFolded) return std::nullopt;
  const auto counted = [&](std::int64_t at) { return at < 0 ? at + size : at; };
  if ((node.int_attr("shrink_axis_mask") & 1) != 0) {
    from = counted(from);
    if (from < 0 || from >= size) return std::nullopt;
    Tensor result(input.dtype(), Shape());
    set_number(result, 0, number_at(input, from));
    return result;
  }
  const std::int64_t lowest = stride > 0 ? 0 : -1, highest = stride > 0 ? size : size - 1;
  from = (node.int_attr("begin_mask") & 1) != 0 ? (stride > 0 ? lowest : highest)
                                                : std::clamp(counted(from), lowest, highest);
  to = (node.int_attr("end_mask") & 1) != 0 ? (stride > 0 ? highest : lowest)
                                            : std::clamp(counted(to), lowest, highest);
  std::vector<std::int64_t> taken;
  for (std::int64_t at = from; stride > 0 ? at < to : at > to; at += stride) taken.push_back(at);
  Tensor result(input.dtype(), Shape({static_cast<std::int64_t>(taken.size())}));
  for (std::size_t i = 0; i < taken.size(); ++i) {
    set_number(result, static_cast<std::int64_t>(i), number_at(input, taken[i]));
  }
  return result;
}

std::optional<Tensor> fold_gather(const Tensor& params, const Tensor& indices, const Tensor& axis) {
  if (params.shape().rank() != 1 || !is_number(params.dtype()) || axis.num_elements() != 1 ||
      number_at(axis, 0).i != 0 || indices.num_elements() > kMostFolded) {
    return std::nullopt;
  }
  Tensor result(params.dtype(), indices.shape());
  for (std::int64_t i = 0; i < indices.num_elements(); ++i) {
    const std::int64_t at = number_at(indices, i).i;
    if (at < 0 || at >= params.num_elements()) return std::nullopt;
    set_number(result, i, number_at(params, at));
  }
  return result;
}

std::optional<Tensor> fold_reshape(const Tensor& input, const Tensor& shape) {
  std::vector<std::int64_t> dims = ints_of(shape);
  std::int64_t known = 1;
  std::int64_t* open = nullptr;
  for (std::int64_t& dim : dims) {
    if (dim == -1 && open == nullptr) {
      open = &dim;
    } else if (dim < 0 || __builtin_mul_overflow(known, dim, &known)) {
      return std::nullopt;
    }
  }
  if (open != nullptr) {
    if (known == 0 || input.num_elements() % known != 0) return std::nullopt;
    *open = input.num_elements() / known;
  } else if (known != input.num_elements()) {
    return std::nullopt;
  }
  return input.reshaped(Shape(dims));
}

std::optional<Tensor> fold_concat(const std::vector<Tensor>& values, std::int64_t axis) {
  const Tensor& first = values.front();
  const int rank = first.shape().rank();
  if (axis < 0) axis += rank;
  if (axis < 0 || axis >= rank || dtype_size(first.dtype()) == 0) return std::nullopt;
  std::vector<std::int64_t> dims(first.shape().dims().begin(), first.shape().dims().end());
  std::int64_t along = 0, outer = 1;
  for (const Tensor& value : values) {
    if (value.dtype() != first.dtype() || value.shape().rank() != rank) return std::nullopt;
    for (int d = 0; d < rank; ++d) {
      if (d != axis && value.shape().dim(d) != first.shape().dim(d)) return std::nullopt;
    }
    along += value.shape().dim(static_cast<int>(axis));
  }
  for (int d = 0; d < axis; ++d) outer *= first.shape().dim(d);
  dims[static_cast<std::size_t>(axis)] = along;
  const Shape shape(dims);
  if (shape.num_elements().value_or(kMostFolded + 1) > kMostFolded) return std::nullopt;
  Tensor result(first.dtype(), shape);
  std::byte* to = result.mutable_bytes().data();
  for (std::int64_t row = 0; row < outer; ++row) {
    for (const Tensor& value : values) {
      const std::size_t part = value.bytes().size() / static_cast<std::size_t>(outer);
      if (part == 0) continue;
      std::memcpy(to, value.bytes().data() + static_cast<std::size_t>(row) * part, part);
      to += part;
    }
  }
  return result;
}

}  // namespace icecore::inline v0
