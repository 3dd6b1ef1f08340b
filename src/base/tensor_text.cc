#include <icecore/error.h>
#include <icecore/tensor_text.h>

#include <algorithm>
#include <charconv>
#include <complex>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes_repr.h"
#include "base/float_column.h"
#include "base/float_digits.h"

namespace icecore::inline v0 {
namespace {

// An element's text, of its place in the row-major order.
using ItemText = std::function<std::string(std::int64_t)>;

// Walks a dimension as numpy does: item(index) of each element; or, of `edges_only`, of `edge` ones
// at each end and gap() between, where that leaves any out.
template <typename Item, typename Gap>
void walk(std::int64_t length, std::int64_t edge, bool edges_only, Item item, Gap gap) {
  if (!edges_only || length <= 2 * edge) {
    for (std::int64_t i = 0; i < length; ++i) item(i);
    return;
  }
  for (std::int64_t i = 0; i < edge; ++i) item(i);
  gap();
  for (std::int64_t i = length - edge; i < length; ++i) item(i);
}

// What is printed of a tensor, and where it lies.
class Extent {
 public:
  Extent(const Shape& shape, const TensorTextOptions& options)
      : dims_(shape.dims().begin(), shape.dims().end()),
        steps_(dims_.size(), 1),
        edge_(std::max<std::int64_t>(options.edge_items, 1)),
        edges_only_(shape.num_elements().value_or(0) > options.threshold) {
    for (std::size_t axis = dims_.size(); axis-- > 1;) {
      steps_[axis - 1] = steps_[axis] * dims_[axis];
    }
  }

  std::size_t rank() const { return dims_.size(); }

  // item(place) for each part along an axis, `place` being that of the part's first element.
  template <typename Item, typename Gap>
  void walk_axis(std::size_t axis, std::int64_t place, Item item, Gap gap) const {
    walk(
        dims_[axis], edge_, edges_only_, [&](std::int64_t i) { item(place + i * steps_[axis]); },
        gap);
  }

  // The places of all elements that are printed.
  std::vector<std::int64_t> places() const {
    std::vector<std::int64_t> places;
    collect(0, 0, places);
    return places;
  }

 private:
  void collect(std::size_t axis, std::int64_t place, std::vector<std::int64_t>& places) const {
    if (axis == rank()) {
      places.push_back(place);
      return;
    }
    walk_axis(
        axis, place, [&](std::int64_t part) { collect(axis + 1, part, places); }, [] {});
  }

  std::vector<std::int64_t> dims_;
  std::vector<std::int64_t> steps_;  // Elements from one index of an axis to the next.
  std::int64_t edge_;
  bool edges_only_;
};

// Brackets, blanks and line breaks.
class Layout {
 public:
  Layout(const Extent& extent, const ItemText& item, std::int64_t line_width)
      : extent_(extent), item_(item), line_width_(line_width) {}

  std::string text() && {
    array(0, 0);
    return std::move(out_);
  }

 private:
  void array(std::size_t axis, std::int64_t place) {
    out_ += '[';
    if (axis + 1 == extent_.rank()) {
      row(axis, place);
    } else {
      bool is_first = true;
      const auto begin_part = [&] {
        if (!std::exchange(is_first, false)) {
          out_.append(extent_.rank() - axis - 1, '\n').append(axis + 1, ' ');
        }
      };
      extent_.walk_axis(
          axis, place,
          [&](std::int64_t part) {
            begin_part();
            array(axis + 1, part);
          },
          [&] {
            begin_part();
            out_ += "...";
          });
    }
    out_ += ']';
  }

  // The last axis: words, and a new line where the next one would stick out.
  void row(std::size_t axis, std::int64_t place) {
    const std::size_t indent = axis + 1;
    // A bracket less for each level and one for the row's own.
    const std::int64_t width = line_width_ - static_cast<std::int64_t>(axis) - 1;
    std::size_t line = indent;
    bool is_first = true;
    const auto add = [&](const std::string& word) {
      if (!std::exchange(is_first, false)) {
        out_ += ' ';
        ++line;
      }
      // A word that is too long for any line stays where it is.
      if (static_cast<std::int64_t>(line + word.size()) > width && line > indent) {
        while (out_.back() == ' ') out_.pop_back();
        out_.append("\n").append(indent, ' ');
        line = indent;
      }
      out_ += word;
      line += word.size();
    };
    extent_.walk_axis(
        axis, place, [&](std::int64_t item) { add(item_(item)); }, [&] { add("..."); });
  }

  const Extent& extent_;
  const ItemText& item_;
  std::int64_t line_width_;
  std::string out_;
};

template <typename Int>
ItemText integer_items(std::span<const Int> values, const std::vector<std::int64_t>& places) {
  const auto text_at = [values](std::int64_t place) {
    return std::to_string(values[static_cast<std::size_t>(place)]);
  };
  std::size_t width = 0;
  for (const std::int64_t place : places) width = std::max(width, text_at(place).size());
  return [text_at, width](std::int64_t place) {
    std::string text = text_at(place);
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
  };
}

// The numbers of an array, of which `value_at` gives one.
template <typename ValueAt>
FloatColumn float_column(ValueAt value_at, FloatWidth width,
                         const std::vector<std::int64_t>& places, int precision, bool plus) {
  std::vector<double> values;
  values.reserve(places.size());
  for (const std::int64_t place : places) values.push_back(value_at(place));
  return {values, width, precision, plus};
}

template <typename ValueAt>
ItemText float_items(ValueAt value_at, FloatWidth width, const std::vector<std::int64_t>& places,
                     int precision) {
  if (places.empty()) {
    return
        [value_at, width](std::int64_t place) { return float_scalar_text(value_at(place), width); };
  }
  return [value_at, column = float_column(value_at, width, places, precision, false)](
             std::int64_t place) { return column.text(value_at(place)); };
}

template <typename Float>
ItemText complex_items(std::span<const std::complex<Float>> values, FloatWidth width,
                       const std::vector<std::int64_t>& places, int precision) {
  const auto real_at = [values](std::int64_t place) {
    return static_cast<double>(values[static_cast<std::size_t>(place)].real());
  };
  const auto imaginary_at = [values](std::int64_t place) {
    return static_cast<double>(values[static_cast<std::size_t>(place)].imag());
  };
  if (places.empty()) {
    return [=](std::int64_t place) {
      return complex_scalar_text(real_at(place), imaginary_at(place), width);
    };
  }
  return
      [=, real = float_column(real_at, width, places, precision, false),
       imaginary = float_column(imaginary_at, width, places, precision, true)](std::int64_t place) {
        // The j stands before the blanks that pad the number.
        std::string text = imaginary.text(imaginary_at(place));
        text.insert(text.find_last_not_of(' ') + 1, 1, 'j');
        return real.text(real_at(place)) + text;
      };
}

// Six significant digits, as C++ streams print a float.
std::string bfloat16_text(std::uint16_t bits) {
  const float value = bfloat16_value(bits);
  if (value != value) return "nan";
  constexpr int kDigits = 6;
  char buffer[32];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, kDigits);
  return {buffer, written.ptr};
}

// The form of the elements at `places`; of a scalar where there are none.
ItemText item_text(const Tensor& tensor, const std::vector<std::int64_t>& places, int precision) {
  const auto floats = [&]<typename T>(std::span<const T> values, FloatWidth width) {
    const auto at = [values](std::int64_t place) {
      return static_cast<double>(values[static_cast<std::size_t>(place)]);
    };
    return float_items(at, width, places, precision);
  };
  switch (tensor.dtype()) {
    case DType::kFloat32:
      return floats(tensor.values<float>(), FloatWidth::kSingle);
    case DType::kFloat64:
      return floats(tensor.values<double>(), FloatWidth::kDouble);
    case DType::kFloat16: {
      const auto at = [values = tensor.values<std::uint16_t>()](std::int64_t place) {
        return half_value(values[static_cast<std::size_t>(place)]);
      };
      return float_items(at, FloatWidth::kHalf, places, precision);
    }
    case DType::kBFloat16:
      return [values = tensor.values<std::uint16_t>()](std::int64_t place) {
        return bfloat16_text(values[static_cast<std::size_t>(place)]);
      };
    case DType::kComplex64:
      return complex_items(tensor.values<std::complex<float>>(), FloatWidth::kSingle, places,
                           precision);
    case DType::kComplex128:
      return complex_items(tensor.values<std::complex<double>>(), FloatWidth::kDouble, places,
                           precision);
    case DType::kInt8:
    case DType::kQInt8:
      return integer_items(tensor.values<std::int8_t>(), places);
    case DType::kUInt8:
    case DType::kQUInt8:
      return integer_items(tensor.values<std::uint8_t>(), places);
    case DType::kInt16:
    case DType::kQInt16:
      return integer_items(tensor.values<std::int16_t>(), places);
    case DType::kUInt16:
    case DType::kQUInt16:
      return integer_items(tensor.values<std::uint16_t>(), places);
    case DType::kInt32:
    case DType::kQInt32:
      return integer_items(tensor.values<std::int32_t>(), places);
    case DType::kUInt32:
      return integer_items(tensor.values<std::uint32_t>(), places);
    case DType::kInt64:
      return integer_items(tensor.values<std::int64_t>(), places);
    case DType::kUInt64:
      return integer_items(tensor.values<std::uint64_t>(), places);
    case DType::kBool:
      // As wide as False, but for a scalar.
      return [values = tensor.values<std::uint8_t>(),
              yes = std::string(places.empty() ? "True" : " True")](std::int64_t place) {
        return values[static_cast<std::size_t>(place)] != 0 ? yes : "False";
      };
    case DType::kString:
      return [values = tensor.strings()](std::int64_t place) {
        return bytes_repr(values[static_cast<std::size_t>(place)]);
      };
    case DType::kInvalid:
    case DType::kResource:
    case DType::kVariant:
      break;
  }
  throw Error(Code::kUnimplemented,
              "values of type " + to_string(tensor.dtype()) + " cannot be printed");
}

}  // namespace

std::string tensor_text(const Tensor& tensor, const TensorTextOptions& options) {
  if (tensor.num_elements() == 0) return "[]";
  if (tensor.shape().rank() == 0) return item_text(tensor, {}, options.precision)(0);
  const Extent extent(tensor.shape(), options);
  const ItemText item = item_text(tensor, extent.places(), options.precision);
  return Layout(extent, item, options.line_width).text();
}

std::string to_string(const Tensor& tensor) {
  return tensor_text(tensor);
}

}  // namespace icecore::inline v0
