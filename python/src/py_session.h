// A Session as Python holds it.
#pragma once

#include <icecore/session.h>

#include <memory>
#include <utility>

#include "host_functions.h"

namespace icecore::python {

struct PySession {
  explicit PySession(Session made) : session(std::move(made)) {}
  Session session;
  std::shared_ptr<Raised> raised = std::make_shared<Raised>();
};

}  // namespace icecore::python
