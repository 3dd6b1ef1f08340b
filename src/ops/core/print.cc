#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <atomic>
#include <cstdio>
#include <memory>

#include "ops/core/core_ops.h"
#include "ops/core/print_values.h"

namespace icecore::inline v0 {
namespace {

Kernel print_kernel(const NodeInfo& node) {
  auto printed = std::make_shared<std::atomic<std::int64_t>>(0);
  return Kernel([message = node.string_attr("message"), first = node.int_attr("first_n"),
                 summarize = node.int_attr("summarize"), printed](KernelContext& c) {
    if (first < 0 || printed->fetch_add(1) < first) {
      std::string line = message;
      for (int i = 1; i < c.num_inputs(); ++i) {
        line += "[" + print_values(c.input(i), summarize) + "]";
      }
      std::fprintf(stderr, "%s\n", line.c_str());
    }
    c.set_output(0, c.take_input(0));
  });
}

void print_gradient(GradientContext& c) {
  c.set(0, c.gradient());
}

void print_v2_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
}

// PrintV2 was given the whole text. Files are not for a graph to choose.
Kernel print_v2_kernel(const NodeInfo& node) {
  const std::string where = node.string_attr("output_stream");
  if (where.starts_with("file://")) {
    throw Error(Code::kUnimplemented, "printing to '" + where + "' isn't supported");
  }
  return Kernel([to_stdout = where == "stdout", end = node.string_attr("end")](KernelContext& c) {
    if (c.input(0).num_elements() != 1) {
      throw Error(Code::kInvalidArgument, "Input must be a scalar string");
    }
    const std::string line = c.input(0).strings()[0] + end;
    std::fwrite(line.data(), 1, line.size(), to_stdout ? stdout : stderr);
  });
}

}  // namespace

const OpImplementation print_op = {"Print", unchanged_shape, print_kernel, print_gradient};
const OpImplementation print_v2_op = {"PrintV2", print_v2_shape, print_v2_kernel,
                                      not_differentiable};

}  // namespace icecore::inline v0
