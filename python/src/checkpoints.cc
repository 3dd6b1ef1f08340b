// Checkpoints: reading, writing, finding them.
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "interruptible_files.h"

namespace icecore::python {
namespace {

using PathsArg = Taken<"collections.abc.Iterable[str | bytes | os.PathLike[str]]">;
using State = Given<"dict[str, typing.Any]">;
using StateOrNone = Given<"dict[str, typing.Any] | None">;

template <typename Work>
auto without_gil(Work&& work) {
  const nb::gil_scoped_release released;
  return work();
}

nb::object info_to_python(const VariableInfo& info) {
  return nb::make_tuple(
      str_of(info.name), str_of(dtype_name(info.dtype)), shape_to_python(info.shape),
      info.bytes ? nb::object(nb::int_(*info.bytes)) : nb::object(nb::none()), info.sliced);
}

nb::object state_to_python(const CheckpointState& state) {
  nb::dict made;
  made["model_checkpoint_path"] = str_of(state.model_checkpoint_path);
  nb::list paths;
  for (const std::string& path : state.all_model_checkpoint_paths) paths.append(str_of(path));
  made["all_model_checkpoint_paths"] = paths;
  made["all_model_checkpoint_timestamps"] = state.all_model_checkpoint_timestamps;
  made["last_preserved_timestamp"] = nb::cast(state.last_preserved_timestamp);
  made["text"] = str_of(to_text(state));
  return made;
}

std::vector<std::string> texts_from(nb::handle paths) {
  std::vector<std::string> texts;
  if (paths.is_none()) return texts;
  for (const nb::object& path : items_of(paths)) texts.push_back(text_from(path));
  return texts;
}

void bind_states(nb::module_& m) {
  m.def(
      "latest_checkpoint",
      [](PathArg folder, std::string_view latest_filename) -> Given<"str | None"> {
        const auto found = latest_checkpoint(text_from(folder), std::string(latest_filename));
        return found ? nb::object(str_of(*found)) : nb::none();
      },
      nb::arg("folder"), nb::arg("latest_filename") = "checkpoint",
      "The prefix of the newest checkpoint that the folder's `checkpoint` file names, or None.");
  m.def(
      "get_checkpoint_state",
      [](PathArg folder, std::string_view latest_filename) -> StateOrNone {
        const auto state = get_checkpoint_state(text_from(folder), std::string(latest_filename));
        return state ? state_to_python(*state) : nb::none();
      },
      nb::arg("folder"), nb::arg("latest_filename") = "checkpoint",
      "What the folder's `checkpoint` file says, by the names of CheckpointState's attributes, "
      "and\n"
      "its `text`; None where there is no such file.");
  m.def(
      "checkpoint_exists", [](PathArg prefix) { return checkpoint_exists(text_from(prefix)); },
      nb::arg("prefix"), "Whether there is a checkpoint, V1 or V2, of that prefix.");
  m.def(
      "get_checkpoint_mtimes",
      [](PathsArg prefixes) { return get_checkpoint_mtimes(texts_from(prefixes)); },
      nb::arg("prefixes"),
      "When those of the checkpoints that exist were written, in seconds since 1970.");
  m.def(
      "generate_checkpoint_state",
      [](PathArg folder, PathArg path, PathsArg all, std::vector<double> timestamps,
         std::optional<double> last_preserved) -> State {
        return state_to_python(generate_checkpoint_state(text_from(folder), text_from(path),
                                                         texts_from(all), std::move(timestamps),
                                                         last_preserved));
      },
      nb::arg("folder"), nb::arg("model_checkpoint_path"),
      nb::arg("all_model_checkpoint_paths") = nb::none(),
      nb::arg("all_model_checkpoint_timestamps") = std::vector<double>(),
      nb::arg("last_preserved_timestamp") = nb::none(),
      "What a `checkpoint` file in the folder would say of these, as get_checkpoint_state() gives "
      "it;\nits paths are relative to the folder where they can be.");
  m.def(
      "update_checkpoint_state",
      [](PathArg folder, PathArg path, PathsArg all, std::string_view latest_filename,
         std::vector<double> timestamps, std::optional<double> last_preserved) {
        update_checkpoint_state(text_from(folder), text_from(path), texts_from(all),
                                std::string(latest_filename), std::move(timestamps),
                                last_preserved);
      },
      nb::arg("folder"), nb::arg("model_checkpoint_path"),
      nb::arg("all_model_checkpoint_paths") = nb::none(), nb::arg("latest_filename") = "checkpoint",
      nb::arg("all_model_checkpoint_timestamps") = std::vector<double>(),
      nb::arg("last_preserved_timestamp") = nb::none(),
      "Writes the folder's `checkpoint` file. ValueError where the numbers of paths and "
      "timestamps\n"
      "differ.");
}

}  // namespace

void bind_checkpoints(nb::module_& m) {
  nb::class_<Checkpoint>(m, "Checkpoint", "An open checkpoint; icecore.Checkpoint stands on it.")
      .def_static(
          "open",
          [](PathArg path) {
            const std::string text = text_from(path);
            return without_gil([&] { return Checkpoint::open(interruptible_files(), text); });
          },
          nb::arg("path"),
          "The checkpoint that a path leads to. NotFoundError, InvalidArgumentError, "
          "DataLossError.")
      .def_prop_ro(
          "format",
          [](const Checkpoint& c) { return c.format() == CheckpointFormat::kV1 ? "v1" : "v2"; },
          "'v1' or 'v2'.")
      .def_prop_ro(
          "prefix", [](const Checkpoint& c) { return str_of(c.prefix()); },
          "The prefix that was opened.")
      .def_prop_ro(
          "note", [](const Checkpoint& c) { return str_of(c.note()); },
          "What was chosen, and why, where the path was not the prefix itself; else ''.")
      .def(
          "infos",
          [](const Checkpoint& c)
              -> Given<"list[tuple[str, str, tuple[int, ...], int | None, bool]]"> {
            nb::list list;
            for (const VariableInfo& info : c.variables()) list.append(info_to_python(info));
            return nb::object(list);
          },
          "(name, dtype, shape, bytes or None, whether it is stored in parts) of each variable,\n"
          "sorted by name.")
      .def(
          "info",
          [](const Checkpoint& c,
             TextArg name) -> Given<"tuple[str, str, tuple[int, ...], int | None, bool] | None"> {
            const VariableInfo* info = c.find(text_from(name));
            return info == nullptr ? nb::none() : info_to_python(*info);
          },
          nb::arg("name"), "The same of one variable; None where there is none of that name.")
      .def(
          "contains", [](const Checkpoint& c, TextArg name) { return c.contains(text_from(name)); },
          nb::arg("name"), "Whether it has a variable of that name.")
      .def(
          "read",
          [](const Checkpoint& c, TextArg name) -> ArrayResult {
            const std::string text = text_from(name);
            return array_of(without_gil([&] { return c.read(text); }), Share::kNo);
          },
          nb::arg("name"),
          "The values of a variable as a new array. NotFoundError with the nearest names,\n"
          "DataLossError.")
      .def(
          "read_slice",
          [](const Checkpoint& c, TextArg name, std::string_view slice) -> ArrayResult {
            const std::string text = text_from(name);
            const TensorSlice part = TensorSlice::parse(slice);
            return array_of(without_gil([&] { return c.read(text, part); }), Share::kNo);
          },
          nb::arg("name"), nb::arg("slice"),
          "The part that \"0,2:-\" says: start,length or \"-\" (all) for each dimension.")
      .def(
          "byte_size",
          [](const Checkpoint& c, TextArg name) { return c.byte_size(text_from(name)); },
          nb::arg("name"), "How many bytes the values take; of strings it reads their lengths.");
  nb::class_<CheckpointWriter>(m, "CheckpointWriter",
                               "Writes a checkpoint; icecore.CheckpointWriter stands on it.")
      .def(
          "__init__",
          [](CheckpointWriter* writer, PathArg prefix) {
            new (writer) CheckpointWriter(interruptible_files(), text_from(prefix));
          },
          nb::arg("prefix"))
      .def(
          "add",
          [](CheckpointWriter& w, TextArg name, ValueArg value, DTypeArg dtype) {
            const std::string text = text_from(name);
            const Tensor tensor = tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall);
            without_gil([&] { w.add(text, tensor); });
          },
          nb::arg("name"), nb::arg("value"), nb::arg("dtype") = nb::none(),
          "Adds a tensor. InvalidArgumentError for an empty name, or one that was added already.")
      .def(
          "add_slice",
          [](CheckpointWriter& w, TextArg name, ShapeArg full_shape, std::string_view slice,
             ValueArg value, DTypeArg dtype) {
            const std::string text = text_from(name);
            const Tensor tensor = tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall);
            const Shape shape = shape_from(full_shape);
            const TensorSlice part = TensorSlice::parse(slice);
            without_gil([&] { w.add_slice(text, shape, part, tensor); });
          },
          nb::arg("name"), nb::arg("full_shape"), nb::arg("slice"), nb::arg("value"),
          nb::arg("dtype") = nb::none(),
          "Adds the part of a tensor of that shape that \"0,2:-\" says.")
      .def(
          "finish", [](CheckpointWriter& w) { without_gil([&] { w.finish(); }); },
          "Gives the files their names.");
  m.def(
      "load_variable",
      [](PathArg path, TextArg name) -> ArrayResult {
        const std::string file = text_from(path);
        std::string variable = text_from(name);
        if (variable.ends_with(":0")) variable.resize(variable.size() - 2);
        return array_of(without_gil([&] {
                          return Checkpoint::open(interruptible_files(), file).read(variable);
                        }),
                        Share::kNo);
      },
      nb::arg("path"), nb::arg("name"),
      "The values of one variable of a checkpoint as a new array; a name may end in \":0\".");
  bind_states(m);
}

}  // namespace icecore::python
