#include "ops/reduction/reduce_plan.h"

#include <string>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

std::vector<bool> reduced_dims(int rank, const std::vector<std::int64_t>& axes,
                               std::string_view open, std::string_view end) {
  std::vector<bool> reduced(static_cast<std::size_t>(rank));
  for (const std::int64_t axis : axes) {
    const int dim =
        resolve_axis(axis, rank,
                     "Invalid reduction dimension " + std::string(open) + std::to_string(axis) +
                         " for input with " + std::to_string(rank) + std::string(end));
    reduced[static_cast<std::size_t>(dim)] = true;
  }
  return reduced;
}

std::vector<std::int64_t> dims_left(const Shape& input, const std::vector<bool>& reduced,
                                    bool keep_dims) {
  std::vector<std::int64_t> dims;
  for (int i = 0; i < input.rank(); ++i) {
    if (!reduced[static_cast<std::size_t>(i)]) {
      dims.push_back(input.dim(i));
    } else if (keep_dims) {
      dims.push_back(1);
    }
  }
  return dims;
}

}  // namespace

ReducePlan plan_reduction(const Shape& input, const Tensor& axes, bool keep_dims) {
  const std::vector<bool> reduced = reduced_dims(input.rank(), ints_of(axes), "(", " dimension(s)");
  ReducePlan plan;
  plan.output = Shape(dims_left(input, reduced, keep_dims));

  // Runs of dimensions, outermost first; a dimension of one element belongs to any run.
  struct Run {
    std::int64_t size;
    bool reduced;
  };
  std::vector<Run> runs;
  for (int i = 0; i < input.rank(); ++i) {
    const bool gone = reduced[static_cast<std::size_t>(i)];
    if (gone) plan.reduced = multiply_sizes(plan.reduced, input.dim(i));
    if (input.dim(i) == 1) continue;
    if (runs.empty() || runs.back().reduced != gone) {
      runs.push_back({input.dim(i), gone});
    } else {
      runs.back().size = multiply_sizes(runs.back().size, input.dim(i));
    }
  }
  // Each reduced run is a pass of its own, from the inside out: what lies inside is left then.
  std::int64_t inner = 1;
  for (std::size_t i = runs.size(); i-- > 0;) {
    if (!runs[i].reduced) {
      inner = multiply_sizes(inner, runs[i].size);
      continue;
    }
    ReduceStep step{1, runs[i].size, inner};
    for (std::size_t k = 0; k < i; ++k) step.outer = multiply_sizes(step.outer, runs[k].size);
    plan.steps.push_back(step);
  }
  return plan;
}

void reduction_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  if (c.input(1).has_rank() && c.input(1).rank() > 1) {
    refuse_shape("Shape must be at most rank 1 but is rank " + std::to_string(c.input(1).rank()));
  }
  const bool keep_dims = c.node().bool_attr("keep_dims");
  if (!input.has_rank()) return;
  const auto axes = c.constant_ints(1);
  if (!axes) {
    if (keep_dims) c.set_output(0, unknown_dims(input.rank()));
    return;
  }
  const std::vector<bool> reduced =
      while_building([&] { return reduced_dims(input.rank(), *axes, "", " dimensions."); });
  c.set_output(0, Shape(dims_left(input, reduced, keep_dims)));
}

}  // namespace icecore::inline v0
