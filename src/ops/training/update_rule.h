// What the Apply… ops have in common: variables (the one that is trained first, then its slots)
// that a rule changes element by element, by a gradient and some scalars.
#pragma once

#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/op_set.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/thread_pool.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {

// Which inputs of an Apply… op are what, by the names in its signature.
struct UpdateInputs {
  explicit UpdateInputs(const NodeInfo& node);

  std::size_t variables = 0;  // The first ones.
  int gradient = -1;          // "grad" or "delta".
  int indices = -1;           // Of a Sparse… op.
  std::vector<int> scalars;   // All others, in order.
};

// Variables and gradient of one shape, scalars without dimensions; output 0, where there is one, is
// the variable. Of Sparse… ops the gradient has a row for each index.
void update_shape(ShapeContext& c);

// Checks shapes and dtypes of a run and calls `change` with the variables' values, locked, which it
// may write. `rows` is empty unless there are indices, which have been checked; `width` is then the
// number of elements in a row.
void run_update(
    KernelContext& c, const UpdateInputs& inputs,
    const std::function<void(std::span<Tensor* const> variables, std::span<const std::int64_t> rows,
                             std::int64_t width)>& change);

// A scalar as the type that a rule computes with (global_step is an int64).
template <typename T>
T scalar_value(const Tensor& scalar) {
  if constexpr (!std::is_same_v<T, std::int64_t>) {
    if (scalar.dtype() == DType::kInt64) {
      return static_cast<T>(static_cast<float>(scalar.item<std::int64_t>()));
    }
  }
  return scalar.item<T>();
}

// What a scalar must be, where it can't be anything: "lr is not a positive scalar: []".
inline void check_scalar(bool good, std::string_view what) {
  if (!good) throw Error(Code::kInvalidArgument, std::string(what) + ": []");
}
// The same of a rate and its penalties.
template <typename T>
void check_rate(T lr, T l1, T l2) {
  check_scalar(lr > T(0), "lr is not a positive scalar");
  check_scalar(l1 >= T(0), "l1 regularization strength is not a non-negative scalar");
  check_scalar(l2 >= T(0), "l2 regularization strength is not a non-negative scalar");
}

// rule(variable, slots…, gradient) for elements [begin, end) of each.
template <typename Rule, typename T, std::size_t... I>
void apply_rule(const Rule& rule, const std::array<T*, sizeof...(I)>& at, const T* gradient,
                std::int64_t begin, std::int64_t end, std::index_sequence<I...>) {
#pragma GCC ivdep  // Variables under one update are different ones, and nobody shares their memory.
  for (std::int64_t i = begin; i < end; ++i) rule(at[I][i]..., gradient[i]);
}

// Elements that are worth a thread.
constexpr std::int64_t kUpdateGrain = 1 << 14;

// A rule is a template on the type: kVariables, a constructor from (scalars in the signature's
// order, node), and operator()(T& variable, T& slot…, T gradient) const.
template <template <typename> class Rule>
Kernel update_kernel(const NodeInfo& node) {
  return Kernel([inputs = UpdateInputs(node), dtype = node.type_attr("T")](KernelContext& c) {
    run_update(c, inputs,
               [&](std::span<Tensor* const> variables, std::span<const std::int64_t> rows,
                   std::int64_t width) {
                 visit_numbers(FloatTypes(), dtype, [&]<typename T>(std::type_identity<T>) {
                   constexpr std::size_t kCount = Rule<T>::kVariables;
                   constexpr auto kAll = std::make_index_sequence<kCount>();
                   std::vector<T> scalars;
                   for (const int i : inputs.scalars)
                     scalars.push_back(scalar_value<T>(c.input(i)));
                   const Rule<T> rule(scalars, c.node());
                   std::array<T*, kCount> at;
                   for (std::size_t i = 0; i < kCount; ++i)
                     at[i] = variables[i]->mutable_values<T>().data();
                   const T* gradient = c.input(inputs.gradient).template values<T>().data();
                   if (inputs.indices < 0) {
                     c.threads().parallel_for(variables[0]->num_elements(), kUpdateGrain,
                                              [&](std::int64_t begin, std::int64_t end) {
                                                apply_rule(rule, at, gradient, begin, end, kAll);
                                              });
                     return;
                   }
                   // One row after the other: an index may come twice.
                   for (const std::int64_t row : rows) {
                     std::array<T*, kCount> row_at = at;
                     for (T*& pointer : row_at) pointer += row * width;
                     apply_rule(rule, row_at, gradient, 0, width, kAll);
                     gradient += width;
                   }
                 });
               });
  });
}

// The lines of the four (or fewer) ops of a rule.
template <template <typename> class Rule>
constexpr OpImplementation update_op(std::string_view op) {
  return {op, update_shape, update_kernel<Rule>};
}

}  // namespace icecore::inline v0
