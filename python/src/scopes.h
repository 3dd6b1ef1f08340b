// Guards of a graph's scopes as context managers.
#pragma once

#include <icecore/graph_builder.h>
#include <nanobind/nanobind.h>

#include <memory>
#include <utility>

namespace icecore::python {

// Entered when it is made; `with` gives the scope's name, and leaves it.
class Scope {
 public:
  explicit Scope(ScopeGuard guard) : guard_(std::move(guard)) {}
  const std::string& name() const { return guard_.name(); }
  void leave() { guard_.leave(); }

 private:
  ScopeGuard guard_;
};

}  // namespace icecore::python
