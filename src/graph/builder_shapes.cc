// The shapes of a new node's outputs.
#include <icecore/error.h>

#include <algorithm>
#include <set>
#include <string>

#include "graph/builder_data.h"
#include "graph/constant_folding.h"

namespace icecore::inline v0 {
namespace {

// What the builder makes itself has shapes also where the set of ops knows none.
void basic_shape(ShapeContext& c) {
  const std::string& op = c.node().op();
  if (op == "Const") c.set_output(0, c.node().tensor_attr("value").shape());
  if (op == "Placeholder" || op == "VariableV2" || op == "Variable") {
    c.set_output(0, c.node().shape_attr("shape"));
  }
  if (op == "Identity") c.set_output(0, c.input(0));
  if (op == "VarHandleOp") {
    c.set_output(0, Shape());
    c.set_output_handle(0, {c.node().type_attr("dtype"), c.node().shape_attr("shape")});
  }
}

std::string value_text(const Tensor& value) {
  constexpr std::int64_t kMost = 10;
  const auto numbers = [&](auto items) {
    std::string text;
    for (std::int64_t i = 0; i < std::min(value.num_elements(), kMost); ++i) {
      if (i > 0) text += " ";
      text += std::to_string(items[static_cast<std::size_t>(i)]);
    }
    if (value.num_elements() > kMost) text += "...";
    return text;
  };
  if (value.dtype() == DType::kInt32) return numbers(value.values<std::int32_t>());
  if (value.dtype() == DType::kInt64) return numbers(value.values<std::int64_t>());
  return "...";
}

// What a shape given by so many numbers is while they aren't known.
Shape shape_of_vector(std::int64_t count) {
  constexpr std::int64_t kMost = 254;
  if (count < 0 || count > kMost) return Shape::unknown_rank();
  return Shape(std::vector<std::int64_t>(static_cast<std::size_t>(count), -1));
}

// What refuses a node's inputs says which values of them it knew. TensorFlow calls a shape function
// first without any, then again with those that it asked for, until it asks for no more: the first
// call that fails is the one that is told about, so that tensors of two ranks to be joined are of
// two ranks whatever the axis.
[[noreturn]] void refuse_shapes(const BuilderNode& node, ShapeFunction shape,
                                const std::vector<Shape>& inputs,
                                const std::vector<std::optional<HandleInfo>>& handles,
                                ConstantFolding& folding, const Error& last) {
  std::set<int> asked, known;
  std::set<int> asked_shapes, known_shapes;
  std::string message = last.message();
  for (;;) {
    ShapeContext context(
        *node.info, inputs, handles,
        [&](int i) -> std::optional<Tensor> {
          asked.insert(i);
          if (!known.contains(i)) return std::nullopt;
          return folding.value(node.inputs.at(static_cast<std::size_t>(i)));
        },
        [&](int i) {
          asked_shapes.insert(i);
          if (!known_shapes.contains(i)) {
            const Shape& vector = inputs.at(static_cast<std::size_t>(i));
            return vector.has_rank() && vector.rank() == 1 ? shape_of_vector(vector.dim(0))
                                                           : Shape::unknown_rank();
          }
          return folding.shape(node.inputs.at(static_cast<std::size_t>(i)));
        });
    try {
      shape(context);
    } catch (const Error& error) {
      if (error.code() != Code::kInvalidArgument) throw;
      message = error.message();
      break;
    }
    // With all that there is it was refused before, so that it always ends above or here.
    if (known == asked && known_shapes == asked_shapes) break;
    known = asked;
    known_shapes = asked_shapes;
  }
  message += " for '" + node.name + "' (op: '" + std::string(node.signature->name) +
             "') with input shapes: ";
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    message += (i > 0 ? ", " : "") + to_string(inputs[i]);
  }
  std::string values, shapes;
  for (const int i : known) {
    const std::optional<Tensor> value = folding.value(node.inputs.at(static_cast<std::size_t>(i)));
    if (!value) continue;
    known_shapes.erase(i);
    values += (values.empty() ? "" : ", ") + ("input[" + std::to_string(i)) + "] = <" +
              value_text(*value) + ">";
  }
  for (const int i : known_shapes) {
    shapes += (shapes.empty() ? "" : ", ") + ("input[" + std::to_string(i)) +
              "] = " + to_string(folding.shape(node.inputs.at(static_cast<std::size_t>(i))));
  }
  if (!values.empty()) message += " and with computed input tensors: " + values;
  if (!shapes.empty()) message += " and with input tensors computed as partial shapes: " + shapes;
  throw Error(Code::kInvalidArgument, message + ".", Misuse::kValue);
}

}  // namespace

void BuilderData::infer_shapes(int id, const std::vector<std::size_t>& unknown) {
  BuilderNode& node = this->node(id);
  const OpImplementation* implementation = ops.find(node.signature->name);
  const ShapeFunction shape = implementation != nullptr && implementation->shape != nullptr
                                  ? implementation->shape
                                  : basic_shape;
  std::vector<Shape> inputs;
  std::vector<std::optional<HandleInfo>> handles;
  inputs.reserve(node.inputs.size());
  handles.reserve(node.inputs.size());
  for (const Endpoint& input : node.inputs) {
    const BuilderNode& from = this->node(input.node);
    const auto index = static_cast<std::size_t>(input.index);
    inputs.push_back(from.shapes.at(index));
    handles.push_back(index < from.handles.size() ? from.handles[index] : std::nullopt);
  }
  for (const std::size_t i : unknown) {
    inputs.at(i) = Shape::unknown_rank();
    handles.at(i).reset();
  }
  ConstantFolding folding(*this, ConstantFolding::kWhole);
  ShapeContext context(
      *node.info, inputs, handles,
      [&](int i) { return folding.value(node.inputs.at(static_cast<std::size_t>(i))); },
      [&](int i) { return folding.shape(node.inputs.at(static_cast<std::size_t>(i))); });
  try {
    shape(context);
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    refuse_shapes(node, shape, inputs, handles, folding, error);
  }
  node.shapes = context.outputs();
  const auto& output_handles = context.output_handles();
  for (std::size_t i = 0; i < output_handles.size(); ++i) {
    if (!output_handles[i]) continue;
    node.handles.resize(output_handles.size());
    node.handles[i] = output_handles[i];
  }
  // Graphs of that age write `shape {}` also for a shape that isn't known (tf-rules 6).
  if (producer < 22 && node.signature->name == "Placeholder" && !node.shapes.empty() &&
      node.shapes[0] == Shape()) {
    node.shapes[0] = Shape::unknown_rank();
  }
}

}  // namespace icecore::inline v0
