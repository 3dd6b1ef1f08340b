// Tensors of one run by their number: what loops read from and write to.
#pragma once

#include <icecore/kernel.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ops/data_flow/step_handle.h"

namespace icecore::inline v0 {

// As TensorFlow's: each place is written once and, if clear_after_read says so, read once. A
// gradient array has its forward array's places and sums up what is written to one of them; what
// nobody wrote is zeros. Memory is taken by what is written, not by the size. Thread-safe.
class TensorArray : public StepObject {
 public:
  struct Options {
    std::string name;
    DType dtype = DType::kFloat32;
    std::int32_t size = 0;
    Shape element_shape = Shape::unknown_rank();
    bool identical_element_shapes = false, dynamic_size = false, clear_after_read = true;
    bool is_gradient = false;
    // How many there were when it was split or unpacked, -1: it wasn't.
    std::int32_t marked_size = -1;
  };
  explicit TensorArray(Options options) : options_(std::move(options)) {}

  const std::string& name() const { return options_.name; }
  DType dtype() const { return options_.dtype; }
  // INVALID_ARGUMENT, each of these, where the array is closed or the places don't allow it.
  std::int32_t size() const;
  // The size that concatenating goes by.
  std::int32_t concat_size() const;
  bool has_dynamic_size() const;
  void write(const KernelContext& c, const std::vector<std::int32_t>& indices,
             std::vector<Tensor> values);
  std::vector<Tensor> read(const KernelContext& c, const std::vector<std::int32_t>& indices);
  // The first `count`. RESOURCE_EXHAUSTED where by far most of them were never written.
  std::vector<Tensor> read_first(const KernelContext& c, std::int32_t count);
  void merge_element_shape(const Shape& shape);
  void mark_size(std::int32_t size);
  void close();

  // The gradient array of that source (of one call of gradients()), made at first. The array can't
  // grow from then on. `prefix` is put before its elements' shapes.
  std::shared_ptr<TensorArray> gradient(const std::string& source, const Shape& prefix);

 private:
  struct Place {
    std::optional<Tensor> tensor;  // None: zeros of that shape.
    Shape shape;
    bool read = false, cleared = false;
    bool summed = false;  // The tensor is the array's own.
  };

  void check_open() const;
  void write_one(const KernelContext& c, std::int32_t index, Tensor value);
  Tensor read_one(const KernelContext& c, std::int32_t index);

  mutable std::mutex mutex_;
  Options options_;
  bool closed_ = false, gradients_disallowed_ = false;
  std::unordered_map<std::int32_t, Place> places_;  // Those that were written.
  std::map<std::string, std::shared_ptr<TensorArray>> gradients_;
};

}  // namespace icecore::inline v0
