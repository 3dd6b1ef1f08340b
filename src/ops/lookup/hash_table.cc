// HashTable, HashTableV2, MutableHashTable, MutableHashTableV2.
#include <icecore/shape_context.h>

#include <memory>
#include <string>

#include "ops/array/arguments.h"
#include "ops/lookup/lookup_ops.h"
#include "ops/lookup/lookup_table.h"

namespace icecore::inline v0 {
namespace {

struct TableName {
  std::string container, name;
};

// Tables without a shared name belong to their node alone.
TableName name_of(const NodeInfo& node) {
  TableName found{node.string_attr("container"), node.string_attr("shared_name")};
  if (found.container.empty()) found.container = "localhost";
  if (found.name.empty()) {
    found.name = (node.bool_attr("use_node_name_sharing") ? "" : "_private_") + node.name();
  }
  return found;
}

void check_dtype(const NodeInfo& node, DType dtype) {
  if (dtype == DType::kString || dtype_size(dtype) > 0) return;
  throw Error(Code::kUnimplemented,
              "'" + node.name() + "': there are no tables of " + to_string(dtype));
}

Kernel table_kernel(const NodeInfo& node, bool is_mutable) {
  const DType key = node.type_attr("key_dtype"), value = node.type_attr("value_dtype");
  check_dtype(node, key);
  check_dtype(node, value);
  return Kernel([name = name_of(node), key, value, is_mutable](KernelContext& c) {
    const auto table = c.services().session->find_or_make<LookupTable>(
        name.container, name.name,
        [&] { return std::make_shared<LookupTable>(name.name, key, value, is_mutable); });
    check_table_types(*table, key, value);
    if (c.node().outputs().at(0).dtype == DType::kResource) {
      c.set_output(0, Tensor::of_objects(DType::kResource, Shape(), {table}));
    } else {
      set_string_handle(c, Tensor::of<std::string>(Shape{2}, {name.container, name.name}));
    }
  });
}

}  // namespace

void table_reference_shape(ShapeContext& c) {
  c.set_output(0, Shape{2});
}

void table_handle_shape(ShapeContext& c) {
  c.set_output(0, Shape());
}

void mutable_table_handle_shape(ShapeContext& c) {
  c.set_output(0, Shape());
  c.set_output_handle(0, {c.node().type_attr("value_dtype"), Shape()});
}

Kernel hash_table_kernel(const NodeInfo& node) {
  return table_kernel(node, false);
}

Kernel mutable_hash_table_kernel(const NodeInfo& node) {
  return table_kernel(node, true);
}

}  // namespace icecore::inline v0
