// Variables as nodes name them: where a Session keeps their cells, and the handles on resource
// variables.
#pragma once

#include <icecore/kernel.h>
#include <icecore/node_info.h>
#include <icecore/tensor.h>

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "ops/run_services.h"
#include "ops/variable_cell.h"

namespace icecore::inline v0 {

// A variable that VariableV2 (or Variable) refers to, and one that VarHandleOp does: two kinds of
// resources, which may share a name.
class ReferenceVariable final : public VariableCell {
 public:
  using VariableCell::VariableCell;
};
class ResourceVariable final : public VariableCell {
 public:
  using VariableCell::VariableCell;
};

// The cell of a VariableV2, Variable or VarHandleOp node in a Session's store, made there where it
// isn't yet. Nodes of one container and shared_name (of references also by the node's name) have
// one cell together; INVALID_ARGUMENT where they are of different dtypes.
ICECORE_API std::shared_ptr<VariableCell> find_or_make_variable(const NodeInfo& node,
                                                                ResourceStore& session);
// The same, null where it isn't there yet.
ICECORE_API std::shared_ptr<VariableCell> find_variable(const NodeInfo& node,
                                                        const ResourceStore& session);

// What the element of a resource tensor refers to that VarHandleOp gave.
class ICECORE_API VariableHandle final : public TensorObject {
 public:
  VariableHandle(std::string container, std::string name, std::shared_ptr<VariableCell> cell)
      : container_(std::move(container)), name_(std::move(name)), cell_(std::move(cell)) {}

  const std::string& container() const { return container_; }
  const std::string& name() const { return name_; }
  const std::shared_ptr<VariableCell>& cell() const { return cell_; }

 private:
  std::string container_, name_;
  std::shared_ptr<VariableCell> cell_;
};

// Of input i, a handle. INVALID_ARGUMENT where it is a handle on something else.
const VariableHandle& variable_handle(const KernelContext& context, int i);

// That the handle's container holds something, which the message about a missing variable tells.
void mark_container(ResourceStore& session, const std::string& container);
// TensorFlow's words on a variable without a value: "Resource localhost/v/… does not exist."
std::string missing_resource(const KernelContext& context, const VariableHandle& handle);
[[noreturn]] void refuse_missing_resource(const KernelContext& context,
                                          const VariableHandle& handle);

// The variable that input i is, a reference or a handle. NOT_FOUND of a handle, FAILED_PRECONDITION
// of a reference, where it has no value.
std::shared_ptr<VariableCell> variable_input(const KernelContext& context, int i);
// Sets output 0 to input 0 where that is a reference; ops on resources have no output.
void give_reference_on(KernelContext& context);

// Calls `change` with the values of several variables at once, all locked. INVALID_ARGUMENT where
// one is there twice.
void update_together(std::span<const std::shared_ptr<VariableCell>> cells,
                     const std::function<void(std::span<Tensor* const> values)>& change);

}  // namespace icecore::inline v0
