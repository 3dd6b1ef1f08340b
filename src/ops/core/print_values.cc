#include "ops/core/print_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "base/half.h"
#include "proto/text_escape.h"

namespace icecore::inline v0 {
namespace {

// The shortest of two lengths that reads back as the value.
std::string digits(double value, int few, int all, const auto& reads_back) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.*g", few, value);
  if (!reads_back(text)) std::snprintf(text, sizeof(text), "%.*g", all, value);
  return text;
}

std::string number(float value) {
  if (std::isnan(value)) return "nan";
  return digits(value, 6, 9, [&](const char* text) { return std::strtof(text, nullptr) == value; });
}

std::string number(double value) {
  if (std::isnan(value)) return "nan";
  return digits(value, 15, 17,
                [&](const char* text) { return std::strtod(text, nullptr) == value; });
}

std::string escaped(const std::string& bytes) {
  std::string text;
  append_escaped(text, std::as_bytes(std::span(bytes)));
  return text;
}

std::string item(const Tensor& tensor, std::size_t i) {
  switch (tensor.dtype()) {
    case DType::kString:
      return escaped(tensor.strings()[i]);
    case DType::kFloat32:
      return number(tensor.values<float>()[i]);
    case DType::kFloat64:
      return number(tensor.values<double>()[i]);
    case DType::kFloat16:
      return number(half_to_float(tensor.values<std::uint16_t>()[i]));
    case DType::kBool:
      return tensor.values<std::uint8_t>()[i] != 0 ? "1" : "0";
    case DType::kInt8:
      return std::to_string(tensor.values<std::int8_t>()[i]);
    case DType::kInt16:
      return std::to_string(tensor.values<std::int16_t>()[i]);
    case DType::kInt32:
      return std::to_string(tensor.values<std::int32_t>()[i]);
    case DType::kInt64:
      return std::to_string(tensor.values<std::int64_t>()[i]);
    case DType::kUInt8:
      return std::to_string(tensor.values<std::uint8_t>()[i]);
    case DType::kUInt16:
      return std::to_string(tensor.values<std::uint16_t>()[i]);
    case DType::kUInt32:
      return std::to_string(tensor.values<std::uint32_t>()[i]);
    case DType::kUInt64:
      return std::to_string(tensor.values<std::uint64_t>()[i]);
    default:
      return "?";
  }
}

// Rows in brackets, the innermost without; what is beyond the limit shows as "...".
class Rows {
 public:
  Rows(const Tensor& tensor, std::int64_t limit) : tensor_(tensor), limit_(limit) {}

  std::string text() {
    if (tensor_.shape().rank() == 0) {
      if (limit_ > 0) text_ = item(tensor_, 0);
    } else {
      add(0);
    }
    return std::move(text_);
  }

 private:
  bool is_over() const { return next_ >= limit_; }

  void add(int dim) {
    if (is_over()) return;
    const std::int64_t count = tensor_.shape().dim(dim);
    const bool innermost = dim == tensor_.shape().rank() - 1;
    for (std::int64_t i = 0; i < count; ++i) {
      if (is_over()) {
        if (innermost && dim > 0) text_ += "...";
        return;
      }
      if (innermost) {
        text_ += (i == 0 ? "" : " ") + item(tensor_, static_cast<std::size_t>(next_++));
      } else {
        text_ += "[";
        add(dim + 1);
        text_ += "]";
      }
    }
  }

  const Tensor& tensor_;
  std::int64_t limit_;
  std::int64_t next_ = 0;
  std::string text_;
};

// All brackets, and so many of each dimension at its ends.
class Array {
 public:
  Array(const Tensor& tensor, std::int64_t at_ends) : tensor_(tensor), at_ends_(at_ends) {}

  std::string text() {
    add(0, 0);
    return std::move(text_);
  }

 private:
  void add(int dim, std::int64_t at) {
    const int rank = tensor_.shape().rank();
    if (dim == rank) {
      const std::string value = item(tensor_, static_cast<std::size_t>(at));
      text_ += tensor_.dtype() == DType::kString ? '"' + value + '"' : value;
      return;
    }
    const std::int64_t count = tensor_.shape().dim(dim);
    std::int64_t width = 1;
    for (int d = dim + 1; d < rank; ++d) width *= tensor_.shape().dim(d);
    text_ += "[";
    for (std::int64_t i = 0; i < std::min(at_ends_, count); ++i) {
      if (i > 0) add_space(dim);
      add(dim + 1, at + i * width);
    }
    if (count > 2 * at_ends_) {
      add_space(dim);
      text_ += "...";
    }
    for (std::int64_t i = std::max(at_ends_, count - at_ends_); i < count; ++i) {
      add_space(dim);
      add(dim + 1, at + i * width);
    }
    text_ += "]";
  }

  void add_space(int dim) {
    const int within = tensor_.shape().rank() - dim - 1;
    if (within == 0) {
      text_ += " ";
    } else {
      text_.append(static_cast<std::size_t>(within), '\n');
      text_.append(static_cast<std::size_t>(dim + 1), ' ');
    }
  }

  const Tensor& tensor_;
  std::int64_t at_ends_;
  std::string text_;
};

}  // namespace

std::string format_values(const Tensor& tensor, std::int64_t at_ends) {
  const std::int64_t count = tensor.num_elements();
  return Array(tensor, at_ends < 0 ? count : std::min(at_ends, count)).text();
}

std::string print_values(const Tensor& tensor, std::int64_t most) {
  const std::int64_t count =
      most < 0 ? tensor.num_elements() : std::min(most, tensor.num_elements());
  std::string text = Rows(tensor, count).text();
  return count < tensor.num_elements() ? text + "..." : text;
}

}  // namespace icecore::inline v0
