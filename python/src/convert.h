// Values of Python and of Icecore, each as the other.
//
// numpy is loaded when an array is first made or met. Nothing of numpy's C interface is used:
// arrays come in and go out by the buffer protocol.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/dtype.h>
#include <icecore/graph_builder.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::python {

namespace nb = nanobind;

// A dtype by its number (also a reference's), its name, a tf.DType, or whatever numpy.dtype()
// takes.
DType dtype_from(nb::handle value);
std::optional<DType> optional_dtype_from(nb::handle value);
// None of unknown rank; unknown dimensions are None.
nb::object shape_to_python(const Shape& shape);
// None, an int, or a sequence whose unknown dimensions are None or -1.
Shape shape_from(nb::handle value);
// str, bytes or a path.
std::string text_from(nb::handle value);
bool is_text(nb::handle value);
nb::bytes bytes_of(std::string_view bytes);
nb::str str_of(std::string_view text);

// numpy.dtype of the values; of bfloat16 float32's.
nb::object numpy_dtype(DType dtype);

// An array of the values: strings as an array of objects (bytes), bfloat16 as ml_dtypes has it, or
// as float32 where that isn't installed. Without a copy where the tensor is its only owner and,
// read-only, where `share` allows it.
enum class Share { kNo, kReadOnly };
nb::object array_of(Tensor tensor, Share share);
// The same; of a scalar numpy's scalar, of a scalar string bytes.
nb::object value_of(Tensor tensor, Share share = Share::kNo);

// What numpy.asarray() makes of the value, of that dtype where one is given. Copied, since a tensor
// never changes; where the tensor is gone before Python can change the array (kDuringCall), a large
// one in C order lends its values instead.
enum class Lend { kNo, kDuringCall };
Tensor tensor_from(nb::handle value, std::optional<DType> dtype = {}, Lend lend = Lend::kNo);

// What an op takes: a tensor of the graph, a variable, or a value that becomes a constant.
Input input_from(nb::handle value);
// For an attribute of that kind ("list(int)"); empty: what the Python type says.
AttrValue attr_from(nb::handle value, std::string_view kind);
nb::object attr_to_python(const AttrValue& value);

// The items of any iterable.
std::vector<nb::object> items_of(nb::handle iterable);

}  // namespace icecore::python
