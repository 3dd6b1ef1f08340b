// Meta graphs: a graph with its collections and its Saver, as `.meta` files hold it; and graphs
// alone, as tf.train.write_graph writes them.
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/graph_builder.h>
#include <icecore/saver.h>
#include <icecore/saver_def.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

class FileSystem;

struct ICECORE_API ExportMetaGraphOptions {
  // Where to write it; empty: nowhere. Folders are made where they are missing.
  std::string filename = {};
  bool as_text = false;
  std::optional<SaverDef> saver_def = {};
  // Nothing: all collections.
  std::optional<std::vector<std::string>> collection_list = {};
  // Only the nodes of this name scope, without it in their names. What they take from outside is
  // named "$unbound_inputs_…", and must be given when it is imported (input_map).
  std::string export_scope = {};
  bool clear_devices = false;
  // Leaves out the nodes of all Savers but the one that saver_def names.
  bool clear_extraneous_savers = false;
  // Leaves out attributes that have their op's default, for readers older than us.
  bool strip_default_attrs = false;

  // --- Not TensorFlow's: as SaverOptions has them ---
  FileSystem* files = nullptr;
  std::function<void(const std::string&)> warn = {};
};

// The encoded MetaGraphDef, as TensorFlow 1.15.5 makes it of the graph: every node with
// `_output_shapes`, the signatures of the ops used, the collections. A collection whose items are
// of several kinds is left out, with a warning. INVALID_ARGUMENT (ValueError) where the graph has
// an op without a signature; RESOURCE_EXHAUSTED (ValueError) where a file is asked for, not as
// text, and would have 2 GiB or more.
ICECORE_API std::string export_meta_graph(const GraphBuilder& graph,
                                          const ExportMetaGraphOptions& options = {});

struct ICECORE_API ImportMetaGraphOptions {
  bool clear_devices = false;
  // The name scope of what is imported; empty: none.
  std::string import_scope = {};
  // Tensors of the file that are replaced by which of the graph ("x:0").
  std::map<std::string, Output> input_map = {};
  // What the Saver is to know beyond its SaverDef (files, clock, …); its name is import_scope.
  SaverOptions saver = {};
};

// Adds the nodes of a meta graph to a graph, rebuilds its collections, and gives the Saver that it
// was written by: one that is made of its SaverDef, else a new one of the graph's variables, else
// nothing where there are none. `path` is a `.meta` file, binary or text, or whatever leads to one:
// a checkpoint's prefix, a folder.
//
// NOT_FOUND (OSError) where there is no such file; otherwise as import_graph_def().
ICECORE_API std::optional<Saver> import_meta_graph(const std::string& path, GraphBuilder& graph,
                                                   const ImportMetaGraphOptions& options = {});
// Of an encoded MetaGraphDef.
ICECORE_API std::optional<Saver> import_meta_graph_def(std::string_view meta_graph_def,
                                                       GraphBuilder& graph,
                                                       const ImportMetaGraphOptions& options = {});

// tf.train.write_graph: the graph as text (as 1.15.5 writes it, floats as doubles) or binary, in a
// folder that is made where it is missing. Gives the path.
ICECORE_API std::string write_graph(const Graph& graph, const std::string& folder,
                                    const std::string& name, bool as_text = true);
ICECORE_API std::string write_graph(const GraphBuilder& graph, const std::string& folder,
                                    const std::string& name, bool as_text = true);

}  // namespace icecore::inline v0
