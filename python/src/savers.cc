// Savers and meta graphs.
#include <icecore/init_from_checkpoint.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "interruptible_files.h"
#include "progress.h"
#include "py_session.h"
#include "raise.h"

namespace icecore::python {
namespace {

using StepArg = Taken<"int | str | Variable | Output">;
using ProgressArg = Taken<"collections.abc.Callable[[int, int], object]">;
using WarnArg = Taken<"collections.abc.Callable[[str], object]">;
using NamesArg = Taken<"collections.abc.Iterable[str]">;
using SaverResult = Given<"Saver | None">;

// A variable, a tensor, or the list of a partitioned variable's parts.
Saveable saveable_from(nb::handle value) {
  if (nb::isinstance<Variable>(value)) return nb::cast<Variable>(value);
  if (nb::isinstance<Output>(value)) return nb::cast<Output>(value);
  std::vector<Variable> parts;
  if (!nb::try_cast(value, parts)) {
    raise_type_error("a Saver saves variables, lists of a variable's parts, and tensors, not " +
                     std::string(nb::repr(value).c_str()));
  }
  return parts;
}

VarList var_list_from(nb::handle value) {
  if (value.is_none()) return std::monostate();
  if (PyDict_Check(value.ptr())) {
    SaveableMap map;
    for (const auto [key, item] : nb::cast<nb::dict>(nb::borrow(value))) {
      map.insert_or_assign(text_from(key), saveable_from(item));
    }
    return map;
  }
  SaveableList list;
  for (const nb::object& item : items_of(value)) list.push_back(saveable_from(item));
  return list;
}

std::function<void(const std::string&)> warn_from(nb::object function) {
  if (function.is_none()) return {};
  return [function = std::move(function)](const std::string& message) {
    const nb::gil_scoped_acquire gil;
    function(str_of(message));
  };
}

SaverOptions options_from(const nb::kwargs& kwargs) {
  SaverOptions options;
  options.files = &interruptible_files();
  for (const auto [key, value] : kwargs) {
    const std::string name = text_from(key);
    if (name == "var_list")
      options.var_list = var_list_from(value);
    else if (name == "reshape")
      options.reshape = nb::cast<bool>(value);
    else if (name == "sharded")
      options.sharded = nb::cast<bool>(value);
    else if (name == "max_to_keep")
      options.max_to_keep = nb::cast<std::optional<std::int32_t>>(value);
    else if (name == "keep_checkpoint_every_n_hours")
      options.keep_checkpoint_every_n_hours = nb::cast<double>(value);
    else if (name == "name")
      options.name = value.is_none() ? "" : text_from(value);
    else if (name == "restore_sequentially")
      options.restore_sequentially = nb::cast<bool>(value);
    else if (name == "defer_build")
      options.defer_build = nb::cast<bool>(value);
    else if (name == "allow_empty")
      options.allow_empty = nb::cast<bool>(value);
    else if (name == "write_version")
      options.write_version = static_cast<SaverDef::Version>(nb::cast<int>(value));
    else if (name == "pad_step_number")
      options.pad_step_number = nb::cast<bool>(value);
    else if (name == "save_relative_paths")
      options.save_relative_paths = nb::cast<bool>(value);
    else if (name == "filename")
      options.filename = value.is_none() ? "" : text_from(value);
    else if (name == "warn")
      options.warn = warn_from(nb::borrow(value));
    else
      raise_type_error("Saver() got an unexpected keyword argument '" + name + "'");
  }
  return options;
}

GlobalStep step_from(nb::handle value) {
  if (value.is_none()) return {};
  if (nb::isinstance<Variable>(value)) return nb::cast<const Variable&>(value);
  if (nb::isinstance<Output>(value)) return nb::cast<const Output&>(value);
  if (is_text(value)) return text_from(value);
  const nb::object index = nb::steal(PyNumber_Index(value.ptr()));
  if (!index.is_valid()) throw nb::python_error();
  return nb::cast<std::int64_t>(index);
}

nb::str save(Saver& saver, PySession& session, PathArg prefix, StepArg global_step,
             std::string latest_filename, std::string meta_graph_suffix, bool write_meta_graph,
             bool write_state, bool strip_default_attrs, ProgressArg progress) {
  SaveOptions options;
  options.global_step = step_from(global_step);
  options.latest_filename = std::move(latest_filename);
  options.meta_graph_suffix = std::move(meta_graph_suffix);
  options.write_meta_graph = write_meta_graph;
  options.write_state = write_state;
  options.strip_default_attrs = strip_default_attrs;
  options.progress = progress_from(progress);
  const std::string path = text_from(prefix);
  std::string saved;
  {
    const nb::gil_scoped_release released;
    saved = saver.save(session.session, path, options);
  }
  return str_of(saved);
}

SaverResult saver_to_python(const std::optional<Saver>& saver) {
  return saver ? nb::cast(*saver) : nb::object(nb::none());
}

nb::bytes export_graph(const GraphBuilder& graph, PathArg filename, bool as_text,
                       Taken<"bytes"> saver_def, NamesArg collection_list, TextArg export_scope,
                       bool clear_devices, bool clear_extraneous_savers, bool strip_default_attrs,
                       WarnArg warn) {
  ExportMetaGraphOptions options;
  if (!filename.is_none()) options.filename = text_from(filename);
  options.as_text = as_text;
  if (!saver_def.is_none()) options.saver_def = decode_saver_def(text_from(saver_def));
  if (!collection_list.is_none()) {
    std::vector<std::string> keys;
    for (const nb::object& key : items_of(collection_list)) keys.push_back(text_from(key));
    options.collection_list = std::move(keys);
  }
  if (!export_scope.is_none()) options.export_scope = text_from(export_scope);
  options.clear_devices = clear_devices;
  options.clear_extraneous_savers = clear_extraneous_savers;
  options.strip_default_attrs = strip_default_attrs;
  options.warn = warn_from(nb::borrow(warn));
  return bytes_of(export_meta_graph(graph, options));
}

ImportMetaGraphOptions import_options(bool clear_devices, nb::handle import_scope,
                                      std::map<std::string, Output> input_map,
                                      const nb::kwargs& saver) {
  ImportMetaGraphOptions options;
  options.clear_devices = clear_devices;
  if (!import_scope.is_none()) options.import_scope = text_from(import_scope);
  options.input_map = std::move(input_map);
  options.saver = options_from(saver);
  return options;
}

void bind_meta_graphs(nb::module_& m) {
  m.def("export_meta_graph", &export_graph, nb::arg("graph"), nb::arg("filename") = nb::none(),
        nb::arg("as_text") = false, nb::arg("saver_def") = nb::none(),
        nb::arg("collection_list") = nb::none(), nb::arg("export_scope") = nb::none(),
        nb::arg("clear_devices") = false, nb::arg("clear_extraneous_savers") = false,
        nb::arg("strip_default_attrs") = false, nb::arg("warn") = nb::none(),
        "The encoded MetaGraphDef; written to `filename` where one is given.");
  m.def(
      "import_meta_graph",
      [](GraphBuilder& graph, PathArg path, bool clear_devices, TextArg import_scope,
         std::map<std::string, Output> input_map, const nb::kwargs& saver) {
        return saver_to_python(import_meta_graph(
            text_from(path), graph,
            import_options(clear_devices, import_scope, std::move(input_map), saver)));
      },
      nb::arg("graph"), nb::arg("path"), nb::arg("clear_devices") = false,
      nb::arg("import_scope") = nb::none(), nb::arg("input_map") = std::map<std::string, Output>(),
      nb::arg("saver_options"), "Of a file, or whatever leads to one; gives the Saver, or None.");
  m.def(
      "import_meta_graph_def",
      [](GraphBuilder& graph, nb::bytes meta_graph_def, bool clear_devices, TextArg import_scope,
         std::map<std::string, Output> input_map, const nb::kwargs& saver) {
        return saver_to_python(import_meta_graph_def(
            {meta_graph_def.c_str(), meta_graph_def.size()}, graph,
            import_options(clear_devices, import_scope, std::move(input_map), saver)));
      },
      nb::arg("graph"), nb::arg("meta_graph_def"), nb::arg("clear_devices") = false,
      nb::arg("import_scope") = nb::none(), nb::arg("input_map") = std::map<std::string, Output>(),
      nb::arg("saver_options"), "Of an encoded MetaGraphDef; gives the Saver, or None.");
  m.def(
      "init_from_checkpoint",
      [](GraphBuilder& graph, PathArg path,
         nb::typed<nb::dict, nb::str, nb::object> assignment_map) {
        AssignmentMap map;
        for (const auto [key, value] : assignment_map) {
          if (nb::isinstance<Variable>(value)) {
            map.insert_or_assign(text_from(key), nb::cast<Variable>(value));
          } else if (is_text(value)) {
            map.insert_or_assign(text_from(key), text_from(value));
          } else {
            map.insert_or_assign(text_from(key), nb::cast<std::vector<Variable>>(value));
          }
        }
        init_from_checkpoint(graph, text_from(path), map);
      },
      nb::arg("graph"), nb::arg("path"), nb::arg("assignment_map"),
      "Gives variables new initializers, which read a checkpoint when they are run.");
}

}  // namespace

void bind_savers(nb::module_& m) {
  nb::class_<Saver>(
      m, "Saver", nb::dynamic_attr(), nb::is_weak_referenceable(),
      R"(Saves a graph's variables to checkpoints and restores them, as tf.train.Saver does.

It adds TensorFlow's nodes to the graph. save(session, prefix, global_step=None, ...) gives the checkpoint's path;
restore(session, path) takes whatever leads to one. The newest complete checkpoint can be restored wherever a save is cut off.

Options: var_list (a list of variables, or a dict by keys; all of the graph's), reshape, max_to_keep (5),
keep_checkpoint_every_n_hours (10000), name, defer_build, allow_empty, pad_step_number, save_relative_paths, filename.

Errors: ValueError where there are no variables, where there is no checkpoint of that path; NotFoundError with every key that
a checkpoint lacks; InvalidArgumentError with the variables whose dtype or shape is another; DataLossError for damage.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
>>> saver, session = icecore.Saver(graph), icecore.Session(graph)
>>> session.run(w.initializer)
>>> path = saver.save(session, 'demo/saved.ckpt', global_step=7)
>>> path
'demo/saved.ckpt-7'
>>> saver.restore(session, path))")
      .def(
          "__init__",
          [](Saver* saver, const GraphBuilder& graph, const nb::kwargs& options) {
            new (saver) Saver(graph, options_from(options));
          },
          nb::arg("graph"), nb::arg("options"),
          nb::sig("def __init__(self, graph: GraphBuilder, **options: typing.Any) -> None"),
          "Adds the Saver's nodes to the graph, unless `defer_build`. The options are above.")
      .def_static(
          "from_def",
          [](const GraphBuilder& graph, nb::bytes saver_def, const nb::kwargs& options) {
            return Saver::from_def(graph, decode_saver_def({saver_def.c_str(), saver_def.size()}),
                                   options_from(options));
          },
          nb::arg("graph"), nb::arg("saver_def"), nb::arg("options"),
          nb::sig("def from_def(graph: GraphBuilder, saver_def: bytes, **options: typing.Any) -> "
                  "Saver"),
          R"(The Saver of an encoded SaverDef, whose nodes are in the graph.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> w = icecore.make_variable(graph, 1.0, name='w')
>>> icecore.Saver.from_def(graph, icecore.Saver(graph).saver_def)
<icecore.Saver, which has saved nothing yet>)")
      .def("__repr__",
           [](const Saver& s) {
             const std::vector<std::string> kept = s.last_checkpoints();
             if (kept.empty()) return std::string("<icecore.Saver, which has saved nothing yet>");
             return "<icecore.Saver, " + std::to_string(kept.size()) +
                    (kept.size() == 1 ? " checkpoint" : " checkpoints") + ", the last '" +
                    kept.back() + "'>";
           })
      .def("build", &Saver::build,
           "Adds the nodes where that was deferred; does nothing the second time.")
      .def_prop_ro("is_empty", &Saver::is_empty,
                   "Whether it has no variables (allow_empty), and does nothing.")
      .def_prop_ro(
          "saver_def", [](const Saver& s) { return bytes_of(encode_saver_def(s.saver_def())); },
          "The encoded SaverDef. RuntimeError where it isn't built.")
      .def(
          "save", &save, nb::arg("session"), nb::arg("prefix"), nb::arg("global_step") = nb::none(),
          nb::arg("latest_filename") = "checkpoint", nb::arg("meta_graph_suffix") = "meta",
          nb::arg("write_meta_graph") = true, nb::arg("write_state") = true,
          nb::arg("strip_default_attrs") = false, nb::arg("progress") = nb::none(),
          R"(Writes all variables' values, and gives back the path that restore() takes: PREFIX, or PREFIX-STEP.

Args:
  session: the `Session` that has the values.
  prefix: where to; str, bytes or pathlib.Path. Its folder is made where it is missing.
  global_step: an int, or a tensor, variable or name whose value it is.
  latest_filename: the name of the `checkpoint` file, which lists those that are kept.
  meta_graph_suffix, write_meta_graph, strip_default_attrs: of the graph's file.
  write_state: whether the `checkpoint` file is written, and old checkpoints deleted.
  progress: called with (bytes done, bytes in all). An exception of it, or Ctrl-C, ends the save; no file is left.

Raises ValueError where there is no such folder; FailedPreconditionError for a variable without a value; RuntimeError where
the Saver isn't built; the errors of the disk (ResourceExhaustedError, PermissionDeniedError).

>>> import icecore, pathlib
>>> graph = icecore.GraphBuilder()
>>> w = icecore.make_variable(graph, [1.0, 2.0], name='w')
>>> saver, session = icecore.Saver(graph), icecore.Session(graph)
>>> session.run(w.initializer)
>>> saver.save(session, pathlib.Path('demo') / 'steps.ckpt', global_step=3)
'demo/steps.ckpt-3'
>>> icecore.Checkpoint('demo/steps.ckpt-3')['w']
array([1., 2.], dtype=float32))")
      .def(
          "restore",
          [](Saver& saver, PySession& session, PathArg prefix, ProgressArg progress) {
            const std::string path = text_from(prefix);
            const Progress told = progress_from(progress);
            const nb::gil_scoped_release released;
            saver.restore(session.session, path, told);
          },
          nb::arg("session"), nb::arg("prefix"), nb::arg("progress") = nb::none(),
          R"(Gives every variable the value that the checkpoint has under its key: nothing, or all of them.

Args:
  session: the `Session` whose variables they are.
  prefix: what save() gave back, or whatever else leads to a checkpoint.
  progress: called with (bytes done, bytes in all). An exception of it, or Ctrl-C, ends the restore; no variable changes.

Raises ValueError where there is no checkpoint; NotFoundError with every key that it lacks; InvalidArgumentError with the
variables whose dtype or shape is another; DataLossError, OutOfRangeError for damaged files.)")
      .def_prop_ro("last_checkpoints", &Saver::last_checkpoints,
                   "The paths that it wrote, or was told of, and hasn't deleted, oldest first.")
      .def("set_last_checkpoints", &Saver::set_last_checkpoints, nb::arg("paths"),
           "Tells it of checkpoints; each of them stays for good when its turn comes.")
      .def("set_last_checkpoints_with_time", &Saver::set_last_checkpoints_with_time,
           nb::arg("checkpoints"),
           "Tells it of checkpoints: (path, when it was written in seconds since 1970) of each.")
      .def("recover_last_checkpoints", &Saver::recover_last_checkpoints, nb::arg("paths"),
           "Tells it of those of the checkpoints that exist, with the times of their files: for a\n"
           "program that goes on where another stopped.");
  m.def(
      "remove_checkpoint",
      [](PathArg prefix, int version, std::string_view meta_graph_suffix) {
        remove_checkpoint(text_from(prefix), static_cast<SaverDef::Version>(version),
                          std::string(meta_graph_suffix));
      },
      nb::arg("prefix"), nb::arg("version") = 2, nb::arg("meta_graph_suffix") = "meta",
      "Deletes the files of a checkpoint: graph, names and values. What isn't there is no error.");
  bind_meta_graphs(m);
}

}  // namespace icecore::python
