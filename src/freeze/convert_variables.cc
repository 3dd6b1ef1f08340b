#include "freeze/convert_variables.h"

#include <icecore/error.h>
#include <icecore/op_set.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "freeze/resource_chains.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"
#include "opdef/op_signature.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

Piece tensor_value(const Piece& tensor) {
  Piece value;
  value.message(pb::AttrValue::tensor, tensor);
  return value;
}

Span const_node(std::string_view name, DType dtype, const Piece& tensor) {
  return NodeWriter(name, "Const")
      .attr("dtype", type_value(dtype))
      .attr("value", tensor_value(tensor))
      .finish();
}

void copy_class(const NodeDef& from, NodeWriter& to) {
  if (const Span* groups = from.attr("_class")) to.attr("_class", *groups);
}

class Converter {
 public:
  Converter(const Graph& graph, const std::unordered_map<std::string, Piece>& values,
            bool clear_devices)
      : graph_(graph),
        values_(values),
        chains_(resource_chains(graph)),
        clear_devices_(clear_devices) {}

  Graph run() {
    for (const Span& encoded : graph_.data().nodes) add(encoded, decode_node(encoded));
    return make_graph(std::move(nodes_), graph_.data().others);
  }

 private:
  void add(const Span& encoded, const NodeDef& node) {
    const auto value = values_.find(std::string(node.name));
    if (value != values_.end()) {
      const DType dtype = attr_type(node.attr("dtype")).value_or(DType::kInvalid);
      nodes_.push_back(const_node(node.name, dtype, value->second));
    } else if (const auto chain = chains_.find(node.name); chain != chains_.end()) {
      check_inputs(node);
      nodes_.push_back(chain_node(node, chain->second));
    } else if (node.op == "ReadVariableOp") {
      nodes_.push_back(read_node(node));
    } else if (node.op == "ResourceGather") {
      add_gather(node);
    } else {
      check_inputs(node);
      nodes_.push_back(clear_devices_ ? without_device(encoded) : encoded);
    }
  }

  // What passed a handle on now passes the value on.
  Span chain_node(const NodeDef& node, DType dtype) const {
    NodeWriter writer(node.name, node.op);
    for (const std::string_view input : node.inputs) writer.input(input);
    for (const auto& [key, value] : node.attrs) {
      if (key != "_output_shapes" && key != "T") writer.attr(key, value);
    }
    writer.attr("T", type_value(dtype));
    return writer.finish();
  }

  Span read_node(const NodeDef& node) const {
    if (node.inputs.empty()) {
      throw Error(Code::kDataLoss,
                  "'" + std::string(node.name) + "' (ReadVariableOp) has no input");
    }
    NodeWriter writer(node.name, "Identity");
    writer.input(node.inputs[0]);
    copy_class(node, writer);
    if (const Span* dtype = node.attr("dtype")) writer.attr("T", *dtype);
    return writer.finish();
  }

  void add_gather(const NodeDef& node) {
    const Span* indices_type = node.attr("Tindices");
    const DType axis_dtype = attr_type(indices_type).value_or(DType::kInvalid);
    if (node.inputs.size() < 2 || dtype_size(axis_dtype) == 0) {
      throw Error(Code::kDataLoss,
                  "'" + std::string(node.name) +
                      "' (ResourceGather) lacks an input or its attribute Tindices");
    }
    if (attr_int(node.attr("batch_dims")).value_or(0) != 0) {
      throw Error(Code::kUnimplemented, "'" + std::string(node.name) +
                                            "' (ResourceGather) has batch_dims, which can't be "
                                            "frozen (nor does TensorFlow)");
    }
    const std::string axis = std::string(node.name) + "/axis";
    Tensor zero(axis_dtype, Shape());
    std::ranges::fill(zero.mutable_bytes(), std::byte{0});
    nodes_.push_back(const_node(axis, axis_dtype, encode_tensor(zero)));

    NodeWriter writer(node.name, "GatherV2");
    writer.input(node.inputs[0]).input(node.inputs[1]).input(axis);
    copy_class(node, writer);
    writer.attr("Taxis", *indices_type).attr("Tindices", *indices_type);
    if (const Span* dtype = node.attr("dtype")) writer.attr("Tparams", *dtype);
    nodes_.push_back(writer.finish());
  }

  // Refuses a node that would get a constant where it needs the variable.
  void check_inputs(const NodeDef& node) const {
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const InputName input = parse_input(node.inputs[i]);
      if (input.control) continue;
      const std::optional<std::size_t> found = graph_.find(input.node);
      if (!found || !needs_variable(node, i, decode_node(graph_.data().nodes[*found]))) continue;
      throw Error(Code::kUnimplemented,
                  "'" + std::string(node.name) + "' (" + std::string(node.op) +
                      ") needs the variable '" + std::string(input.node) +
                      "' itself; freezing such a graph isn't supported yet (choose outputs that "
                      "don't depend on '" +
                      std::string(node.name) + "')");
    }
  }

  bool needs_variable(const NodeDef& node, std::size_t index, const NodeDef& source) const {
    if (chains_.contains(node.name)) return false;
    if (chains_.contains(source.name)) return true;
    if (!values_.contains(std::string(source.name))) return false;
    if (source.op == "VarHandleOp") return true;
    const std::shared_ptr<const OpSignature> op = ops_.signature(node.op);
    return op != nullptr && op->takes_reference(index);
  }

  const Graph& graph_;
  const std::unordered_map<std::string, Piece>& values_;
  std::unordered_map<std::string_view, DType> chains_;
  bool clear_devices_;
  const OpSet ops_;
  std::vector<Span> nodes_;
};

}  // namespace

Graph convert_variables(const Graph& graph, const std::unordered_map<std::string, Piece>& values,
                        bool clear_devices) {
  return Converter(graph, values, clear_devices).run();
}

}  // namespace icecore::inline v0
