// Checkpoints: reading, writing, finding them.
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"
#include "interruptible_files.h"

namespace icecore::python {
namespace {

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
      [](nb::handle folder, std::string_view latest_filename) -> nb::object {
        const auto found = latest_checkpoint(text_from(folder), std::string(latest_filename));
        return found ? nb::object(str_of(*found)) : nb::none();
      },
      nb::arg("folder"), nb::arg("latest_filename") = "checkpoint");
  m.def(
      "get_checkpoint_state",
      [](nb::handle folder, std::string_view latest_filename) -> nb::object {
        const auto state = get_checkpoint_state(text_from(folder), std::string(latest_filename));
        return state ? state_to_python(*state) : nb::none();
      },
      nb::arg("folder"), nb::arg("latest_filename") = "checkpoint");
  m.def(
      "checkpoint_exists", [](nb::handle prefix) { return checkpoint_exists(text_from(prefix)); },
      nb::arg("prefix"));
  m.def(
      "get_checkpoint_mtimes",
      [](nb::handle prefixes) { return get_checkpoint_mtimes(texts_from(prefixes)); },
      nb::arg("prefixes"));
  m.def(
      "generate_checkpoint_state",
      [](nb::handle folder, nb::handle path, nb::handle all, std::vector<double> timestamps,
         std::optional<double> last_preserved) {
        return state_to_python(generate_checkpoint_state(text_from(folder), text_from(path),
                                                         texts_from(all), std::move(timestamps),
                                                         last_preserved));
      },
      nb::arg("folder"), nb::arg("model_checkpoint_path"),
      nb::arg("all_model_checkpoint_paths") = nb::none(),
      nb::arg("all_model_checkpoint_timestamps") = std::vector<double>(),
      nb::arg("last_preserved_timestamp") = nb::none());
  m.def(
      "update_checkpoint_state",
      [](nb::handle folder, nb::handle path, nb::handle all, std::string_view latest_filename,
         std::vector<double> timestamps, std::optional<double> last_preserved) {
        update_checkpoint_state(text_from(folder), text_from(path), texts_from(all),
                                std::string(latest_filename), std::move(timestamps),
                                last_preserved);
      },
      nb::arg("folder"), nb::arg("model_checkpoint_path"),
      nb::arg("all_model_checkpoint_paths") = nb::none(), nb::arg("latest_filename") = "checkpoint",
      nb::arg("all_model_checkpoint_timestamps") = std::vector<double>(),
      nb::arg("last_preserved_timestamp") = nb::none());
}

}  // namespace

void bind_checkpoints(nb::module_& m) {
  nb::class_<Checkpoint>(m, "Checkpoint")
      .def_static(
          "open",
          [](nb::handle path) {
            const std::string text = text_from(path);
            return without_gil([&] { return Checkpoint::open(interruptible_files(), text); });
          },
          nb::arg("path"))
      .def_prop_ro(
          "format",
          [](const Checkpoint& c) { return c.format() == CheckpointFormat::kV1 ? "v1" : "v2"; })
      .def_prop_ro("prefix", [](const Checkpoint& c) { return str_of(c.prefix()); })
      .def_prop_ro("note", [](const Checkpoint& c) { return str_of(c.note()); })
      .def("infos",
           [](const Checkpoint& c) {
             nb::list list;
             for (const VariableInfo& info : c.variables()) list.append(info_to_python(info));
             return list;
           })
      .def("info",
           [](const Checkpoint& c, nb::handle name) -> nb::object {
             const VariableInfo* info = c.find(text_from(name));
             return info == nullptr ? nb::none() : info_to_python(*info);
           })
      .def("contains",
           [](const Checkpoint& c, nb::handle name) { return c.contains(text_from(name)); })
      .def(
          "read",
          [](const Checkpoint& c, nb::handle name) {
            const std::string text = text_from(name);
            return array_of(without_gil([&] { return c.read(text); }), Share::kNo);
          },
          nb::arg("name"))
      .def(
          "read_slice",
          [](const Checkpoint& c, nb::handle name, std::string_view slice) {
            const std::string text = text_from(name);
            const TensorSlice part = TensorSlice::parse(slice);
            return array_of(without_gil([&] { return c.read(text, part); }), Share::kNo);
          },
          nb::arg("name"), nb::arg("slice"))
      .def("byte_size",
           [](const Checkpoint& c, nb::handle name) { return c.byte_size(text_from(name)); });
  nb::class_<CheckpointWriter>(m, "CheckpointWriter")
      .def(
          "__init__",
          [](CheckpointWriter* writer, nb::handle prefix) {
            new (writer) CheckpointWriter(interruptible_files(), text_from(prefix));
          },
          nb::arg("prefix"))
      .def(
          "add",
          [](CheckpointWriter& w, nb::handle name, nb::handle value, nb::handle dtype) {
            const std::string text = text_from(name);
            const Tensor tensor = tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall);
            without_gil([&] { w.add(text, tensor); });
          },
          nb::arg("name"), nb::arg("value"), nb::arg("dtype") = nb::none())
      .def(
          "add_slice",
          [](CheckpointWriter& w, nb::handle name, nb::handle full_shape, std::string_view slice,
             nb::handle value, nb::handle dtype) {
            const std::string text = text_from(name);
            const Tensor tensor = tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall);
            w.add_slice(text, shape_from(full_shape), TensorSlice::parse(slice), tensor);
          },
          nb::arg("name"), nb::arg("full_shape"), nb::arg("slice"), nb::arg("value"),
          nb::arg("dtype") = nb::none())
      .def("finish", [](CheckpointWriter& w) { without_gil([&] { w.finish(); }); });
  m.def(
      "load_variable",
      [](nb::handle path, nb::handle name) {
        const std::string file = text_from(path), variable = text_from(name);
        return array_of(without_gil([&] { return load_variable(file, variable); }), Share::kNo);
      },
      nb::arg("path"), nb::arg("name"));
  bind_states(m);
}

}  // namespace icecore::python
