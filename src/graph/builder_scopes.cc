#include <algorithm>
#include <ranges>
#include <set>

#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {

ScopeGuard& ScopeGuard::operator=(ScopeGuard&& other) noexcept {
  if (this == &other) return *this;
  leave();
  name_ = std::move(other.name_);
  leave_ = std::exchange(other.leave_, nullptr);
  return *this;
}

void ScopeGuard::leave() {
  if (leave_) std::exchange(leave_, nullptr)();
}

ScopeGuard GraphBuilder::device(std::optional<std::string_view> device) {
  std::optional<DeviceName> name;
  if (device) name = DeviceName::parse(*device);
  data_->devices.push_back(std::move(name));
  return ScopeGuard({}, [data = data_] { data->devices.pop_back(); });
}

ScopeGuard GraphBuilder::control_dependencies(const std::vector<Operation>& operations) {
  std::unordered_set<int> current;
  for (const auto& scope : data_->control) {
    current.insert(scope->inputs.begin(), scope->inputs.end());
  }
  auto scope = std::make_shared<ControlScope>();
  for (const Operation& operation : operations) {
    const int id = node_of(operation);
    if (current.insert(id).second) scope->inputs.push_back(id);
  }
  data_->control.push_back(std::move(scope));
  return ScopeGuard({}, [data = data_] { data->control.pop_back(); });
}

ScopeGuard GraphBuilder::no_control_dependencies() {
  auto stack = std::exchange(data_->control, {});
  auto context = std::exchange(data_->context, nullptr);
  return ScopeGuard({}, [data = data_, stack = std::move(stack), context = std::move(context)] {
    data->control = stack;
    data->context = context;
  });
}

ScopeGuard GraphBuilder::colocate_with(const Operation& operation, bool ignore_existing) {
  const int id = node_of(operation);
  auto devices = std::exchange(data_->devices, {});
  auto colocation = data_->colocation;
  if (ignore_existing) data_->colocation.clear();
  data_->colocation.push_back(id);
  return ScopeGuard(
      {}, [data = data_, devices = std::move(devices), colocation = std::move(colocation)] {
        data->devices = devices;
        data->colocation = colocation;
      });
}

ScopeGuard without_colocation(GraphBuilder& graph) {
  BuilderData& data = graph.data();
  auto devices = std::exchange(data.devices, {});
  auto colocation = std::exchange(data.colocation, {});
  return ScopeGuard({}, [held = data.shared_from_this(), devices = std::move(devices),
                         colocation = std::move(colocation)] {
    held->devices = devices;
    held->colocation = colocation;
  });
}

ScopeGuard GraphBuilder::attr_scope(AttrList attrs) {
  AttrList before = data_->attr_scope;
  for (auto& [key, value] : attrs) {
    const auto found =
        std::ranges::find(data_->attr_scope, key, &std::pair<std::string, AttrValue>::first);
    if (found != data_->attr_scope.end()) {
      found->second = std::move(value);
    } else {
      data_->attr_scope.emplace_back(std::move(key), std::move(value));
    }
  }
  return ScopeGuard({}, [data = data_, before = std::move(before)] { data->attr_scope = before; });
}

ScopeGuard GraphBuilder::init_scope() {
  return no_control_dependencies();
}

std::shared_ptr<ControlFlowContext> GraphBuilder::control_flow_context() const {
  return data_->context;
}

void GraphBuilder::set_control_flow_context(std::shared_ptr<ControlFlowContext> context) {
  data_->context = std::move(context);
}

std::vector<int> BuilderData::control_inputs_for(const std::vector<Endpoint>& inputs) const {
  std::vector<int> result;
  const auto is_input = [&](int id) {
    return std::ranges::any_of(inputs, [&](const Endpoint& input) { return input.node == id; });
  };
  for (const auto& controller : control) {
    // An input that was made in the scope depends on what the scope asks for.
    const bool dominated = std::ranges::any_of(
        inputs, [&](const Endpoint& input) { return controller->seen.contains(input.node); });
    if (dominated) continue;
    for (const int id : controller->inputs) {
      if (!is_input(id)) result.push_back(id);
    }
  }
  return result;
}

void BuilderData::record_seen(int id) {
  for (const auto& controller : control) controller->seen.insert(id);
}

void BuilderData::apply_scopes(NewNode& made, std::vector<std::string>& storage) {
  const auto has = [&](std::string_view key) {
    return std::ranges::any_of(made.attrs, [&](const auto& attr) { return attr.first == key; });
  };
  storage.reserve(storage.size() + attr_scope.size());
  for (const auto& [key, value] : attr_scope) {
    if (has(key)) continue;
    made.attrs.emplace_back(storage.emplace_back(key), encode_attr(value).finish());
  }
  for (auto name = devices.rbegin(); name != devices.rend() && *name; ++name) {
    if (!(*name)->text().empty()) {
      made.device = DeviceName::parse(made.device).merged_into(**name).text();
    }
  }
  if (colocation.empty()) return;
  std::set<std::string> groups;
  // The device of the outermost counts.
  for (const int id : std::views::reverse(colocation)) {
    const Operation operation = GraphBuilder(shared_from_this()).operation(id);
    for (const std::string& group : operation.colocation_groups()) {
      groups.insert("loc:@" + group);
    }
    if (!node(id).device.empty()) made.device = node(id).device;
  }
  std::erase_if(made.attrs, [](const auto& attr) { return attr.first == "_class"; });
  made.attrs.emplace_back(
      "_class", encode_attr(std::vector<std::string>(groups.begin(), groups.end())).finish());
}

}  // namespace icecore::inline v0
