// All of Icecore's public API.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/dtype.h>
#include <icecore/error.h>
#include <icecore/freeze.h>
#include <icecore/graph.h>
#include <icecore/load_graph.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>
#include <icecore/tensor_slice.h>
