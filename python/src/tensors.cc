// Tensors as numpy's arrays, and back.
#include <icecore/error.h>
#include <nanobind/nanobind.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "annotations.h"
#include "base/bools.h"
#include "bindings.h"
#include "convert.h"
#include "graph/number_tensor.h"
#include "raise.h"

namespace icecore::python {
namespace {

// What lends a tensor's buffer to an array.
struct Values {
  Tensor tensor;
  bool writable = false;
  std::vector<Py_ssize_t> shape, strides;
};

// As Python's struct module names the elements; null where no buffer can hold them.
const char* format_of(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return "f";
    case DType::kFloat64:
      return "d";
    case DType::kFloat16:
      return "e";
    case DType::kInt8:
    case DType::kQInt8:
      return "b";
    case DType::kUInt8:
    case DType::kQUInt8:
      return "B";
    case DType::kInt16:
    case DType::kQInt16:
      return "h";
    case DType::kUInt16:
    case DType::kQUInt16:
    case DType::kBFloat16:
      return "H";
    case DType::kInt32:
    case DType::kQInt32:
      return "i";
    case DType::kUInt32:
      return "I";
    case DType::kInt64:
      return "l";  // numpy's own name of its int64.
    case DType::kUInt64:
      return "L";
    case DType::kBool:
      return "?";
    case DType::kComplex64:
      return "Zf";
    case DType::kComplex128:
      return "Zd";
    default:
      return nullptr;
  }
}

int get_buffer(PyObject* exporter, Py_buffer* view, int flags) {
  Values& values = *nb::inst_ptr<Values>(exporter);
  if ((flags & PyBUF_WRITABLE) != 0 && !values.writable) {
    PyErr_SetString(PyExc_BufferError, "the tensor is read-only");
    view->obj = nullptr;
    return -1;
  }
  static char nothing[64];
  const auto bytes = values.tensor.bytes();
  view->buf = bytes.empty() ? static_cast<void*>(nothing)
                            : const_cast<void*>(static_cast<const void*>(bytes.data()));
  view->obj = exporter;
  Py_INCREF(exporter);
  view->len = static_cast<Py_ssize_t>(bytes.size());
  view->readonly = values.writable ? 0 : 1;
  view->itemsize = static_cast<Py_ssize_t>(dtype_size(values.tensor.dtype()));
  view->format = const_cast<char*>(format_of(values.tensor.dtype()));
  view->ndim = static_cast<int>(values.shape.size());
  view->shape = values.shape.data();
  view->strides = values.strides.data();
  view->suboffsets = nullptr;
  view->internal = nullptr;
  return 0;
}

PyType_Slot value_slots[] = {{Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)}, {0, nullptr}};

nb::object numpy(const char* name) {
  return nb::module_::import_("numpy").attr(name);
}

// numpy.asarray, looked up once: a run's results go through it.
const nb::object& asarray() {
  static nb::object* found = new nb::object(numpy("asarray"));  // Outlives the interpreter.
  return *found;
}

nb::object ml_bfloat16() {
  try {
    return nb::module_::import_("ml_dtypes").attr("bfloat16");
  } catch (nb::python_error& error) {
    if (!error.matches(PyExc_ImportError)) throw;
    return {};
  }
}

nb::object array_of_strings(const Tensor& tensor) {
  nb::list items;
  for (const std::string& item : tensor.strings()) items.append(bytes_of(item));
  const nb::object array = numpy("empty")(shape_to_python(tensor.shape()), "O");
  if (tensor.num_elements() > 0) array.attr("flat") = items;
  return array;
}

nb::object array_of_numbers(Tensor tensor, Share share) {
  Values values;
  values.writable = share == Share::kNo;
  if (values.writable && !tensor.is_unique()) {
    Tensor copy(tensor.dtype(), tensor.shape());
    const auto bytes = tensor.bytes();
    if (!bytes.empty()) std::memcpy(copy.mutable_bytes().data(), bytes.data(), bytes.size());
    tensor = std::move(copy);
  }
  const auto rank = static_cast<std::size_t>(tensor.shape().rank());
  values.shape.resize(rank);
  values.strides.resize(rank);
  auto stride = static_cast<Py_ssize_t>(dtype_size(tensor.dtype()));
  for (std::size_t i = rank; i-- > 0;) {
    values.shape[i] = tensor.shape().dim(static_cast<int>(i));
    values.strides[i] = stride;
    stride *= values.shape[i];
  }
  values.tensor = std::move(tensor);
  return asarray()(nb::cast(std::move(values)));
}

// --- Arrays in -----------------------------------------------------------------------------------

// A buffer that somebody lends.
class Lent {
 public:
  bool take(nb::handle value) {
    taken_ = PyObject_GetBuffer(value.ptr(), &view_, PyBUF_FORMAT | PyBUF_STRIDES) == 0;
    if (!taken_) PyErr_Clear();
    return taken_;
  }
  ~Lent() {
    if (taken_) PyBuffer_Release(&view_);
  }
  Lent() = default;
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  const Py_buffer& view() const { return view_; }
  Py_buffer& view() { return view_; }

 private:
  Py_buffer view_{};
  bool taken_ = false;
};

std::optional<DType> dtype_of_format(const Py_buffer& view) {
  std::string_view format = view.format == nullptr ? "B" : view.format;
  if (!format.empty() && (format[0] == '>' || format[0] == '!')) {
    if (view.itemsize > 1) return std::nullopt;
    format.remove_prefix(1);
  } else if (!format.empty() && (format[0] == '<' || format[0] == '=' || format[0] == '@')) {
    format.remove_prefix(1);
  }
  if (format == "Zf") return DType::kComplex64;
  if (format == "Zd") return DType::kComplex128;
  if (format.size() != 1) return std::nullopt;
  switch (format[0]) {
    case '?':
      return DType::kBool;
    case 'e':
      return DType::kFloat16;
    case 'f':
      return DType::kFloat32;
    case 'd':
      return DType::kFloat64;
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
      switch (view.itemsize) {
        case 1:
          return DType::kInt8;
        case 2:
          return DType::kInt16;
        case 4:
          return DType::kInt32;
        default:
          return DType::kInt64;
      }
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q':
      switch (view.itemsize) {
        case 1:
          return DType::kUInt8;
        case 2:
          return DType::kUInt16;
        case 4:
          return DType::kUInt32;
        default:
          return DType::kUInt64;
      }
    default:
      return std::nullopt;
  }
}

Shape shape_of(const Py_buffer& view) {
  return Shape(std::vector<std::int64_t>(view.shape, view.shape + view.ndim));
}

// Below it a copy takes less time than keeping an owner.
constexpr Py_ssize_t kWorthLending = 16 << 10;

// Nothing where the values don't lie as a tensor's do. Bytes of bools need not be 0 or 1.
bool may_lend(Py_buffer& view, DType dtype) {
  return view.len >= kWorthLending && dtype != DType::kBool &&
         PyBuffer_IsContiguous(&view, 'C') != 0 &&
         reinterpret_cast<std::uintptr_t>(view.buf) % alignof(std::max_align_t) == 0;
}

// The array stays locked against resizing until the last tensor is gone, on whatever thread.
Tensor lend_values(std::unique_ptr<Lent> lent, DType dtype) {
  const Py_buffer& view = lent->view();
  const std::span values(static_cast<const std::byte*>(view.buf),
                         static_cast<std::size_t>(view.len));
  Shape shape = shape_of(view);
  const std::shared_ptr<const Lent> owner(lent.release(), [](const Lent* taken) {
    const nb::gil_scoped_acquire gil;
    delete taken;
  });
  return Tensor::borrowed(dtype, std::move(shape), values, owner);
}

// A numpy array, or what lends its buffer as one does.
std::optional<Tensor> tensor_of_buffer(nb::handle value, Lend lend) {
  if (!PyObject_CheckBuffer(value.ptr())) return std::nullopt;
  auto lent = std::make_unique<Lent>();
  if (!lent->take(value)) return std::nullopt;
  Py_buffer& view = lent->view();
  const std::optional<DType> dtype = dtype_of_format(view);
  if (!dtype) return std::nullopt;
  if (lend == Lend::kDuringCall && may_lend(view, *dtype)) {
    return lend_values(std::move(lent), *dtype);
  }
  Tensor tensor(*dtype, shape_of(view));
  if (view.len > 0 &&
      PyBuffer_ToContiguous(tensor.mutable_bytes().data(), &view, view.len, 'C') != 0) {
    throw nb::python_error();
  }
  if (*dtype == DType::kBool) normalise_bools(tensor.mutable_bytes());
  return tensor;
}

Tensor tensor_of_objects(nb::handle array) {
  Tensor tensor(DType::kString, shape_from(array.attr("shape")));
  const nb::list items = nb::cast<nb::list>(array.attr("ravel")().attr("tolist")());
  std::size_t i = 0;
  for (std::string& text : tensor.mutable_strings()) {
    const nb::object item = nb::borrow(items[i++]);
    if (!is_text(item)) {
      raise_type_error("Unsupported object type " + std::string(Py_TYPE(item.ptr())->tp_name));
    }
    text = text_from(item);
  }
  return tensor;
}

Tensor tensor_of_array(nb::handle array, Lend lend) {
  if (std::optional<Tensor> tensor = tensor_of_buffer(array, lend)) return *std::move(tensor);
  const nb::object of = array.attr("dtype");
  const std::string kind = nb::cast<std::string>(of.attr("kind"));
  if (kind == "S" || kind == "U" || kind == "O") return tensor_of_objects(array);
  const DType dtype = dtype_from(of);
  if (dtype == DType::kBFloat16) {
    std::optional<Tensor> bits = tensor_of_buffer(array.attr("view")("u2"), Lend::kNo);
    Tensor tensor(dtype, bits->shape());
    const auto bytes = bits->bytes();
    if (!bytes.empty()) std::memcpy(tensor.mutable_bytes().data(), bytes.data(), bytes.size());
    return tensor;
  }
  // Another byte order.
  std::optional<Tensor> tensor =
      tensor_of_buffer(array.attr("astype")(of.attr("newbyteorder")("=")), lend);
  if (!tensor)
    raise_type_error("no tensor can hold an array of dtype " + std::string(nb::str(of).c_str()));
  return *std::move(tensor);
}

// The values under a dtype of the same elements (qint8 for int8).
Tensor relabelled(const Tensor& tensor, DType dtype) {
  Tensor made(dtype, tensor.shape());
  const auto bytes = tensor.bytes();
  if (!bytes.empty()) std::memcpy(made.mutable_bytes().data(), bytes.data(), bytes.size());
  return made;
}

std::optional<Tensor> scalar_of(nb::handle value, std::optional<DType> dtype) {
  PyObject* object = value.ptr();
  if (PyBool_Check(object) && dtype.value_or(DType::kBool) == DType::kBool) {
    return Tensor::scalar(object == Py_True);
  }
  if ((PyFloat_CheckExact(object)) && dtype == DType::kFloat32) {
    return Tensor::scalar(static_cast<float>(PyFloat_AS_DOUBLE(object)));
  }
  if ((PyFloat_CheckExact(object)) && dtype.value_or(DType::kFloat64) == DType::kFloat64) {
    return Tensor::scalar(PyFloat_AS_DOUBLE(object));
  }
  if (is_text(value) && dtype.value_or(DType::kString) == DType::kString) {
    return Tensor::scalar(text_from(value));
  }
  return std::nullopt;
}

}  // namespace

nb::object numpy_dtype(DType dtype) {
  if (dtype == DType::kString) return numpy("dtype")("O");
  if (dtype == DType::kBFloat16) {
    const nb::object bfloat16 = ml_bfloat16();
    return numpy("dtype")(bfloat16.is_valid() ? bfloat16 : nb::object(nb::str("float32")));
  }
  const char* format = format_of(dtype);
  if (format == nullptr) raise_type_error("numpy has no dtype for " + to_string(dtype));
  if (format[0] == 'Z') return numpy("dtype")(nb::str(dtype == DType::kComplex64 ? "c8" : "c16"));
  return numpy("dtype")(format);
}

nb::object array_of(Tensor tensor, Share share) {
  const DType dtype = tensor.dtype();
  if (dtype == DType::kString) return array_of_strings(tensor);
  if (dtype == DType::kBFloat16) {
    const nb::object bfloat16 = ml_bfloat16();
    if (bfloat16.is_valid())
      return array_of_numbers(std::move(tensor), share).attr("view")(bfloat16);
    return array_of_numbers(*converted(tensor, DType::kFloat32), share);
  }
  if (format_of(dtype) == nullptr)
    raise_type_error("a tensor of dtype " + to_string(dtype) + " has no values");
  return array_of_numbers(std::move(tensor), share);
}

nb::object value_of(Tensor tensor, Share share) {
  if (tensor.shape().rank() > 0) return array_of(std::move(tensor), share);
  if (tensor.dtype() == DType::kString) return bytes_of(tensor.strings()[0]);
  return array_of(std::move(tensor), Share::kReadOnly)[nb::make_tuple()];
}

Tensor tensor_from(nb::handle value, std::optional<DType> dtype, Lend lend) {
  if (std::optional<Tensor> scalar = scalar_of(value, dtype)) return *std::move(scalar);
  if (!dtype) {
    if (std::optional<Tensor> tensor = tensor_of_buffer(value, lend)) return *std::move(tensor);
    return tensor_of_array(asarray()(value), lend);
  }
  if (dtype == DType::kString) {
    return tensor_of_objects(asarray()(value, nb::str("O")));
  }
  if (std::optional<Tensor> tensor = tensor_of_buffer(value, lend)) {
    if (tensor->dtype() == *dtype) return *std::move(tensor);
  }
  if (dtype == DType::kBFloat16) {
    Tensor tensor = tensor_of_array(asarray()(value), lend);
    if (tensor.dtype() == DType::kBFloat16) return tensor;
    return *converted(tensor_from(value, DType::kFloat32), DType::kBFloat16);
  }
  Tensor tensor = tensor_of_array(asarray()(value, numpy_dtype(*dtype)), lend);
  return tensor.dtype() == *dtype ? tensor : relabelled(tensor, *dtype);
}

void bind_tensors(nb::module_& m) {
  nb::class_<Values>(m, "Values", nb::type_slots(value_slots),
                     "Lends a tensor's values to numpy by the buffer protocol.");
  m.def(
      "numpy_dtype", [](DTypeArg dtype) -> Given<"numpy.dtype[typing.Any]"> {
        return numpy_dtype(dtype_from(dtype));
      },
      nb::arg("dtype"), "The numpy.dtype of a tensor of that dtype (a number or a name).");
  m.def(
      "dtype_name",
      [](DTypeArg dtype) { return std::string(icecore::dtype_name(dtype_from(dtype))); },
      nb::arg("dtype"), "The name of a dtype that is given by its number, or as numpy has it.");
}

}  // namespace icecore::python
