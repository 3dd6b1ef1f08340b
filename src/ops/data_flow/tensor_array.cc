#include "ops/data_flow/tensor_array.h"

#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <limits>

#include "base/shape_match.h"
#include "base/thread_pool.h"
#include "ops/array/accumulate.h"
#include "ops/array/arguments.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {

void TensorArray::check_open() const {
  if (closed_) refuse("TensorArray " + options_.name + " has already been closed.");
}

std::int32_t TensorArray::size() const {
  const std::lock_guard lock(mutex_);
  check_open();
  return options_.size;
}

std::int32_t TensorArray::concat_size() const {
  const std::lock_guard lock(mutex_);
  check_open();
  return std::max(0, options_.is_gradient ? options_.marked_size : options_.size);
}

bool TensorArray::has_dynamic_size() const {
  const std::lock_guard lock(mutex_);
  return options_.dynamic_size;
}

void TensorArray::write(const KernelContext& c, const std::vector<std::int32_t>& indices,
                        std::vector<Tensor> values) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < indices.size(); ++i) write_one(c, indices[i], std::move(values[i]));
}

std::vector<Tensor> TensorArray::read(const KernelContext& c,
                                      const std::vector<std::int32_t>& indices) {
  const std::lock_guard lock(mutex_);
  std::vector<Tensor> values;
  values.reserve(indices.size());
  for (const std::int32_t index : indices) values.push_back(read_one(c, index));
  return values;
}

std::vector<Tensor> TensorArray::read_first(const KernelContext& c, std::int32_t count) {
  constexpr std::int64_t kMostUnwritten = std::int64_t{1} << 24;
  const std::lock_guard lock(mutex_);
  std::vector<Tensor> values;
  // The first place says whether those that nobody wrote have a shape.
  if (count > 0) values.push_back(read_one(c, 0));
  const auto written = static_cast<std::int64_t>(places_.size());
  if (count - written > kMostUnwritten) {
    throw Error(Code::kResourceExhausted,
                "TensorArray " + options_.name + ": " + std::to_string(count) +
                    " places are too many to be read at once where no more than " +
                    std::to_string(written) + " of them were written");
  }
  for (std::int32_t index = 1; index < count; ++index) values.push_back(read_one(c, index));
  return values;
}

void TensorArray::write_one(const KernelContext& c, std::int32_t index, Tensor value) {
  check_open();
  const std::string array = "TensorArray " + options_.name;
  const std::string at = std::to_string(index);
  if (index < 0 || (!options_.dynamic_size && index >= options_.size)) {
    refuse(array + ": Tried to write to index " + at +
           " but array is not resizeable and size is: " + std::to_string(options_.size));
  }
  if (index == std::numeric_limits<std::int32_t>::max()) refuse(array + ": an index is too large");
  if (value.dtype() != options_.dtype) {
    refuse(array + ": Could not write to TensorArray index " + at + " because the value dtype is " +
           to_string(value.dtype()) + " but TensorArray dtype is " + to_string(options_.dtype) +
           ".");
  }
  if (!allows(options_.element_shape, value.shape())) {
    refuse(array + ": Could not write to TensorArray index " + at + " because the value shape is " +
           to_string(value.shape()) +
           " which is incompatible with the TensorArray's inferred element shape: " +
           to_string(options_.element_shape) + " (consider setting infer_shape=False).");
  }
  if (options_.identical_element_shapes) options_.element_shape = value.shape();
  options_.size = std::max(options_.size, index + 1);
  const auto [found, is_new] = places_.try_emplace(index);
  Place& place = found->second;
  if (is_new) {
    place.shape = value.shape();
    place.tensor = std::move(value);
    return;
  }
  if (place.read) {
    refuse(array + ": Could not write to TensorArray index " + at +
           " because it has already been read.");
  }
  if (!options_.is_gradient) {
    refuse(array + ": Could not write to TensorArray index " + at +
           " because it has already been written to.");
  }
  if (value.shape() != place.shape) {
    refuse(array + ": Could not aggregate to TensorArray index " + at +
           " because the existing shape is " + to_string(place.shape) +
           " but the new input shape is " + to_string(value.shape()) + ".");
  }
  if (!place.tensor || place.tensor->num_elements() == 0) {
    place.tensor = std::move(value);
    return;
  }
  const std::int64_t whole[] = {0};
  if (!place.summed) {
    Tensor sum = c.allocate(options_.dtype, place.shape);
    fill_zeros(c.threads(), sum);
    add_rows(*place.tensor, sum, whole, sum.num_elements());
    place.tensor = std::move(sum);
    place.summed = true;
  }
  add_rows(value, *place.tensor, whole, value.num_elements());
  gradients_disallowed_ = true;
}

Tensor TensorArray::read_one(const KernelContext& c, std::int32_t index) {
  check_open();
  if (index < 0 || (!options_.is_gradient && index >= options_.size)) {
    refuse("Tried to read from index " + std::to_string(index) +
           " but array size is: " + std::to_string(options_.size));
  }
  if (!places_.contains(index)) {
    // Nobody wrote it (a gradient that was stopped, say): zeros, if it is known of which shape.
    if (!options_.element_shape.is_fully_defined()) {
      refuse("TensorArray " + options_.name + ": Could not read from TensorArray index " +
             std::to_string(index) + ".  Furthermore, the element shape is not fully defined: " +
             to_string(options_.element_shape) +
             ".  It is possible you are working with a resizeable TensorArray and stop_gradients "
             "is not allowing the gradients to be written.  If you set the full element_shape "
             "property on the forward TensorArray, the proper all-zeros tensor will be returned "
             "instead of incurring this error.");
    }
    places_[index].shape = options_.element_shape;
  }
  Place& place = places_[index];
  if (place.cleared) {
    refuse("TensorArray " + options_.name + ": Could not read index " + std::to_string(index) +
           " twice because it was cleared after a previous read (perhaps try setting "
           "clear_after_read = false?).");
  }
  if (!place.tensor) {
    Tensor zeros = c.allocate(options_.dtype, place.shape);
    fill_zeros(c.threads(), zeros);
    place.tensor = std::move(zeros);
  }
  place.read = true;
  if (!options_.clear_after_read && !options_.is_gradient) return *place.tensor;
  place.cleared = true;
  Tensor value = std::move(*place.tensor);
  place.tensor.reset();
  return value;
}

void TensorArray::merge_element_shape(const Shape& shape) {
  const std::lock_guard lock(mutex_);
  Shape merged = Shape::unknown_rank();
  try {
    merged = merge_shapes(options_.element_shape, shape);
  } catch (const Error&) {
    refuse("Incompatible shapes during merge: " + to_string(options_.element_shape) + " vs. " +
           to_string(shape));
  }
  options_.element_shape = std::move(merged);
}

void TensorArray::mark_size(std::int32_t size) {
  const std::lock_guard lock(mutex_);
  check_open();
  if (!options_.is_gradient) options_.marked_size = size;
}

void TensorArray::close() {
  const std::lock_guard lock(mutex_);
  places_.clear();
  closed_ = true;
}

std::shared_ptr<TensorArray> TensorArray::gradient(const std::string& source, const Shape& prefix) {
  const std::lock_guard lock(mutex_);
  check_open();
  options_.dynamic_size = false;
  if (gradients_disallowed_) {
    refuse("Unable to create a gradients TensorArray for " + options_.name +
           ".  Perhaps you used the multiple_writes_aggregate flag on a previous write?  Gradient "
           "calculation is impossible when multiple writes are performed to the same index.");
  }
  std::shared_ptr<TensorArray>& gradient = gradients_[source];
  if (gradient == nullptr) {
    Options options = options_;
    options.name += "@" + source;
    options.is_gradient = true;
    options.element_shape = join_shapes(prefix, options.element_shape);
    gradient = std::make_shared<TensorArray>(std::move(options));
    for (const auto& [index, place] : places_) {
      Place& shaped = gradient->places_[index];
      shaped.shape = join_shapes(prefix, place.shape);
    }
  }
  return gradient;
}

}  // namespace icecore::inline v0
