// Runs one kernel without a Session.
#pragma once

#include <icecore/kernel.h>
#include <icecore/op_set.h>

#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/run_services.h"
#include "proto/blob.h"

namespace icecore::inline v0 {

// What a Session would lend, with two threads.
class TestServices {
 public:
  TestServices() {
    services_.threads = &threads_;
    services_.session = &session_;
    services_.step = &step_;
    services_.cancellation = &cancellation_;
  }
  RunServices& get() { return services_; }

 private:
  ThreadPool threads_{2};
  ResourceStore session_, step_;
  Cancellation cancellation_;
  RunServices services_;
};

// A node's kernel, which may keep things from run to run. UNIMPLEMENTED where the op has none (or
// none for the node's dtype).
class OneKernel {
 public:
  explicit OneKernel(const Span& node);
  std::vector<Tensor> run(const std::vector<Tensor>& inputs, RunServices& services);

 private:
  NodeInfo info_;
  Kernel kernel_;
};

// The node's outputs for these inputs, by a kernel of its own. UNIMPLEMENTED where the op has no
// kernel (or none for the node's dtype).
std::vector<Tensor> run_node(const Span& node, const std::vector<Tensor>& inputs,
                             RunServices& services);

// The same of a node made here: `node` is a NodeDef in text format, its inputs left out.
std::vector<Tensor> run_op(const std::string& node, const std::vector<Tensor>& inputs);

}  // namespace icecore::inline v0
