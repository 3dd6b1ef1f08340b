// Running graphs.
#include <icecore/error.h>
#include <icecore/session.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <utility>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "host_functions.h"
#include "interruptible_files.h"
#include "py_session.h"
#include "raise.h"

namespace icecore::python {
namespace {

std::string name_of(nb::handle value) {
  if (nb::isinstance<Output>(value)) return nb::cast<const Output&>(value).name();
  if (nb::isinstance<Operation>(value)) return nb::cast<const Operation&>(value).name();
  if (nb::isinstance<Variable>(value)) return nb::cast<const Variable&>(value).value_name();
  if (is_text(value)) return text_from(value);
  raise_type_error("a tensor, an operation or a name is wanted, not " +
                   std::string(nb::repr(value).c_str()));
}

using HandleArg = Taken<"Output | Operation | Variable | str | bytes">;
using HandlesArg = Taken<"collections.abc.Iterable[Output | Operation | Variable | str | bytes]">;
using FeedsArg = Taken<
    "collections.abc.Mapping[Output | Variable | str | bytes, numpy.typing.ArrayLike] | "
    "collections.abc.Iterable[tuple[Output | Variable | str | bytes, numpy.typing.ArrayLike]]">;
using ValuesArg = Taken<"collections.abc.Iterable[numpy.typing.ArrayLike]">;
using FunctionArg = Taken<"collections.abc.Callable[..., typing.Any]">;
using ResultsList = Given<"list[typing.Any]">;

// Results without the run's error in the way of what a function of Python raised.
[[noreturn]] void raise_run_error(const Error& error, const std::shared_ptr<Raised>& raised) {
  const nb::object cause = raised->take();
  if (cause.is_valid() && !PyObject_IsInstance(cause.ptr(), PyExc_Exception)) {
    // KeyboardInterrupt, SystemExit: nobody may take them for a node's failure.
    PyErr_SetObject(cause.type().ptr(), cause.ptr());
    throw nb::python_error();
  }
  set_python_error(error);
  if (cause.is_valid()) {
    nb::python_error made;
    PyException_SetCause(made.value().ptr(), nb::object(cause).release().ptr());
    made.restore();
  }
  throw nb::python_error();
}

// Feeds, fetches and targets that are run again and again: names are looked up once.
class PreparedRun {
 public:
  PreparedRun(std::shared_ptr<PySession> session, nb::handle feeds, nb::handle fetches,
              nb::handle targets)
      : session_(std::move(session)) {
    for (const nb::object& feed : items_of(feeds)) {
      feed_names_.emplace_back(name_of(feed));
    }
    for (const nb::object& fetch : items_of(fetches)) {
      fetches_.emplace_back(name_of(fetch));
      is_operation_.push_back(fetches_.back().name().find(':') == std::string::npos);
    }
    for (const nb::object& target : items_of(targets)) targets_.emplace_back(name_of(target));
  }

  ResultsList run(ValuesArg values) {
    if (!is_ready_) {  // Under the GIL, since it reads the graph; later runs don't.
      feed_types_ = session_->session.prepare(feed_names_, fetches_, targets_);
      is_ready_ = true;
    }
    std::vector<Feed> feeds;
    std::size_t i = 0;
    for (const nb::handle value : nb::iter(values)) {
      if (i == feed_names_.size()) break;
      feeds.push_back({feed_names_[i], tensor_from(value, feed_types_[i], Lend::kDuringCall)});
      ++i;
    }
    if (i != feed_names_.size()) {
      raise_value_error("the run takes " + std::to_string(feed_names_.size()) + " values, not " +
                        std::to_string(i));
    }
    std::vector<Tensor> results;
    try {
      const nb::gil_scoped_release released;
      results = session_->session.run(feeds, fetches_, targets_);
    } catch (const Error& error) {
      raise_run_error(error, session_->raised);
    }
    feeds.clear();
    nb::list list;
    for (std::size_t j = 0; j < results.size(); ++j) {
      if (is_operation_[j]) {
        list.append(nb::none());
      } else {
        list.append(value_of(std::move(results[j])));
      }
    }
    return nb::object(list);
  }

  std::string shown() const {
    std::string text = "<icecore.PreparedRun of [";
    for (const TensorName& name : fetches_) {
      text += (&name == fetches_.data() ? "'" : ", '") + name.name() + "'";
    }
    return text + "], which takes " + std::to_string(feed_names_.size()) +
           (feed_names_.size() == 1 ? " value>" : " values>");
  }

 private:
  std::shared_ptr<PySession> session_;
  std::vector<TensorName> feed_names_, fetches_, targets_;
  std::vector<std::optional<DType>> feed_types_;
  std::vector<bool> is_operation_;  // Of the fetches.
  bool is_ready_ = false;
};

ResultsList run(const std::shared_ptr<PySession>& session, nb::handle feeds, nb::handle fetches,
                nb::handle targets) {
  nb::list keys, values;
  if (!feeds.is_none()) {
    const nb::object pairs =
        PyDict_Check(feeds.ptr()) ? nb::object(feeds.attr("items")()) : nb::borrow(feeds);
    for (const nb::object& pair : items_of(pairs)) {
      keys.append(pair[0]);
      values.append(pair[1]);
    }
  }
  return PreparedRun(session, keys, fetches, targets).run(values);
}

// What plain values that a variable gets become; nothing where that isn't known.
std::optional<DType> dtype_of_variable(PySession& session, std::string_view name) {
  if (const std::optional<Tensor> value = session.session.snapshot(name)) return value->dtype();
  const std::optional<DType> fed = session.session.prepare({TensorName(std::string(name))}, {})[0];
  return fed == DType::kResource ? std::nullopt : fed;
}

void make_session(PySession* session, Taken<"GraphBuilder | Graph"> graph, int intra_op_threads,
                  std::uint64_t memory_limit, std::optional<std::string> allow_io) {
  SessionOptions options;
  options.intra_op_threads = intra_op_threads;
  options.memory_limit = memory_limit;
  options.allow_io = std::move(allow_io);
  options.poll = [] { check_signals(std::chrono::milliseconds(100)); };
  if (nb::isinstance<GraphBuilder>(graph)) {
    new (session) PySession(Session(nb::cast<GraphBuilder&>(graph), std::move(options)));
  } else {
    new (session) PySession(Session(nb::cast<const Graph&>(graph), std::move(options)));
  }
}

}  // namespace

void bind_sessions(nb::module_& m) {
  nb::class_<PySession>(m, "Session", nb::dynamic_attr(), nb::is_weak_referenceable(),
                        "Runs a graph and holds its variables.")
      .def("__init__", &make_session, nb::arg("graph"), nb::arg("intra_op_threads") = 0,
           nb::arg("memory_limit") = 0, nb::arg("allow_io") = nb::none(),
           "icecore.Session, which stands on it, tells of the arguments.")
      .def(
          "run_list",
          [](std::shared_ptr<PySession> s, FeedsArg feeds, HandlesArg fetches, HandlesArg targets) {
            return run(s, feeds, fetches, targets);
          },
          nb::arg("feeds").none(), nb::arg("fetches"), nb::arg("targets") = nb::make_tuple(),
          "A list with a value for each fetch (None for an operation). Feeds: a dict, or pairs.")
      .def(
          "prepare",
          [](std::shared_ptr<PySession> s, HandlesArg feeds, HandlesArg fetches,
             HandlesArg targets) { return PreparedRun(s, feeds, fetches, targets); },
          nb::arg("feeds"), nb::arg("fetches"), nb::arg("targets") = nb::make_tuple(),
          R"(What runs these again and again: its run() takes the feeds' values, and gives a list of the fetches'.

Args:
  feeds: what is fed: tensors, or their names.
  fetches: what is computed; an operation gives None.
  targets: operations that are run for their effect.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> x = graph.placeholder('float32', [], name='x')
>>> y = graph.apply_op('Mul', [x, x], name='y')
>>> square = icecore.Session(graph).prepare(['x:0'], ['y:0'])
>>> [float(square.run([value])[0]) for value in (1, 2, 3)]
[1.0, 4.0, 9.0])")
      .def(
          "set_host_function",
          [](PySession& s, std::string token, FunctionArg function) {
            s.session.set_host_function(std::move(token),
                                        host_function(nb::borrow(function), s.raised));
          },
          nb::arg("token"), nb::arg("function"),
          "What PyFunc nodes with that token, or of that name, call: a function of arrays, which "
          "gives\n"
          "an array, or a list of them. What it raises is the UnknownError's `__cause__`.")
      .def(
          "close",
          [](PySession& s) {
            const nb::gil_scoped_release released;
            s.session.close();
          },
          "Ends runs that are going on, and lets go of all values; later runs are a RuntimeError.")
      .def(
          "initialized_variables", [](PySession& s) { return s.session.initialized_variables(); },
          "The names (of nodes) of the variables that have a value.")
      .def(
          "variable_value",
          [](PySession & s, std::string_view name) -> Given<"numpy.ndarray | None"> {
            std::optional<Tensor> value = s.session.snapshot(name);
            if (!value) return nb::none();
            return array_of(*std::move(value), Share::kReadOnly);
          },
          nb::arg("name"),
          R"(The value of a variable as a read-only array, without a copy; None where it has none yet.

The name is its node's ('w'). NotFoundError where there is no such variable. The array stays as it is when the variable
changes.)")
      .def(
          "assign_variable",
          [](PySession& s, std::string_view name, ValueArg value, DTypeArg dtype) {
            std::optional<DType> wanted = optional_dtype_from(dtype);
            if (!wanted && !nb::hasattr(value, "dtype")) wanted = dtype_of_variable(s, name);
            s.session.assign(name, tensor_from(value, wanted, Lend::kDuringCall));
          },
          nb::arg("name"), nb::arg("value"), nb::arg("dtype") = nb::none(),
          R"(Gives a variable a value, without nodes of the graph.

Args:
  name: of its node: 'w'.
  value: an array of the variable's dtype and shape; lists and numbers take its dtype.
  dtype: what to make of the value first.

Raises NotFoundError where there is no such variable, InvalidArgumentError where the dtype or shape is another.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
>>> session = icecore.Session(graph)
>>> session.assign_variable('w', [3, 4])
>>> session.variable_value('w')
array([3., 4.], dtype=float32))");
  nb::class_<PreparedRun>(m, "PreparedRun", "What Session.prepare() gives.")
      .def("run", &PreparedRun::run, nb::arg("values") = nb::make_tuple(),
           "Runs it with these values of the feeds, in their order; gives a list with a value for\n"
           "each fetch (None for an operation). ValueError for another number of values.")
      .def("__repr__", &PreparedRun::shown);
}

}  // namespace icecore::python
