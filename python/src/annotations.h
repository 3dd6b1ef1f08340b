// What type checkers and readers are told of the arguments and results that are converted by hand
// (convert.h).
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <utility>

namespace icecore::python {

template <std::size_t kSize>
struct Annotation {
  consteval Annotation(const char (&literal)[kSize]) {
    for (std::size_t i = 0; i < kSize; ++i) text[i] = literal[i];
  }
  char text[kSize] = {};
};

// An argument, taken as it comes.
template <Annotation kAnnotation>
class Taken : public nanobind::handle {
 public:
  static constexpr auto Name = nanobind::detail::const_name(kAnnotation.text);
  using nanobind::handle::handle;
  Taken(nanobind::handle value) : nanobind::handle(value) {}
};

// A result.
template <Annotation kAnnotation>
class Given : public nanobind::object {
 public:
  static constexpr auto Name = nanobind::detail::const_name(kAnnotation.text);
  Given(nanobind::object made) : nanobind::object(std::move(made)) {}
  Given(nanobind::handle null, nanobind::detail::steal_t) : nanobind::object(null, {}) {}
};

using PathArg = Taken<"str | bytes | os.PathLike[str]">;
using TextArg = Taken<"str | bytes">;
// What numpy makes an array of.
using ValueArg = Taken<"numpy.typing.ArrayLike">;
// A name, a number of TensorFlow's, a numpy.dtype or a class that stands for one.
using DTypeArg = Taken<"str | int | numpy.typing.DTypeLike">;
// None, an int, or a sequence whose unknown dimensions are None or -1.
using ShapeArg = Taken<"int | collections.abc.Sequence[int | None]">;
// What an op takes.
using InputArg = Taken<"Output | Variable | numpy.typing.ArrayLike">;
using AttrsArg = Taken<"collections.abc.Mapping[str, object]">;

using ArrayResult = Given<"numpy.ndarray">;
using ShapeResult = Given<"tuple[int | None, ...] | None">;

}  // namespace icecore::python
