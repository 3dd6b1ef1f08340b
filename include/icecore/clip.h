// Keeping gradients, or any tensors, within bounds.
//
//   GradientsAndVariables pairs = adam.compute_gradients(loss);
//   std::vector<Gradient> clipped = …;
//   clipped = clip_by_global_norm(graph, clipped, 5.0).tensors;
//
// Of slices the values are clipped. `name` is a name scope's; empty, it is the function's own.
#pragma once

#include <icecore/export.h>
#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// tf.clip_by_value: elements below `min` become it, those above `max` become that. ValueError where
// a bound's shape would make the result larger.
ICECORE_API Output clip_by_value(GraphBuilder& graph, const Input& x, const Input& min,
                                 const Input& max, std::string_view name = {});
ICECORE_API IndexedSlices clip_by_value(GraphBuilder& graph, const IndexedSlices& x,
                                        const Input& min, const Input& max,
                                        std::string_view name = {});

struct ClipByNormOptions {
  // Over which the norm is taken: a number or a vector of them; all where there is none.
  std::optional<Input> axes = {};
  std::string name = {};
};
// tf.clip_by_norm: where the L2 norm is above `norm`, scaled so that it is that.
ICECORE_API Output clip_by_norm(GraphBuilder& graph, const Input& x, const Input& norm,
                                const ClipByNormOptions& options = {});
ICECORE_API IndexedSlices clip_by_norm(GraphBuilder& graph, const IndexedSlices& x,
                                       const Input& norm, const ClipByNormOptions& options = {});
// tf.clip_by_average_norm: the same with the norm divided by the number of elements.
ICECORE_API Output clip_by_average_norm(GraphBuilder& graph, const Input& x, const Input& norm,
                                        std::string_view name = {});

// tf.global_norm: the L2 norm of all tensors together; those that are none are left out. ValueError
// where none is there.
ICECORE_API Output global_norm(GraphBuilder& graph, const std::vector<Gradient>& tensors,
                               std::string_view name = {});

struct ClippedByGlobalNorm {
  std::vector<Gradient> tensors;  // None where there was none.
  Output norm;                    // Before clipping.
};
struct ClipByGlobalNormOptions {
  std::optional<Output> use_norm = {};  // The norm, where it is known.
  std::string name = {};
};
// tf.clip_by_global_norm: all tensors scaled by one factor, so that their norm together is at most
// `norm`. Where it isn't finite they become NaN.
ICECORE_API ClippedByGlobalNorm clip_by_global_norm(GraphBuilder& graph,
                                                    const std::vector<Gradient>& tensors,
                                                    const Input& norm,
                                                    const ClipByGlobalNormOptions& options = {});

}  // namespace icecore::inline v0
