#include "ops/dnnl/dnnl_runtime.h"

#include <icecore/error.h>

#include <string>

#include "base/thread_pool.h"

// OpenMP's header isn't there for every compiler; this is the one function of it that is needed.
extern "C" void omp_set_num_threads(int);

namespace icecore::inline v0 {
namespace {

dnnl::stream& stream() {
  // A stream of the CPU's engine runs in the thread that calls.
  thread_local dnnl::stream stream(dnnl_engine());
  return stream;
}

}  // namespace

const dnnl::engine& dnnl_engine() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

void use_dnnl_threads(const KernelContext& context) {
  omp_set_num_threads(context.threads().size());
}

dnnl::memory dnnl_memory(const dnnl::memory::desc& desc, const Tensor& tensor) {
  // oneDNN knows no read-only memory; what it is given as a source it doesn't write.
  return {desc, dnnl_engine(), const_cast<std::byte*>(tensor.bytes().data())};
}

dnnl::memory dnnl_memory(const dnnl::memory::desc& desc, Tensor& tensor) {
  return {desc, dnnl_engine(), tensor.mutable_bytes().data()};
}

dnnl::primitive_attr user_scratchpad() {
  dnnl::primitive_attr attr;
  attr.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attr;
}

void guard_dnnl(const std::function<void()>& work) {
  try {
    work();
  } catch (const dnnl::error& error) {
    const Code code =
        error.status == dnnl_out_of_memory ? Code::kResourceExhausted : Code::kInternal;
    throw Error(code, std::string("oneDNN: ") + error.what());
  }
}

Tensor dnnl_buffer(const KernelContext& context, const dnnl::memory::desc& desc) {
  return context.allocate(DType::kUInt8, Shape{static_cast<std::int64_t>(desc.get_size())});
}

void run_dnnl(const KernelContext& context, const dnnl::primitive& primitive,
              const dnnl::memory::desc& scratchpad, DnnlArguments arguments) {
  Tensor scratch = dnnl_buffer(context, scratchpad);
  guard_dnnl([&] {
    arguments.emplace(DNNL_ARG_SCRATCHPAD, dnnl_memory(scratchpad, scratch));
    use_dnnl_threads(context);
    primitive.execute(stream(), arguments);
    stream().wait();
  });
}

Tensor reorder_dnnl(const KernelContext& context, const dnnl::memory::desc& from,
                    const Tensor& tensor, const dnnl::memory::desc& to) {
  Tensor result = dnnl_buffer(context, to);
  reorder_dnnl(context, from, tensor, to, result);
  return result;
}

void reorder_dnnl(const KernelContext& context, const dnnl::memory::desc& from,
                  const Tensor& tensor, const dnnl::memory::desc& to, Tensor& result) {
  guard_dnnl([&] {
    use_dnnl_threads(context);
    const dnnl::reorder::primitive_desc description(dnnl_engine(), from, dnnl_engine(), to,
                                                    user_scratchpad());
    const dnnl::memory::desc scratchpad = description.scratchpad_desc();
    run_dnnl(context, dnnl::reorder(description), scratchpad,
             {{DNNL_ARG_FROM, dnnl_memory(from, tensor)}, {DNNL_ARG_TO, dnnl_memory(to, result)}});
  });
}

}  // namespace icecore::inline v0
