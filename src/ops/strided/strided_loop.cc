#include "ops/strided/strided_loop.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

// Additions that are worth a thread's while.
constexpr std::int64_t kGrain = 1 << 15;

}  // namespace

std::vector<std::ptrdiff_t> spread_strides(const Shape& shape, int rank, std::size_t element_size) {
  std::vector<std::ptrdiff_t> strides(static_cast<std::size_t>(rank), 0);
  auto step = static_cast<std::ptrdiff_t>(element_size);
  for (int i = shape.rank() - 1, to = rank - 1; i >= 0; --i, --to) {
    if (shape.dim(i) == 1) continue;
    strides.at(static_cast<std::size_t>(to)) = step;
    step *= shape.dim(i);
  }
  return strides;
}

StridedLoop::StridedLoop(std::span<const std::int64_t> dims,
                         std::vector<std::ptrdiff_t> out_strides,
                         std::vector<std::vector<std::ptrdiff_t>> in_strides) {
  std::vector<std::vector<std::ptrdiff_t>> strides = std::move(in_strides);
  strides.insert(strides.begin(), std::move(out_strides));
  if (strides.size() > kMaxRowInputs + 1 ||
      std::ranges::any_of(strides, [&](const auto& s) { return s.size() != dims.size(); })) {
    throw Error(Code::kInternal, "a loop over memory with strides that don't fit its dimensions");
  }
  operands_ = strides.size();
  // From the last dimension outwards; each is joined to the one inside it where every operand goes
  // on in memory where that one ended.
  std::vector<std::size_t> kept;
  for (std::size_t i = dims.size(); i-- > 0;) {
    count_ *= dims[i];
    if (dims[i] == 1) continue;
    const bool joins = !kept.empty() && std::ranges::all_of(strides, [&](const auto& s) {
      return s[i] == s[kept.back()] * dims_.back();
    });
    if (joins) {
      dims_.back() *= dims[i];
      continue;
    }
    dims_.push_back(dims[i]);
    kept.push_back(i);
  }
  std::ranges::reverse(dims_);
  std::ranges::reverse(kept);
  for (const std::size_t i : kept) {
    for (const std::vector<std::ptrdiff_t>& s : strides) strides_.push_back(s[i]);
  }
}

StridedLoop::StridedLoop(std::int64_t count, std::span<const std::ptrdiff_t> strides)
    : operands_(strides.size()), count_(count) {
  if (count == 1) return;
  dims_.push_back(count);
  strides_.assign(strides.begin(), strides.end());
}

StridedLoop StridedLoop::spreading(const Shape& output, std::size_t element_size,
                                   std::span<const SpreadOperand> inputs) {
  const int rank = output.rank();
  std::vector<std::vector<std::ptrdiff_t>> in_strides;
  for (const SpreadOperand& input : inputs) {
    in_strides.push_back(spread_strides(input.shape, rank, input.element_size));
  }
  return {output.dims(), spread_strides(output, rank, element_size), std::move(in_strides)};
}

void StridedLoop::walk(std::int64_t begin, std::int64_t end, std::byte* out,
                       std::span<const std::byte* const> in, RowFunction row,
                       const void* parameter) const {
  if (begin >= end) return;
  const std::size_t inputs = operands_ - 1;
  Row current = {};
  current.parameter = parameter;
  if (dims_.empty()) {
    current.out = out;
    std::copy_n(in.begin(), inputs, current.in);
    current.count = 1;
    row(current);
    return;
  }
  const std::size_t last = dims_.size() - 1;
  const auto stride = [&](std::size_t operand, std::size_t dimension) {
    return strides_[dimension * operands_ + operand];
  };
  current.out_stride = stride(0, last);
  for (std::size_t k = 0; k < inputs; ++k) current.in_stride[k] = stride(k + 1, last);
  if (last == 0) {  // One row, or a part of it.
    current.out = out + begin * current.out_stride;
    for (std::size_t k = 0; k < inputs; ++k) current.in[k] = in[k] + begin * current.in_stride[k];
    current.count = end - begin;
    row(current);
    return;
  }

  // Where `begin` is in each dimension.
  std::vector<std::int64_t> index(dims_.size());
  std::int64_t rest = begin;
  for (std::size_t d = dims_.size(); d-- > 0;) {
    index[d] = rest % dims_[d];
    rest /= dims_[d];
  }
  const auto offset = [&](std::size_t operand) {
    std::ptrdiff_t sum = 0;
    for (std::size_t d = 0; d < dims_.size(); ++d) sum += index[d] * stride(operand, d);
    return sum;
  };
  current.out = out + offset(0);
  for (std::size_t k = 0; k < inputs; ++k) current.in[k] = in[k] + offset(k + 1);

  for (std::int64_t done = begin; done < end;) {
    current.count = std::min(dims_[last] - index[last], end - done);
    row(current);
    done += current.count;
    if (done >= end) return;
    // To the beginning of the next row: dimensions that are through start again.
    const auto move = [&](std::size_t dimension, std::int64_t by) {
      current.out += by * stride(0, dimension);
      for (std::size_t k = 0; k < inputs; ++k) {
        current.in[k] += by * stride(k + 1, dimension);
      }
    };
    move(last, -index[last]);
    index[last] = 0;
    for (std::size_t d = last; d-- > 0;) {
      move(d, 1);
      if (++index[d] < dims_[d]) break;
      move(d, -dims_[d]);
      index[d] = 0;
    }
  }
}

void StridedLoop::run(ThreadPool& threads, int cost, std::byte* out,
                      std::span<const std::byte* const> in, RowFunction row,
                      const void* parameter) const {
  threads.parallel_for(
      count_, kGrain / std::max(cost, 1),
      [&](std::int64_t begin, std::int64_t end) { walk(begin, end, out, in, row, parameter); });
}

}  // namespace icecore::inline v0
