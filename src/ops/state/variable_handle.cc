#include "ops/state/variable_handle.h"

#include <icecore/error.h>

#include <algorithm>
#include <vector>

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kDefaultContainer = "localhost";

// Kept under the container's name alone.
class ContainerMark final : public Resource {};

struct VariableName {
  std::string container, name;
};

VariableName name_of(const NodeInfo& node) {
  VariableName found{node.string_attr("container"), node.string_attr("shared_name")};
  if (found.container.empty()) found.container = kDefaultContainer;
  if (found.name.empty()) found.name = node.name();
  return found;
}

bool is_handle(const NodeInfo& node) {
  return node.op() == "VarHandleOp";
}

void check_dtype(const VariableCell& cell, const NodeInfo& node) {
  if (cell.dtype() == node.type_attr("dtype")) return;
  throw Error(Code::kInvalidArgument, "the variable '" + cell.name() + "' is of " +
                                          to_string(cell.dtype()) + ", while the node '" +
                                          node.name() + "' says " +
                                          to_string(node.type_attr("dtype")));
}

template <typename Kind>
std::shared_ptr<VariableCell> find_or_make(const NodeInfo& node, ResourceStore& session) {
  const VariableName name = name_of(node);
  return session.find_or_make<Kind>(name.container, name.name, [&] {
    // Of a Variable a shape without dimensions says nothing, as in graphs older than VariableV2.
    Shape shape = node.shape_attr("shape");
    if (node.op() == "Variable" && shape.has_rank() && shape.rank() == 0) {
      shape = Shape::unknown_rank();
    }
    return std::make_shared<Kind>(name.name, node.type_attr("dtype"), std::move(shape));
  });
}

}  // namespace

std::shared_ptr<VariableCell> find_or_make_variable(const NodeInfo& node, ResourceStore& session) {
  if (is_handle(node)) return find_or_make<ResourceVariable>(node, session);
  std::shared_ptr<VariableCell> cell = find_or_make<ReferenceVariable>(node, session);
  check_dtype(*cell, node);
  mark_container(session, name_of(node).container);
  return cell;
}

std::shared_ptr<VariableCell> find_variable(const NodeInfo& node, const ResourceStore& session) {
  const VariableName name = name_of(node);
  if (is_handle(node)) return session.find<ResourceVariable>(name.container, name.name);
  return session.find<ReferenceVariable>(name.container, name.name);
}

const VariableHandle& variable_handle(const KernelContext& context, int i) {
  const auto objects = context.input(i).objects();
  const auto* handle =
      objects.size() == 1 ? dynamic_cast<const VariableHandle*>(objects[0].get()) : nullptr;
  if (handle == nullptr) {
    throw Error(Code::kInvalidArgument, "input " + std::to_string(i) + " of '" +
                                            context.node().name() + "' is no handle of a variable");
  }
  return *handle;
}

void mark_container(ResourceStore& session, const std::string& container) {
  session.find_or_make<ContainerMark>(container, "",
                                      [] { return std::make_shared<ContainerMark>(); });
}

std::string missing_resource(const KernelContext& context, const VariableHandle& handle) {
  const std::string place = handle.container() + "/" + handle.name();
  if (context.services().session->find<ContainerMark>(handle.container(), "") == nullptr) {
    return "Container " + handle.container() +
           " does not exist. (Could not find resource: " + place + ")";
  }
  return "Resource " + place + "/N10tensorflow3VarE does not exist.";
}

void refuse_missing_resource(const KernelContext& context, const VariableHandle& handle) {
  throw Error(Code::kNotFound, missing_resource(context, handle) + " The variable '" +
                                   handle.name() + "' has no value yet: run its initializer first");
}

std::shared_ptr<VariableCell> variable_input(const KernelContext& context, int i) {
  if (context.node().inputs().at(static_cast<std::size_t>(i)).dtype == DType::kResource) {
    const VariableHandle& handle = variable_handle(context, i);
    if (!handle.cell()->is_initialized()) refuse_missing_resource(context, handle);
    return handle.cell();
  }
  const std::shared_ptr<VariableCell>& cell = context.input_reference(i);
  if (!cell->is_initialized()) cell->read();  // Says so.
  return cell;
}

void give_reference_on(KernelContext& context) {
  if (context.node().outputs().empty()) return;
  context.set_output_reference(0, context.input_reference(0));
}

void update_together(std::span<const std::shared_ptr<VariableCell>> cells,
                     const std::function<void(std::span<Tensor* const>)>& change) {
  // Locked in the order of their addresses, so that two such updates never wait for each other.
  std::vector<std::size_t> order(cells.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return cells[i].get(); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (cells[order[i]] == cells[order[i - 1]]) {
      throw Error(Code::kInvalidArgument,
                  "the variable '" + cells[order[i]]->name() + "' is given twice to one update");
    }
  }
  std::vector<Tensor*> values(cells.size());
  const std::function<void(std::size_t)> lock = [&](std::size_t next) {
    if (next == order.size()) {
      change(values);
      return;
    }
    cells[order[next]]->update([&](Tensor& value) {
      values[order[next]] = &value;
      lock(next + 1);
    });
  };
  lock(0);
}

}  // namespace icecore::inline v0
