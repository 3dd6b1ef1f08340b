// VariableDef messages (tf-rules 6).
#include <icecore/variable.h>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/piece.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

std::string packed(const std::vector<std::int64_t>& numbers) {
  std::string bytes;
  for (const std::int64_t number : numbers) {
    append_varint(bytes, static_cast<std::uint64_t>(number));
  }
  return bytes;
}

Piece encode_slice(const SaveSliceInfo& slice) {
  namespace Def = pb::SaveSliceInfoDef;
  Piece piece;
  piece.text(Def::full_name, slice.full_name);
  piece.text_if_any(Def::full_shape, packed(slice.full_shape));
  piece.text_if_any(Def::var_offset, packed(slice.offset));
  piece.text_if_any(Def::var_shape, packed(slice.shape));
  return piece;
}

// A repeated int64, packed or not.
void read_numbers(Cursor& c, std::vector<std::int64_t>& numbers) {
  if (c.wire_type() == WireType::kVarint) {
    numbers.push_back(c.int64());
    return;
  }
  for_each_packed(c.bytes(), WireType::kVarint, [&](std::uint64_t value) {
    numbers.push_back(static_cast<std::int64_t>(value));
  });
}

SaveSliceInfo parse_slice(const Span& encoded) {
  namespace Def = pb::SaveSliceInfoDef;
  SaveSliceInfo slice;
  for (Cursor c(encoded); c.next();) {
    switch (c.field()) {
      case Def::full_name:
        slice.full_name = c.text();
        break;
      case Def::full_shape:
        read_numbers(c, slice.full_shape);
        break;
      case Def::var_offset:
        read_numbers(c, slice.offset);
        break;
      case Def::var_shape:
        read_numbers(c, slice.shape);
        break;
      default:
        break;
    }
  }
  return slice;
}

struct Names {
  std::string variable, initializer, snapshot, initial_value;
};

// ops.prepend_name_scope.
std::string within(std::string_view scope, const std::string& name) {
  if (scope.empty() || name.empty()) return name;
  if (scope.ends_with('/')) scope.remove_suffix(1);
  return std::string(scope) + "/" + name;
}

// The read of a resource variable behind its snapshot, which a caching device may have put beyond.
Output read_behind(Output snapshot) {
  // A damaged graph may lead in a circle.
  for (int left = snapshot.op().graph().num_operations(); snapshot.op().type() != "ReadVariableOp";
       --left) {
    if (snapshot.op().num_inputs() == 0 || left == 0) {
      refuse_as(Misuse::kValue, "the snapshot " + quoted(snapshot.name()) +
                                    " of a resource variable reads no variable");
    }
    snapshot = snapshot.op().input(0);
  }
  return snapshot;
}

}  // namespace

std::string variable_def(const Variable& variable) {
  namespace Def = pb::VariableDef;
  const VariableData& data = variable.data();
  Piece piece;
  piece.text(Def::variable_name, variable.name());
  piece.text(Def::initializer_name, variable.initializer().name());
  piece.text(Def::snapshot_name, data.snapshot.name());
  if (data.save_slice) piece.message(Def::save_slice_info_def, encode_slice(*data.save_slice));
  if (data.is_resource) piece.boolean(Def::is_resource, true);
  if (const auto initial_value = initial_value_of(variable)) {
    piece.text(Def::initial_value_name, initial_value->name());
  }
  if (data.trainable) piece.boolean(Def::trainable, true);
  if (data.synchronization != 0) piece.int64(Def::synchronization, data.synchronization);
  if (data.aggregation != 0) piece.int64(Def::aggregation, data.aggregation);
  return piece.bytes();
}

Variable variable_from_def(const GraphBuilder& graph, std::string_view encoded,
                           std::string_view import_scope) {
  namespace Def = pb::VariableDef;
  auto data = std::make_shared<VariableData>();
  data->trainable = false;
  Names names;
  for (Cursor c(Span::of(std::string(encoded))); c.next();) {
    switch (c.field()) {
      case Def::variable_name:
        names.variable = within(import_scope, std::string(c.text()));
        break;
      case Def::initializer_name:
        names.initializer = within(import_scope, std::string(c.text()));
        break;
      case Def::snapshot_name:
        names.snapshot = within(import_scope, std::string(c.text()));
        break;
      case Def::initial_value_name:
        names.initial_value = within(import_scope, std::string(c.text()));
        break;
      case Def::save_slice_info_def:
        data->save_slice = parse_slice(c.bytes());
        data->save_slice->full_name = within(import_scope, data->save_slice->full_name);
        break;
      case Def::is_resource:
        data->is_resource = c.boolean();
        break;
      case Def::trainable:
        data->trainable = c.boolean();
        break;
      case Def::synchronization:
        data->synchronization = c.int64();
        break;
      case Def::aggregation:
        data->aggregation = c.int64();
        break;
      default:
        break;
    }
  }
  data->ref = graph.get_tensor_by_name(names.variable);
  if (data->is_resource && data->ref.op().type() != "VarHandleOp") {
    refuse_as(Misuse::kValue, quoted(names.variable) + " is no handle of a resource variable");
  }
  data->initializer = graph.get_operation_by_name(names.initializer);
  if (!names.initial_value.empty()) {
    data->initial_value = graph.get_tensor_by_name(names.initial_value);
  }
  if (!data->is_resource) {
    data->snapshot = graph.get_tensor_by_name(names.snapshot);
  } else if (names.snapshot.empty()) {
    data->snapshot = graph.get_tensor_by_name(data->ref.op().name() + "/Read/ReadVariableOp:0");
  } else {
    data->snapshot = read_behind(graph.get_tensor_by_name(names.snapshot));
  }
  return Variable(std::move(data));
}

}  // namespace icecore::inline v0
