// Adding to a variable's value.
#pragma once

#include <icecore/tensor.h>

namespace icecore::inline v0 {

class ThreadPool;

// to += from, or to -= from; the shapes are equal. UNIMPLEMENTED where the dtype has no arithmetic.
void add_into(ThreadPool& threads, Tensor& to, const Tensor& from, bool subtract);

}  // namespace icecore::inline v0
