// A dense tensor that is handed about by value.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

class Allocator;

// What an element of a resource or variant tensor refers to; only the runtime makes such.
class ICECORE_API TensorObject {
 public:
  virtual ~TensorObject() = default;
};

// Values are little-endian, row-major, in a shared buffer aligned to 64 bytes (large ones to 2 MiB,
// on huge pages where the system has them); strings have storage of their own. Copies share the
// buffer. A tensor that someone else may hold is never changed: mutable_bytes() and
// mutable_strings() are for its maker, and are refused (FAILED_PRECONDITION) while it is shared.
//
// Threads: const functions may be called from any thread.
class ICECORE_API Tensor {
 public:
  // An empty float32 tensor of shape [0].
  Tensor();

  // Uninitialised values (strings: empty ones). INVALID_ARGUMENT where the shape isn't fully
  // defined or the dtype has no values in memory (resource, variant); RESOURCE_EXHAUSTED where the
  // memory can't be had.
  Tensor(DType dtype, Shape shape);
  // From an allocator with a limit (null: without one).
  Tensor(DType dtype, Shape shape, const std::shared_ptr<Allocator>& allocator);

  // A scalar, or a tensor of that shape, whose dtype is T's (float: float32, std::string: string).
  // INVALID_ARGUMENT where the number of values isn't the shape's.
  template <typename T>
  static Tensor scalar(T value);
  template <typename T>
  static Tensor of(Shape shape, std::span<const T> values);
  template <typename T>
  static Tensor of(Shape shape, std::initializer_list<T> values) {
    return of(std::move(shape), std::span<const T>(values.begin(), values.size()));
  }
  // Values that lie in somebody else's memory, which `owner` keeps alive and nobody may change as
  // long as a tensor is about: nothing is copied. Never is_unique(), so never changed; what keeps
  // values beyond a run (a variable) takes a copy (owned()). INVALID_ARGUMENT for dtypes without
  // values in memory and for strings, for a shape that isn't fully defined, and where `values` has
  // another size than the shape wants or isn't aligned for its elements.
  static Tensor borrowed(DType dtype, Shape shape, std::span<const std::byte> values,
                         std::shared_ptr<const void> owner);
  // A resource or variant tensor of such objects.
  static Tensor of_objects(DType dtype, Shape shape,
                           std::vector<std::shared_ptr<TensorObject>> objects);

  DType dtype() const { return dtype_; }
  const Shape& shape() const { return shape_; }
  std::int64_t num_elements() const { return num_elements_; }

  // All values as bytes; empty for strings. num_elements() * dtype_size(dtype()) bytes.
  std::span<const std::byte> bytes() const;
  std::span<std::byte> mutable_bytes();

  // Whether nobody else holds the values, so that they may be changed.
  bool is_unique() const;

  bool is_borrowed() const { return is_borrowed_; }
  // The same tensor, or a copy of one that is borrowed.
  Tensor owned() const;

  // The same values without a share in them: for who hands a tensor on and still has to read it
  // meanwhile. What lies behind must outlive the view.
  Tensor view() const;

  // The items of a string tensor; empty for other types.
  std::span<const std::string> strings() const;
  std::span<std::string> mutable_strings();

  // The items of a resource or variant tensor; empty for other types.
  std::span<const std::shared_ptr<TensorObject>> objects() const;

  // Bytes that the values take: the buffer, or the sum of the strings' lengths.
  std::uint64_t byte_size() const;

  // The values as T, whose size must be the dtype's: half and bfloat16 as uint16_t, bool as
  // uint8_t or bool. INVALID_ARGUMENT otherwise.
  template <typename T>
  std::span<const T> values() const {
    check_element_size(sizeof(T));
    return {reinterpret_cast<const T*>(bytes().data()), static_cast<std::size_t>(num_elements_)};
  }
  template <typename T>
  std::span<T> mutable_values() {
    check_element_size(sizeof(T));
    return {reinterpret_cast<T*>(mutable_bytes().data()), static_cast<std::size_t>(num_elements_)};
  }

  // The only value of a tensor with one element.
  template <typename T>
  T item() const {
    if (num_elements_ != 1) refuse_item();
    return values<T>()[0];
  }

  // The same buffer under another shape with as many elements; else INVALID_ARGUMENT.
  Tensor reshaped(Shape shape) const;

 private:
  void check_element_size(std::size_t size) const;
  [[noreturn]] void refuse_item() const;
  std::vector<std::string>* string_items() const;
  [[noreturn]] static void refuse_values(std::size_t count, const Shape& shape);

  DType dtype_ = DType::kFloat32;
  bool is_borrowed_ = false;
  Shape shape_;
  std::int64_t num_elements_ = 0;
  // The bytes; of strings, resources and variants a vector of items. Null where there is nothing.
  std::shared_ptr<void> storage_;
};

template <typename T>
Tensor Tensor::of(Shape shape, std::span<const T> values) {
  Tensor tensor(dtype_of<T>(), std::move(shape));
  if (static_cast<std::size_t>(tensor.num_elements()) != values.size()) {
    refuse_values(values.size(), tensor.shape());
  }
  if constexpr (std::is_same_v<T, std::string>) {
    std::ranges::copy(values, tensor.mutable_strings().begin());
  } else {
    std::ranges::copy(values, tensor.mutable_values<T>().begin());
  }
  return tensor;
}

template <typename T>
Tensor Tensor::scalar(T value) {
  return of(Shape(), std::span<const T>(&value, 1));
}

}  // namespace icecore::inline v0
