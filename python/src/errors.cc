// icecore::Error as Python's exceptions: the built-in class where a caller asked for nonsense, else
// a class of icecore.errors by its code.
#include <icecore/error.h>

#include "bindings.h"
#include "raise.h"

namespace icecore::python {
namespace {

PyObject* builtin_of(Misuse misuse) {
  switch (misuse) {
    case Misuse::kNone:
      return nullptr;
    case Misuse::kValue:
      return PyExc_ValueError;
    case Misuse::kType:
      return PyExc_TypeError;
    case Misuse::kKey:
      return PyExc_KeyError;
    case Misuse::kLookup:
      return PyExc_LookupError;
    case Misuse::kRuntime:
      return PyExc_RuntimeError;
    case Misuse::kAssertion:
      return PyExc_AssertionError;
    case Misuse::kOs:
      return PyExc_OSError;
    case Misuse::kAttribute:
      return PyExc_AttributeError;
    case Misuse::kNotImplemented:
      return PyExc_NotImplementedError;
  }
  return PyExc_RuntimeError;
}

}  // namespace

void set_python_error(const Error& error) {
  nb::object message = nb::steal(PyUnicode_DecodeUTF8(
      error.what(), static_cast<Py_ssize_t>(error.message().size()), "replace"));
  if (PyObject* builtin = builtin_of(error.misuse()); builtin != nullptr) {
    PyErr_SetObject(builtin, message.ptr());
    return;
  }
  try {
    const nb::object made = nb::module_::import_("icecore.errors")
                                .attr("error_of_code")(static_cast<int>(error.code()), message);
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
  } catch (nb::python_error& failed) {
    failed.restore();
  }
}

void bind_errors(nb::module_&) {
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Error& error) {
      set_python_error(error);
    } catch (const nb::cast_error&) {  // An item of a list, an option.
      PyErr_SetString(
          PyExc_TypeError,
          "an argument, or an item of one, is of another type than what is wanted there");
    }
  });
}

}  // namespace icecore::python
