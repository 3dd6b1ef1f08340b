// The public API, all of it but <icecore/fmt.h>, which is for who links fmt. What builds, reads,
// writes and freezes is in libicecore; what runs and trains in libicecore_runtime: session.h,
// gradients.h, optimizers.h, learning_rates.h, moving_average.h, clip.h, standard_ops() of
// op_set.h, and GraphBuilder's constructor that names no ops.
#pragma once

#include <icecore/array.h>
#include <icecore/attr_value.h>
#include <icecore/case.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/clip.h>
#include <icecore/control_flow.h>
#include <icecore/dtype.h>
#include <icecore/error.h>
#include <icecore/export.h>
#include <icecore/freeze.h>
#include <icecore/gradient_context.h>
#include <icecore/gradients.h>
#include <icecore/graph.h>
#include <icecore/graph_builder.h>
#include <icecore/host_function.h>
#include <icecore/import_graph_def.h>
#include <icecore/init_from_checkpoint.h>
#include <icecore/kernel.h>
#include <icecore/layers.h>
#include <icecore/learning_rates.h>
#include <icecore/load_graph.h>
#include <icecore/losses.h>
#include <icecore/math.h>
#include <icecore/meta_graph.h>
#include <icecore/moving_average.h>
#include <icecore/nn.h>
#include <icecore/node_info.h>
#include <icecore/node_runner.h>
#include <icecore/op_set.h>
#include <icecore/ops.h>
#include <icecore/optimizers.h>
#include <icecore/progress.h>
#include <icecore/random.h>
#include <icecore/saver.h>
#include <icecore/saver_def.h>
#include <icecore/session.h>
#include <icecore/shape.h>
#include <icecore/shape_context.h>
#include <icecore/tensor.h>
#include <icecore/tensor_slice.h>
#include <icecore/tensor_text.h>
#include <icecore/variable.h>
#include <icecore/variable_data.h>
#include <icecore/variable_store.h>
