// How kernels run oneDNN: one engine, as many threads as the Session has, scratch memory that
// counts.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <functional>
#include <unordered_map>

#include <oneapi/dnnl/dnnl.hpp>

namespace icecore::inline v0 {

const dnnl::engine& dnnl_engine();

// Debian's oneDNN spreads its work over OpenMP's threads, whose number is a setting of the thread
// that calls. Primitives divide their work when they are made, so call this before making one, and
// before running one.
void use_dnnl_threads(const KernelContext& context);

// A tensor's bytes as oneDNN's memory; the tensor must outlive it.
dnnl::memory dnnl_memory(const dnnl::memory::desc& desc, const Tensor& tensor);
dnnl::memory dnnl_memory(const dnnl::memory::desc& desc, Tensor& tensor);

// For primitives that are made with their scratch memory outside, so that several threads may run
// the same one: DnnlArguments gets the memory from the Session's allocator.
dnnl::primitive_attr user_scratchpad();

using DnnlArguments = std::unordered_map<int, dnnl::memory>;

// Runs it to its end. INTERNAL with oneDNN's words where it fails.
void run_dnnl(const KernelContext& context, const dnnl::primitive& primitive,
              const dnnl::memory::desc& scratchpad, DnnlArguments arguments);

// The tensor's values in another order; a new tensor of bytes.
Tensor reorder_dnnl(const KernelContext& context, const dnnl::memory::desc& from,
                    const Tensor& tensor, const dnnl::memory::desc& to);
void reorder_dnnl(const KernelContext& context, const dnnl::memory::desc& from,
                  const Tensor& tensor, const dnnl::memory::desc& to, Tensor& result);

// Calls `work`; what oneDNN throws becomes INTERNAL, or RESOURCE_EXHAUSTED where memory ran out.
void guard_dnnl(const std::function<void()>& work);

// A tensor for bytes in a layout of oneDNN's own.
Tensor dnnl_buffer(const KernelContext& context, const dnnl::memory::desc& desc);

}  // namespace icecore::inline v0
