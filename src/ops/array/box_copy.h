// The copying that array ops have in common: a box of elements, with strides on both sides.
#pragma once

#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <vector>

namespace icecore::inline v0 {

class ThreadPool;

// One dimension of a box: how many, and how far from one element to the next on each side. A
// source's stride may be 0 (the same element again) or negative.
struct BoxDim {
  std::int64_t size = 0, from_stride = 0, to_stride = 0;
};

// Where a box begins on each side, in elements, and its dimensions, outermost first.
struct Box {
  std::int64_t from = 0, to = 0;
  std::vector<BoxDim> dims;
};

// Both tensors have one dtype. The caller has seen to it that the box lies inside both.
void copy_box(ThreadPool& threads, const Tensor& from, Tensor& to, Box box);

// How far apart neighbours of each dimension lie, row-major.
std::vector<std::int64_t> row_major_strides(const Shape& shape);

// How many elements the dimensions [begin, end) have together.
std::int64_t count_elements(const Shape& shape, int begin, int end);

}  // namespace icecore::inline v0
