#include "saver/export_scope.h"

#include <algorithm>
#include <initializer_list>

#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/scope_names.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kUnbound = "$unbound_inputs_";

class Scoping {
 public:
  explicit Scoping(std::string_view scope) : scope_(scope) {}

  Span scoped(const Span& encoded) {
    const NodeDef node = decode_node(encoded);
    Piece piece;
    for (Cursor c(encoded); c.next();) {
      const std::uint32_t field = c.field();
      if (field == pb::NodeDef::name) {
        piece.text(field, strip_scope(c.bytes().read(), scope_));
      } else if (field == pb::NodeDef::input) {
        piece.text(field, input(c.bytes().read()));
      } else if (field == pb::NodeDef::attr) {
        add_attr(piece, node, c.bytes());
      } else {
        piece.append(c.raw());
      }
    }
    return piece.finish();
  }

  std::vector<std::string> unbound_inputs;

 private:
  std::string input(const std::string& name) {
    const std::size_t mark = name.starts_with('^') ? 1 : 0;
    if (std::string_view(name).substr(mark).starts_with(scope_)) return strip_scope(name, scope_);
    std::string unbound = name.substr(0, mark) + std::string(kUnbound) + name.substr(mark);
    unbound_inputs.push_back(unbound);
    return unbound;
  }

  void add_attr(Piece& piece, const NodeDef& node, const Span& entry) {
    std::string key;
    Span value;
    for (Cursor c(entry); c.next();) {
      if (c.field() == pb::map_entry::key) key = c.bytes().read();
      if (c.field() == pb::map_entry::value) value = c.bytes();
    }
    Piece changed;
    changed.text(pb::map_entry::key, key);
    if (key == "_class") {
      std::vector<std::string> groups;
      for (const std::string& group : attr_strings(&value)) {
        const std::size_t at = group.find('@');
        const std::string_view name = std::string_view(group).substr(at + 1);
        if (name.starts_with(scope_)) groups.push_back(strip_scope(group, scope_));
      }
      changed.message(pb::map_entry::value, encode_attr(groups));
    } else if (key == "frame_name" && (node.op == "Enter" || node.op == "RefEnter")) {
      changed.message(pb::map_entry::value, encode_attr(strip_scope(attr_bytes(&value), scope_)));
    } else {
      changed.message(pb::map_entry::value, value);
    }
    piece.message(pb::NodeDef::attr, changed);
  }

  std::string_view scope_;
};

// The message, in which the strings of these fields are others.
template <typename Change>
std::string with_names(std::string_view message, std::initializer_list<std::uint32_t> fields,
                       const Change& change) {
  Piece piece;
  for (Cursor c(Span::of(std::string(message))); c.next();) {
    if (std::ranges::find(fields, c.field()) == fields.end()) {
      piece.append(c.raw());
      continue;
    }
    const std::uint32_t field = c.field();
    piece.text(field, change(c.bytes().read()));
  }
  return piece.bytes();
}

struct Rename {
  std::string_view strip, add;
  std::string operator()(const std::string& name) const {
    return prepend_scope(strip_scope(name, strip), add);
  }
};

}  // namespace

ScopedGraph scoped_graph(const Graph& graph, std::string_view scope) {
  Scoping scoping(scope);
  std::vector<Span> nodes;
  const GraphData& data = graph.data();
  for (std::size_t i = 0; i < data.nodes.size(); ++i) {
    if (is_exported(data.names[i], scope)) nodes.push_back(scoping.scoped(data.nodes[i]));
  }
  return {make_graph(std::move(nodes), data.others), std::move(scoping.unbound_inputs)};
}

bool is_exported(std::string_view name, std::string_view scope) {
  return name.starts_with(kUnbound) || name.starts_with(scope);
}

std::string rescoped_variable_def(std::string_view def, std::string_view strip,
                                  std::string_view add) {
  namespace Def = pb::VariableDef;
  const Rename rename{strip, add};
  const std::string renamed = with_names(
      def, {Def::variable_name, Def::initializer_name, Def::snapshot_name, Def::initial_value_name},
      rename);
  return with_names(renamed, {Def::save_slice_info_def}, [&](const std::string& slice) {
    return with_names(slice, {pb::SaveSliceInfoDef::full_name}, rename);
  });
}

std::string rescoped_saver_def(std::string_view def, std::string_view strip, std::string_view add) {
  namespace Def = pb::SaverDef;
  return with_names(def, {Def::filename_tensor_name, Def::save_tensor_name, Def::restore_op_name},
                    Rename{strip, add});
}

std::string rescoped_queue_runner_def(std::string_view def, std::string_view strip,
                                      std::string_view add) {
  namespace Def = pb::QueueRunnerDef;
  return with_names(
      def, {Def::queue_name, Def::enqueue_op_name, Def::close_op_name, Def::cancel_op_name},
      Rename{strip, add});
}

std::string first_name(std::string_view def) {
  for (Cursor c(Span::of(std::string(def))); c.next();) {
    if (c.field() == 1) return c.bytes().read();
  }
  return {};
}

}  // namespace icecore::inline v0
