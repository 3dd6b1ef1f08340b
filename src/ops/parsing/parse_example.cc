// ParseExample, ParseSingleExample: features of encoded tf.train.Examples, as dense and sparse
// tensors.
#include <icecore/shape_context.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/parsing/feature.h"
#include "ops/parsing/parsing_ops.h"

namespace icecore::inline v0 {
namespace {

struct Attrs {
  std::vector<DType> sparse_types, dense_types;
  std::vector<Shape> dense_shapes;
  bool single = false;
};

Attrs attrs_of(const NodeInfo& node, bool single) {
  Attrs attrs{node.types_attr("sparse_types"), node.types_attr("Tdense"),
              node.shapes_attr("dense_shapes"), single};
  if (attrs.dense_types.size() != attrs.dense_shapes.size()) {
    refuse("len(dense_shapes) != len(Tdense): " + std::to_string(attrs.dense_shapes.size()) +
           " vs " + std::to_string(attrs.dense_types.size()));
  }
  return attrs;
}

// Only the first dimension may be unknown: then examples have as many values as they have.
bool is_variable(const Shape& shape) {
  return shape.rank() > 0 && shape.dim(0) < 0;
}

void check_dense_shape(const Shape& shape) {
  if (!shape.has_rank()) refuse("dense_shapes must have known ranks");
  for (int d = 1; d < shape.rank(); ++d) {
    if (shape.dim(d) < 0) refuse("dense_shapes: only the first dimension may be unknown");
  }
}

// How many values an example has, or a step along the first dimension where that varies.
std::int64_t row_size(const Shape& shape) {
  std::int64_t size = 1;
  for (int d = is_variable(shape) ? 1 : 0; d < shape.rank(); ++d) {
    size = multiply_sizes(size, shape.dim(d));
  }
  return size;
}

// An example's feature; of one that isn't there, without dtype.
class Reader {
 public:
  Reader(std::span<const std::string> serialized, std::span<const std::string> names)
      : names_(names) {
    for (std::size_t i = 0; i < serialized.size(); ++i) {
      try {
        features_.push_back(features_of(serialized[i]));
      } catch (const Error&) {
        refuse("Could not parse example input, value: '" + serialized[i] + "'");
      }
    }
  }

  std::size_t count() const { return features_.size(); }

  Feature read(std::size_t example, const std::string& key, DType dtype) const {
    const auto found = features_[example].find(key);
    if (found == features_[example].end()) return {};
    Feature feature;
    try {
      feature = decode_feature(found->second);
    } catch (const Error&) {
      refuse(where(example, key) + "Can't parse serialized Example.");
    }
    if (feature.dtype != DType::kInvalid && feature.dtype != dtype) {
      refuse(where(example, key) + "Data types don't match. Data type: " +
             to_string(feature.dtype) + " but expected type: " + to_string(dtype));
    }
    return feature;
  }

  std::string where(std::size_t example, const std::string& key) const {
    const std::string name = example < names_.size() ? names_[example] : "<unknown>";
    return "Name: " + name + ", Key: " + key + ", Index: " + std::to_string(example) + ".  ";
  }

 private:
  std::span<const std::string> names_;
  std::vector<Features> features_;
};

// Writes features' values one behind the other.
class Writer {
 public:
  Writer(const KernelContext& c, DType dtype, const Shape& shape)
      : tensor_(c.allocate(dtype, shape)) {}

  void put(const Feature& feature) {
    if (tensor_.dtype() == DType::kString) {
      std::ranges::copy(feature.strings, tensor_.mutable_strings().begin() + at_);
    } else if (tensor_.dtype() == DType::kFloat32) {
      std::ranges::copy(feature.floats, tensor_.mutable_values<float>().begin() + at_);
    } else {
      std::ranges::copy(feature.ints, tensor_.mutable_values<std::int64_t>().begin() + at_);
    }
    at_ += static_cast<std::ptrdiff_t>(feature.size());
  }

  // The default's values, or its one value `count` times.
  void put_default(const Tensor& from, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i, ++at_) {
      const auto source =
          static_cast<std::size_t>(from.num_elements() == 1 ? 0 : i % from.num_elements());
      const auto place = static_cast<std::size_t>(at_);
      if (from.dtype() == DType::kString) {
        tensor_.mutable_strings()[place] = from.strings()[source];
      } else if (from.dtype() == DType::kFloat32) {
        tensor_.mutable_values<float>()[place] = from.values<float>()[source];
      } else {
        tensor_.mutable_values<std::int64_t>()[place] = from.values<std::int64_t>()[source];
      }
    }
  }

  Tensor take() { return std::move(tensor_); }

 private:
  Tensor tensor_;
  std::ptrdiff_t at_ = 0;
};

struct Sparse {
  Tensor indices, values, shape;
};

Sparse read_sparse(const KernelContext& c, const Reader& reader, const std::string& key,
                   DType dtype, bool single) {
  std::vector<Feature> features;
  std::int64_t total = 0, longest = 0;
  for (std::size_t i = 0; i < reader.count(); ++i) {
    features.push_back(reader.read(i, key, dtype));
    const auto size = static_cast<std::int64_t>(features.back().size());
    total += size;
    longest = std::max(longest, size);
  }
  Writer values(c, dtype, Shape{total});
  Tensor indices = c.allocate(DType::kInt64, Shape{total, single ? 1 : 2});
  auto place = indices.mutable_values<std::int64_t>().begin();
  for (std::size_t i = 0; i < features.size(); ++i) {
    values.put(features[i]);
    for (std::size_t k = 0; k < features[i].size(); ++k) {
      if (!single) *place++ = static_cast<std::int64_t>(i);
      *place++ = static_cast<std::int64_t>(k);
    }
  }
  const auto batch = static_cast<std::int64_t>(reader.count());
  return {std::move(indices), values.take(),
          single ? Tensor::of<std::int64_t>(Shape{1}, {longest})
                 : Tensor::of<std::int64_t>(Shape{2}, {batch, longest})};
}

void check_default(const std::string& key, const Tensor& value, const Shape& shape, DType dtype) {
  if (value.dtype() != dtype) {
    refuse("dense_defaults of " + key + " are of " + to_string(value.dtype()) + ", not " +
           to_string(dtype));
  }
  if (is_variable(shape)) {
    if (value.num_elements() == 1) return;
    refuse("dense_shape of " + key +
           " is a variable length shape, therefore def_value must contain a single element");
  }
  if (value.num_elements() > 0 && value.shape() != shape) {
    refuse("def_value of " + key + " has shape " + to_string(value.shape()) + ", not " +
           to_string(shape));
  }
}

Tensor read_dense(const KernelContext& c, const Reader& reader, const std::string& key, DType dtype,
                  const Shape& shape, const Tensor& missing, bool single) {
  check_default(key, missing, shape, dtype);
  const std::int64_t row = row_size(shape);
  const bool variable = is_variable(shape);
  std::vector<Feature> features;
  std::int64_t steps = 0;
  for (std::size_t i = 0; i < reader.count(); ++i) {
    Feature feature = reader.read(i, key, dtype);
    const auto size = static_cast<std::int64_t>(feature.size());
    if (feature.dtype == DType::kInvalid) {
      if (!variable && missing.num_elements() == 0) {
        refuse(reader.where(i, key) + "Feature: " + key + " (data type: " + to_string(dtype) +
               ") is required but could not be found.");
      }
    } else if (variable ? row == 0 || size % row != 0 : size != row) {
      refuse(reader.where(i, key) + "Number of " + to_string(dtype) +
             " values != expected.  values size: " + std::to_string(size) +
             " but output shape: " + to_string(shape));
    }
    if (variable && row > 0) steps = std::max(steps, size / row);
    features.push_back(std::move(feature));
  }
  std::vector<std::int64_t> dims(shape.dims().begin(), shape.dims().end());
  if (variable) dims[0] = steps;
  if (!single) dims.insert(dims.begin(), static_cast<std::int64_t>(reader.count()));
  Writer values(c, dtype, Shape(dims));
  const std::int64_t size = variable ? multiply_sizes(steps, row) : row;
  for (const Feature& feature : features) {
    values.put(feature);
    values.put_default(missing, size - static_cast<std::int64_t>(feature.size()));
  }
  return values.take();
}

struct Keys {
  std::vector<std::string> sparse, dense;
};

void parse(KernelContext& c, const Attrs& attrs, const Reader& reader, const Keys& keys,
           int defaults) {
  const auto count = static_cast<int>(keys.sparse.size());
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    Sparse sparse = read_sparse(c, reader, keys.sparse[at], attrs.sparse_types[at], attrs.single);
    c.set_output(i, std::move(sparse.indices));
    c.set_output(count + i, std::move(sparse.values));
    c.set_output(2 * count + i, std::move(sparse.shape));
  }
  for (int i = 0; i < static_cast<int>(keys.dense.size()); ++i) {
    const auto at = static_cast<std::size_t>(i);
    c.set_output(3 * count + i,
                 read_dense(c, reader, keys.dense[at], attrs.dense_types[at],
                            attrs.dense_shapes[at], c.input(defaults + i), attrs.single));
  }
}

std::string scalar_key(const Tensor& key) {
  if (key.num_elements() != 1) refuse("a key must be a scalar, not " + to_string(key.shape()));
  return key.strings()[0];
}

void set_shapes(ShapeContext& c, const Attrs& attrs, const Shape& batch) {
  const auto count = static_cast<int>(attrs.sparse_types.size());
  const std::int64_t rank = attrs.single ? 1 : 2;
  for (int i = 0; i < count; ++i) {
    c.set_output(i, Shape{-1, rank});
    c.set_output(count + i, Shape{-1});
    c.set_output(2 * count + i, Shape{rank});
  }
  for (int i = 0; i < static_cast<int>(attrs.dense_shapes.size()); ++i) {
    c.set_output(3 * count + i,
                 join_shapes(batch, attrs.dense_shapes[static_cast<std::size_t>(i)]));
  }
}

}  // namespace

void parse_example_shape(ShapeContext& c) {
  const Attrs attrs = while_building([&] { return attrs_of(c.node(), false); });
  const Shape batch = with_rank(c.input(0), 1);
  with_rank(c.input(1), 1);
  set_shapes(c, attrs, batch);
}

void parse_single_example_shape(ShapeContext& c) {
  const Attrs attrs = while_building([&] { return attrs_of(c.node(), true); });
  with_rank(c.input(0), 0);
  set_shapes(c, attrs, Shape());
}

Kernel parse_example_kernel(const NodeInfo& node) {
  Attrs attrs = attrs_of(node, false);
  for (const Shape& shape : attrs.dense_shapes) check_dense_shape(shape);
  const auto sparse = node.input_range("sparse_keys"), dense = node.input_range("dense_keys");
  if (sparse.second != attrs.sparse_types.size() || dense.second != attrs.dense_types.size()) {
    refuse("ParseExample needs as many keys as it has types");
  }
  return Kernel([attrs = std::move(attrs), sparse, dense](KernelContext& c) {
    const Tensor &serialized = c.input(0), &names = c.input(1);
    if (serialized.shape().rank() != 1) {
      refuse("Expected serialized to be a vector, got shape: " + to_string(serialized.shape()));
    }
    if (names.num_elements() > 0 && names.shape() != serialized.shape()) {
      refuse("Expected len(names) == len(serialized), but got: " +
             std::to_string(names.num_elements()) + " vs. " +
             std::to_string(serialized.num_elements()));
    }
    Keys keys;
    for (std::size_t i = 0; i < sparse.second; ++i) {
      keys.sparse.push_back(scalar_key(c.input(static_cast<int>(sparse.first + i))));
    }
    for (std::size_t i = 0; i < dense.second; ++i) {
      keys.dense.push_back(scalar_key(c.input(static_cast<int>(dense.first + i))));
    }
    parse(c, attrs, Reader(serialized.strings(), names.strings()), keys,
          static_cast<int>(dense.first + dense.second));
  });
}

Kernel parse_single_example_kernel(const NodeInfo& node) {
  Attrs attrs = attrs_of(node, true);
  for (const Shape& shape : attrs.dense_shapes) check_dense_shape(shape);
  Keys keys{node.strings_attr("sparse_keys"), node.strings_attr("dense_keys")};
  if (keys.sparse.size() != attrs.sparse_types.size() ||
      keys.dense.size() != attrs.dense_types.size()) {
    refuse("ParseSingleExample needs as many keys as it has types");
  }
  return Kernel([attrs = std::move(attrs), keys = std::move(keys)](KernelContext& c) {
    const Tensor& serialized = c.input(0);
    if (serialized.shape().rank() != 0) {
      refuse("Expected serialized to be a scalar, got shape: " + to_string(serialized.shape()));
    }
    parse(c, attrs, Reader(serialized.strings(), {}), keys, 1);
  });
}

}  // namespace icecore::inline v0
