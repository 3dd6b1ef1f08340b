// The public API of libicecore. What runs graphs is in libicecore_runtime: <icecore/session.h>,
// <icecore/gradients.h>.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/dtype.h>
#include <icecore/error.h>
#include <icecore/freeze.h>
#include <icecore/graph.h>
#include <icecore/graph_builder.h>
#include <icecore/import_graph_def.h>
#include <icecore/init_from_checkpoint.h>
#include <icecore/load_graph.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>
#include <icecore/tensor_slice.h>
#include <icecore/variable.h>
#include <icecore/variable_store.h>
