#include "runtime/trial_feeds.h"

#include <icecore/error.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/floating.h"
#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/number_tensor.h"

namespace icecore::inline v0 {
namespace {

// Above so many elements a placeholder isn't fed: what is open was taken too large.
constexpr std::int64_t kMostElements = std::int64_t{1} << 22;

bool is_placeholder(const NodeDef& node) {
  return node.op == "Placeholder" || node.op == "PlaceholderV2";
}

// In graphs of producers before this one a placeholder's scalar shape stood for an unknown one.
constexpr std::int64_t kScalarPlaceholders = 22;

// As the node says; else as TensorFlow knew it when it wrote the graph.
Shape shape_of(const Graph& graph, const NodeDef& node) {
  const std::optional<Shape> shape = attr_shape(node.attr("shape"));
  const bool says_nothing =
      shape == Shape() && producer_version(graph) < kScalarPlaceholders && node.op == "Placeholder";
  if (shape && shape->has_rank() && !says_nothing) return *shape;
  if (const Span* stored = node.attr("_output_shapes")) {
    const AttrValue value = decode_attr(*stored, "list(shape)");
    const auto* shapes = std::get_if<std::vector<Shape>>(&value);
    if (shapes != nullptr && shapes->size() == 1) return shapes->front();
  }
  return Shape::unknown_rank();
}

Shape filled_in(std::string_view name, const Shape& shape, const TrialSizes& sizes) {
  if (!shape.has_rank()) {
    return std::ranges::find(sizes.scalars, name) == sizes.scalars.end() ? sizes.unknown_shape
                                                                         : Shape();
  }
  std::vector<std::int64_t> dims(shape.dims().begin(), shape.dims().end());
  std::ranges::replace(dims, -1, sizes.unknown_dimension);
  return Shape(dims);
}

// SplitMix64, begun at the name's hash (FNV-1a).
class Numbers {
 public:
  explicit Numbers(std::string_view name) {
    for (const char c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
  }

 private:
  std::uint64_t state_ = 14695981039346656037U;
};

Tensor value_for(std::string_view name, DType dtype, const Shape& shape) {
  const std::int64_t elements = shape.num_elements().value_or(kMostElements + 1);
  if (elements > kMostElements) {
    throw Error(Code::kResourceExhausted,
                quoted(name) + " would be fed " + to_string(shape) + ", which is too much");
  }
  Numbers numbers(name);
  if (dtype == DType::kString) {
    Tensor text(dtype, shape);
    for (std::string& item : text.mutable_strings()) item = std::to_string(numbers.next() % 10);
    return text;
  }
  if (!is_number(dtype)) {
    throw Error(Code::kUnimplemented, quoted(name) + " takes values of type " + to_string(dtype) +
                                          ", which can't be made up");
  }
  Tensor values(dtype, shape);
  const bool floats = is_floating(dtype), off = dtype == DType::kBool && shape.rank() == 0;
  for (std::int64_t i = 0; i < elements; ++i) {
    const std::uint64_t bits = numbers.next() >> 11;
    set_number(values, i,
               floats ? Number::of_double(static_cast<double>(bits) * 0x1p-52 - 1)
                      : Number::of_int(off ? 0 : static_cast<std::int64_t>(bits & 1)));
  }
  return values;
}

// Of several placeholders of unknown rank each alone, and all but each; of very many none.
std::vector<std::vector<std::string>> scalars_to_try(const std::vector<std::string>& unknown) {
  constexpr std::size_t kMost = 4;
  std::vector<std::vector<std::string>> all;
  if (unknown.size() < 2 || unknown.size() > kMost) return all;
  for (const std::string& name : unknown) all.push_back({name});
  if (unknown.size() == 2) return all;
  for (const std::string& name : unknown) {
    all.push_back(unknown);
    std::erase(all.back(), name);
  }
  return all;
}

}  // namespace

TrialFeeds trial_feeds(const Graph& graph, const TrialSizes& sizes) {
  TrialFeeds feeds;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (!is_placeholder(node)) continue;
    const DType dtype = attr_type(node.attr("dtype")).value_or(DType::kInvalid);
    feeds.emplace_back(
        std::string(node.name) + ":0",
        value_for(node.name, dtype, filled_in(node.name, shape_of(graph, node), sizes)));
  }
  return feeds;
}

std::vector<TrialSizes> sizes_to_try(const Graph& graph) {
  std::vector<std::string> unknown;  // Rank.
  bool dimension = false;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    if (!is_placeholder(node)) continue;
    const Shape shape = shape_of(graph, node);
    if (!shape.has_rank()) unknown.emplace_back(node.name);
    dimension |= shape.has_rank() && !shape.is_fully_defined();
  }
  // Two of a batch; one, where only one is taken; an image that several layers can halve.
  const std::vector<std::int64_t> dimensions =
      dimension ? std::vector<std::int64_t>{2, 1, 32, 96} : std::vector<std::int64_t>{1};
  // A batch of vectors, a vector, a number, a grey and a coloured image, a batch of sequences.
  const std::vector<Shape> shapes =
      !unknown.empty()
          ? std::vector<Shape>{{2, 2}, {2}, {}, {1, 32, 32, 1}, {1, 32, 32, 3}, {2, 2, 2}}
          : std::vector<Shape>{Shape()};
  std::vector<TrialSizes> sizes;
  for (const Shape& shape : shapes) {
    for (const std::int64_t size : dimensions) sizes.push_back({size, shape});
  }
  for (const std::vector<std::string>& scalars : scalars_to_try(unknown)) {
    for (const Shape& shape : shapes) {
      if (shape.rank() > 0) sizes.push_back({dimensions.front(), shape, scalars});
    }
  }
  return sizes;
}

}  // namespace icecore::inline v0
