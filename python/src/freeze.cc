// Freezing.
#include <icecore/freeze.h>
#include <nanobind/stl/vector.h>

#include <optional>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "progress.h"

namespace icecore::python {
namespace {

using NamesArg = Taken<"collections.abc.Iterable[str | bytes]">;
using ProgressArg = Taken<"collections.abc.Callable[[int, int], object]">;

Given<"tuple[Graph, int, int, list[str], list[str]]"> freeze(
    PathArg input_graph, PathArg input_checkpoint, NamesArg outputs, PathArg output_graph,
    std::vector<std::string> tags, bool clear_devices, bool sync, ProgressArg progress) {
  FreezeOptions options;
  options.input_graph = text_from(input_graph);
  if (!input_checkpoint.is_none()) options.input_checkpoint = text_from(input_checkpoint);
  for (const nb::object& name : items_of(outputs)) {
    options.output_node_names.push_back(text_from(name));
  }
  if (!output_graph.is_none()) options.output_graph = text_from(output_graph);
  options.saved_model_tags = std::move(tags);
  options.clear_devices = clear_devices;
  options.sync = sync;
  options.progress = progress_from(progress);
  std::optional<FreezeResult> result;
  {
    const nb::gil_scoped_release released;
    result = freeze_graph(options);
  }
  return nb::object(nb::make_tuple(result->graph, result->variables, result->bytes, result->notes,
                                   result->warnings));
}

}  // namespace

void bind_freeze(nb::module_& m) {
  m.def("freeze_graph", &freeze, nb::arg("input_graph"), nb::arg("input_checkpoint").none(),
        nb::arg("output_node_names"), nb::arg("output_graph").none(), nb::arg("tags"),
        nb::arg("clear_devices"), nb::arg("sync"), nb::arg("progress").none(),
        "(graph, variables, bytes, notes, warnings); icecore.freeze_graph tells of its arguments.");
}

}  // namespace icecore::python
