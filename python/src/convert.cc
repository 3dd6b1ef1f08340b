#include "convert.h"

#include <icecore/error.h>

#include <cstring>

#include "raise.h"

namespace icecore::python {

std::vector<nb::object> items_of(nb::handle iterable) {
  std::vector<nb::object> items;
  for (const nb::handle item : nb::iter(iterable)) items.push_back(nb::borrow(item));
  return items;
}

nb::bytes bytes_of(std::string_view bytes) {
  return nb::bytes(bytes.data(), bytes.size());
}

nb::str str_of(std::string_view text) {
  PyObject* made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "surrogateescape");
  if (made == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(made);
}

bool is_text(nb::handle value) {
  return PyUnicode_Check(value.ptr()) || PyBytes_Check(value.ptr());
}

std::string text_from(nb::handle value) {
  if (PyBytes_Check(value.ptr())) {
    return {PyBytes_AS_STRING(value.ptr()),
            static_cast<std::size_t>(PyBytes_GET_SIZE(value.ptr()))};
  }
  if (PyUnicode_Check(value.ptr())) {
    Py_ssize_t size = 0;
    if (const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &size)) {
      return {text, static_cast<std::size_t>(size)};
    }
    PyErr_Clear();  // A path that isn't UTF-8.
    const nb::bytes encoded =
        nb::steal<nb::bytes>(PyUnicode_AsEncodedString(value.ptr(), "utf-8", "surrogateescape"));
    if (!encoded.is_valid()) throw nb::python_error();
    return {encoded.c_str(), encoded.size()};
  }
  PyObject* path = PyOS_FSPath(value.ptr());
  if (path == nullptr) throw nb::python_error();
  return text_from(nb::steal(path));
}

DType dtype_from(nb::handle value) {
  if (PyLong_CheckExact(value.ptr())) {
    const std::optional<DType> dtype = dtype_of_number(nb::cast<std::int64_t>(value) % 100);
    if (!dtype) raise_type_error("there is no dtype number " + std::string(nb::str(value).c_str()));
    return *dtype;
  }
  if (PyUnicode_Check(value.ptr())) {
    if (const std::optional<DType> dtype = dtype_of_name(text_from(value))) return *dtype;
  } else if (nb::hasattr(value, "as_datatype_enum")) {
    return dtype_from(nb::int_(nb::borrow(value.attr("as_datatype_enum"))));
  }
  const nb::object of_numpy = nb::module_::import_("numpy").attr("dtype")(value);
  const std::string kind = nb::cast<std::string>(of_numpy.attr("kind"));
  if (kind == "S" || kind == "U" || kind == "O") return DType::kString;
  const std::string name = nb::cast<std::string>(of_numpy.attr("name"));
  if (const std::optional<DType> dtype = dtype_of_name(name)) return *dtype;
  raise_type_error("no dtype is '" + name + "'");
}

std::optional<DType> optional_dtype_from(nb::handle value) {
  if (value.is_none()) return std::nullopt;
  return dtype_from(value);
}

nb::object shape_to_python(const Shape& shape) {
  if (!shape.has_rank()) return nb::none();
  nb::object dims = nb::steal(PyTuple_New(shape.rank()));
  for (int i = 0; i < shape.rank(); ++i) {
    const std::int64_t dim = shape.dim(i);
    PyTuple_SET_ITEM(dims.ptr(), i,
                     dim < 0 ? nb::none().release().ptr() : PyLong_FromLongLong(dim));
  }
  return dims;
}

Shape shape_from(nb::handle value) {
  if (value.is_none()) return Shape::unknown_rank();
  const auto dim_of = [](nb::handle dim) -> std::int64_t {
    if (dim.is_none()) return -1;
    const nb::object index = nb::steal(PyNumber_Index(dim.ptr()));
    if (!index.is_valid()) throw nb::python_error();
    return nb::cast<std::int64_t>(index);
  };
  if (PyIndex_Check(value.ptr())) return Shape({dim_of(value)});
  std::vector<std::int64_t> dims;
  for (const nb::object& dim : items_of(value)) dims.push_back(dim_of(dim));
  return Shape(dims);
}

// --- Graph inputs --------------------------------------------------------------------------------

namespace {

// A nested list of plain Python values.
struct Leaves {
  std::vector<std::int64_t> dims;
  std::vector<nb::handle> values;
  bool any_float = false, any_int = false, any_bool = false, any_text = false, other = false;

  void add(nb::handle value, std::size_t depth) {
    if (PyList_Check(value.ptr()) || PyTuple_Check(value.ptr())) {
      const Py_ssize_t size = PySequence_Fast_GET_SIZE(value.ptr());
      if (depth == dims.size()) {
        if (!values.empty()) ragged();
        dims.push_back(size);
      } else if (dims[depth] != size) {
        ragged();
      }
      if (depth > 32) raise_value_error("a list is nested more than 32 times");
      PyObject** items = PySequence_Fast_ITEMS(value.ptr());
      for (Py_ssize_t i = 0; i < size; ++i) add(items[i], depth + 1);
      return;
    }
    if (depth != dims.size()) ragged();
    if (PyBool_Check(value.ptr()))
      any_bool = true;
    else if (PyLong_CheckExact(value.ptr()))
      any_int = true;
    else if (PyFloat_CheckExact(value.ptr()))
      any_float = true;
    else if (is_text(value))
      any_text = true;
    else
      other = true;
    values.push_back(value);
  }

  [[noreturn]] static void ragged() {
    raise_value_error(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape");
  }
};

// Of more than 64 bits.
bool is_wide_int(nb::handle value) {
  int overflow = 0;
  PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  return overflow != 0;
}

Input input_of_leaves(nb::handle value) {
  Leaves leaves;
  leaves.add(value, 0);
  const int kinds = (leaves.any_float || leaves.any_int) + leaves.any_bool + leaves.any_text;
  bool plain = !leaves.other && kinds <= 1;
  if (plain && leaves.any_int) {
    for (const nb::handle leaf : leaves.values) {
      if (PyLong_CheckExact(leaf.ptr()) && is_wide_int(leaf)) plain = false;
    }
  }
  if (!plain) {  // numpy knows.
    const nb::object array = nb::module_::import_("numpy").attr("array")(value);
    const DType dtype = dtype_from(array.attr("dtype"));
    Tensor tensor = tensor_from(array);
    // What numpy makes of Python's numbers takes the dtype that is wanted.
    if (dtype == DType::kFloat64) {
      const auto numbers = tensor.values<double>();
      return Input::of({tensor.shape(), std::vector<double>(numbers.begin(), numbers.end())});
    }
    return Input(std::move(tensor));
  }
  Shape shape(leaves.dims);
  if (leaves.any_text) {
    Tensor tensor(DType::kString, shape);
    std::size_t i = 0;
    for (std::string& text : tensor.mutable_strings()) text = text_from(leaves.values[i++]);
    return Input(std::move(tensor));
  }
  if (leaves.any_bool) {
    Tensor tensor(DType::kBool, shape);
    std::size_t i = 0;
    for (bool& flag : tensor.mutable_values<bool>()) flag = leaves.values[i++].ptr() == Py_True;
    return Input(std::move(tensor));
  }
  if (leaves.any_int && !leaves.any_float) {
    std::vector<std::int64_t> whole;
    for (const nb::handle leaf : leaves.values) whole.push_back(PyLong_AsLongLong(leaf.ptr()));
    return Input::of({std::move(shape), std::move(whole)});
  }
  std::vector<double> numbers;
  for (const nb::handle leaf : leaves.values) numbers.push_back(PyFloat_AsDouble(leaf.ptr()));
  return Input::of({std::move(shape), std::move(numbers)});
}

}  // namespace

Input input_from(nb::handle value) {
  if (nb::isinstance<Output>(value)) return Input(nb::cast<Output>(value));
  if (nb::isinstance<Variable>(value)) return Input(nb::cast<const Variable&>(value));
  PyObject* object = value.ptr();
  if (PyList_Check(object) || PyTuple_Check(object)) return input_of_leaves(value);
  if (PyFloat_CheckExact(object)) return Input(PyFloat_AS_DOUBLE(object));
  if (PyBool_Check(object)) return Input(Tensor::scalar(object == Py_True));
  if (PyLong_CheckExact(object) && !is_wide_int(value)) return Input(nb::cast<std::int64_t>(value));
  if (PyUnicode_CheckExact(object) || PyBytes_CheckExact(object)) return Input(text_from(value));
  if (nb::hasattr(value, "__icecore_input__")) return input_from(value.attr("__icecore_input__")());
  if (value.is_none()) raise_value_error("None values not supported.");
  return Input(tensor_from(value));
}

// --- Attributes ----------------------------------------------------------------------------------

namespace {

FunctionName function_from(nb::handle value) {
  if (nb::hasattr(value, "name") && !is_text(value)) return {text_from(value.attr("name"))};
  return {text_from(value)};
}

std::int64_t int_from(nb::handle value) {
  const nb::object index = nb::steal(PyNumber_Index(value.ptr()));
  if (index.is_valid()) return nb::cast<std::int64_t>(index);
  PyErr_Clear();
  // TensorFlow takes what int() makes of it.
  const nb::object whole = nb::steal(PyNumber_Long(value.ptr()));
  if (!whole.is_valid()) throw nb::python_error();
  return nb::cast<std::int64_t>(whole);
}

float float_from(nb::handle value) {
  const double number = PyFloat_AsDouble(value.ptr());
  if (number == -1.0 && PyErr_Occurred()) throw nb::python_error();
  return static_cast<float>(number);
}

bool bool_from(nb::handle value) {
  const int truth = PyObject_IsTrue(value.ptr());
  if (truth < 0) throw nb::python_error();
  return truth != 0;
}

template <typename T, typename From>
AttrValue list_from(nb::handle value, From&& from) {
  std::vector<T> list;
  for (const nb::object& item : items_of(value)) list.push_back(from(item));
  return list;
}

AttrValue guessed_attr(nb::handle value) {
  PyObject* object = value.ptr();
  if (PyBool_Check(object)) return object == Py_True;
  if (PyLong_Check(object)) return nb::cast<std::int64_t>(value);
  if (PyFloat_Check(object)) return static_cast<float>(PyFloat_AS_DOUBLE(object));
  if (is_text(value)) return text_from(value);
  if (nb::hasattr(value, "as_datatype_enum")) return dtype_from(value);
  if (PyList_Check(object) || PyTuple_Check(object)) {
    if (PySequence_Fast_GET_SIZE(object) == 0) return std::vector<std::int64_t>{};
    const nb::handle first = PySequence_Fast_ITEMS(object)[0];
    if (PyBool_Check(first.ptr())) return attr_from(value, "list(bool)");
    if (PyLong_Check(first.ptr())) return attr_from(value, "list(int)");
    if (PyFloat_Check(first.ptr())) return attr_from(value, "list(float)");
    if (is_text(first)) return attr_from(value, "list(string)");
    if (nb::hasattr(first, "as_datatype_enum")) return attr_from(value, "list(type)");
    return attr_from(value, "list(shape)");
  }
  return tensor_from(value);
}

}  // namespace

AttrValue attr_from(nb::handle value, std::string_view kind) {
  if (kind == "string") return text_from(value);
  if (kind == "int") return int_from(value);
  if (kind == "float") return float_from(value);
  if (kind == "bool") return bool_from(value);
  if (kind == "type") return dtype_from(value);
  if (kind == "shape") return shape_from(value);
  if (kind == "tensor") return tensor_from(value);
  if (kind == "func") return function_from(value);
  if (kind.starts_with("list(") && is_text(value)) {
    raise_type_error("Expected list for attr of kind " + std::string(kind));
  }
  if (kind == "list(string)") return list_from<std::string>(value, text_from);
  if (kind == "list(int)") return list_from<std::int64_t>(value, int_from);
  if (kind == "list(float)") return list_from<float>(value, float_from);
  if (kind == "list(bool)") return list_from<bool>(value, bool_from);
  if (kind == "list(type)") return list_from<DType>(value, dtype_from);
  if (kind == "list(shape)") return list_from<Shape>(value, shape_from);
  if (kind == "list(tensor)") {
    return list_from<Tensor>(value, [](nb::handle item) { return tensor_from(item); });
  }
  if (kind == "list(func)") return list_from<FunctionName>(value, function_from);
  return guessed_attr(value);
}

namespace {

struct AttrVisitor {
  nb::object operator()(const std::string& v) const { return bytes_of(v); }
  nb::object operator()(std::int64_t v) const { return nb::int_(v); }
  nb::object operator()(float v) const { return nb::float_(v); }
  nb::object operator()(bool v) const { return nb::bool_(v); }
  nb::object operator()(DType v) const { return nb::int_(static_cast<int>(v)); }
  nb::object operator()(const Shape& v) const { return shape_to_python(v); }
  nb::object operator()(const Tensor& v) const { return array_of(v, Share::kReadOnly); }
  nb::object operator()(const FunctionName& v) const { return str_of(v.name); }
  nb::object operator()(const std::vector<bool>& v) const {
    nb::list made;
    for (const bool item : v) made.append(nb::bool_(item));
    return made;
  }
  template <typename T>
  nb::object operator()(const std::vector<T>& v) const {
    nb::list made;
    for (const T& item : v) made.append((*this)(item));
    return made;
  }
};

}  // namespace

nb::object attr_to_python(const AttrValue& value) {
  return std::visit(AttrVisitor(), value);
}

}  // namespace icecore::python
