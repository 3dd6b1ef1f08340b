// InitializeTable, InitializeTableFromTextFile, of both versions.
#include <icecore/shape_context.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/io/graph_files.h"
#include "ops/lookup/lookup_ops.h"
#include "ops/lookup/lookup_table.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kWholeLine = -2, kLineNumber = -1;

// What of a line becomes keys or values: a column, counted from zero, or one of the above.
class Column {
 public:
  Column(std::int64_t index, DType dtype, std::string_view what) : index_(index), dtype_(dtype) {
    if (index == kLineNumber && dtype != DType::kInt64) {
      refuse(std::string(what) + " index for line number requires table " + std::string(what) +
             " dtype of int64, got " + to_string(dtype));
    }
    const bool is_key = what == "key";
    const bool is_int = dtype == DType::kInt64 || dtype == DType::kInt32;
    if (index == kWholeLine && dtype != DType::kString && !(is_key && is_int)) {
      refuse(std::string(what) + " index for whole line requires table " + std::string(what) +
             " dtype of string, got " + to_string(dtype));
    }
  }

  std::int64_t index() const { return index_; }

  void add(std::string_view line, const std::vector<std::string_view>& parts, std::int64_t number) {
    if (index_ == kLineNumber) {
      ints_.push_back(number);
      return;
    }
    const std::string_view field =
        index_ == kWholeLine ? line : parts[static_cast<std::size_t>(index_)];
    switch (dtype_) {
      case DType::kString:
        strings_.emplace_back(field);
        return;
      case DType::kInt32:
        ints_.push_back(parsed<std::int32_t>(field, number));
        return;
      case DType::kInt64:
        ints_.push_back(parsed<std::int64_t>(field, number));
        return;
      case DType::kFloat32:
        floats_.push_back(static_cast<double>(parsed<float>(field, number)));
        return;
      case DType::kFloat64:
        floats_.push_back(parsed<double>(field, number));
        return;
      default:
        refuse("Data type " + to_string(dtype_) + " not supported.");
    }
  }

  Tensor tensor() const {
    if (dtype_ == DType::kString) return vector_of<std::string>(strings_);
    if (dtype_ == DType::kInt32) return vector_of<std::int32_t>(ints_);
    if (dtype_ == DType::kFloat32) return vector_of<float>(floats_);
    if (dtype_ == DType::kFloat64) return vector_of<double>(floats_);
    return vector_of<std::int64_t>(ints_);
  }

 private:
  template <typename T>
  T parsed(std::string_view field, std::int64_t line) const {
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    std::string_view text = field;
    text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
    text.remove_suffix(text.size() - (text.find_last_not_of(kSpaces) + 1));
    T value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      refuse("Field " + std::string(field) + " in line " + std::to_string(line) +
             " is not a valid " + to_string(dtype_) + ".");
    }
    return value;
  }

  template <typename T, typename From>
  static Tensor vector_of(const std::vector<From>& values) {
    const std::vector<T> converted(values.begin(), values.end());
    return Tensor::of(Shape{static_cast<std::int64_t>(values.size())},
                      std::span<const T>(converted));
  }

  std::int64_t index_;
  DType dtype_;
  std::vector<std::string> strings_;
  std::vector<std::int64_t> ints_;
  std::vector<double> floats_;
};

std::vector<std::string_view> split(std::string_view line, char delimiter) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = line.find(delimiter, begin);
    parts.push_back(line.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

// Takes the next line off the text. Carriage returns count nowhere, as in TensorFlow.
std::string take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string line(text.substr(0, end));
  std::erase(line, '\r');
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

struct FileAttrs {
  std::int64_t key_index, value_index, vocab_size;
  char delimiter;
};

void initialize_from(const std::string& path, std::string_view text, const FileAttrs& attrs,
                     LookupTable& table) {
  Column keys(attrs.key_index, table.key_dtype(), "key");
  Column values(attrs.value_index, table.value_dtype(), "value");
  const std::int64_t last = std::max(keys.index(), values.index());
  if (text.empty()) throw Error(Code::kOutOfRange, path + " is empty: a table has no lines in it");
  std::int64_t number = 0;
  while (!text.empty() && number != attrs.vocab_size) {
    const std::string line = take_line(text);
    if (line.empty()) {
      refuse("Invalid content in " + path + ": empty line found at line " + std::to_string(number) +
             ".");
    }
    std::vector<std::string_view> parts;
    if (last >= 0) parts = split(line, attrs.delimiter);
    if (last >= static_cast<std::int64_t>(parts.size())) {
      refuse("Invalid number of columns in " + path + " line " + std::to_string(number) + " (" +
             line + ") : expected " + std::to_string(last) + " got " +
             std::to_string(parts.size()));
    }
    keys.add(line, parts, number);
    values.add(line, parts, number);
    ++number;
  }
  if (attrs.vocab_size != -1 && number != attrs.vocab_size) {
    refuse("Invalid vocab_size in " + path + ": expected " + std::to_string(attrs.vocab_size) +
           " but got " + std::to_string(number));
  }
  table.initialize(keys.tensor(), values.tensor());
}

void check_handle(ShapeContext& c) {
  if (c.node().inputs().at(0).dtype == DType::kResource) {
    with_rank(c.input(0), 0);
  } else {
    merge_dims(with_rank(c.input(0), 1).dim(0), 2);
  }
}

}  // namespace

void initialize_table_shape(ShapeContext& c) {
  check_handle(c);
  merge_shapes(with_rank(c.input(1), 1), c.input(2));
}

void initialize_table_from_file_shape(ShapeContext& c) {
  check_handle(c);
  with_rank(c.input(1), 0);
}

Kernel initialize_table_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const auto table = table_input(c);
    const Tensor &keys = c.input(1), &values = c.input(2);
    check_table_types(*table, keys.dtype(), values.dtype());
    if (keys.shape().rank() != 1) {
      refuse("Keys must be a vector, but received shape " + to_string(keys.shape()));
    }
    if (values.shape().rank() != 1) {
      refuse("Values must be a vector, but received shape " + to_string(values.shape()));
    }
    if (keys.num_elements() != values.num_elements()) {
      refuse("Keys and values must have the same size " + std::to_string(keys.num_elements()) +
             " vs " + std::to_string(values.num_elements()));
    }
    table->import(keys, values);
  });
}

Kernel initialize_table_from_file_kernel(const NodeInfo& node) {
  const std::string delimiter = node.string_attr("delimiter");
  if (delimiter.size() != 1) refuse("delimiter should be only 1 char");
  const FileAttrs attrs{node.int_attr("key_index"), node.int_attr("value_index"),
                        node.int_attr("vocab_size"), delimiter[0]};
  return Kernel([attrs](KernelContext& c) {
    const auto table = table_input(c);
    const Tensor& name = c.input(1);
    if (name.num_elements() != 1) {
      refuse("filename should be a single string, but got " + to_string(name.shape()));
    }
    // Tables of files are shared by the files' names: the second initialization is none.
    if (table->is_initialized()) return;
    const std::string& path = name.strings()[0];
    const auto file = graph_files(c).open(path);
    initialize_from(path, file->read_string(0, file->size()), attrs, *table);
  });
}

}  // namespace icecore::inline v0
