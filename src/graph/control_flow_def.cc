// Contexts as meta graphs hold them (control_flow.proto; control_flow_ops.py: to_proto,
// from_proto).
#include <icecore/control_flow.h>
#include <icecore/error.h>

#include <algorithm>
#include <map>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "graph/scope_names.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

Piece values_def(const GraphBuilder& graph, const ControlFlowContext& context,
                 std::string_view scope) {
  Piece def;
  std::vector<std::string_view> names(context.values().begin(), context.values().end());
  std::ranges::sort(names);
  for (const std::string_view name : names) {
    def.text(pb::ValuesDef::values, strip_scope(name, scope));
  }
  std::map<std::string, std::string> external;
  for (const auto& [name, output] : context.external_values(graph)) {
    external.insert_or_assign(strip_scope(name, scope), strip_scope(output.name(), scope));
  }
  for (const auto& [name, value] : external) {
    Piece entry;
    entry.text(pb::map_entry::key, name).text(pb::map_entry::value, value);
    def.message(pb::ValuesDef::external_values, entry);
  }
  return def;
}

Piece context_def(const GraphBuilder& graph, const ControlFlowContext& context,
                  std::string_view scope);

void add_nested(Piece& def, std::uint32_t field, const GraphBuilder& graph,
                const ControlFlowContext& context, std::string_view scope) {
  for (const auto& nested : context.nested_contexts()) {
    Piece wrapped;
    wrapped.message(nested->is_while() ? pb::ControlFlowContextDef::while_ctxt
                                       : pb::ControlFlowContextDef::cond_ctxt,
                    context_def(graph, *nested, scope));
    def.message(field, wrapped);
  }
}

Piece cond_def(const GraphBuilder& graph, const CondContext& context, std::string_view scope) {
  Piece def;
  def.text_if_any(pb::CondContextDef::context_name, strip_scope(context.name(), scope));
  def.text_if_any(pb::CondContextDef::pred_name, strip_scope(context.pred(graph).name(), scope));
  def.text_if_any(pb::CondContextDef::pivot_name, strip_scope(context.pivot(graph).name(), scope));
  if (context.branch() != 0) def.int64(pb::CondContextDef::branch, context.branch());
  def.message(pb::CondContextDef::values_def, values_def(graph, context, scope));
  add_nested(def, pb::CondContextDef::nested_contexts, graph, context, scope);
  return def;
}

Piece while_def(const GraphBuilder& graph, const WhileContext& context, std::string_view scope) {
  namespace Def = pb::WhileContextDef;
  const auto name = [&](const std::optional<Output>& output) {
    return output ? strip_scope(output->name(), scope) : std::string();
  };
  Piece def;
  def.text_if_any(Def::context_name, strip_scope(context.name(), scope));
  def.int64(Def::parallel_iterations, context.parallel_iterations());
  if (context.back_prop()) def.boolean(Def::back_prop, true);
  if (context.swap_memory()) def.boolean(Def::swap_memory, true);
  def.text_if_any(Def::pivot_name, name(context.pivot(graph)));
  def.text_if_any(Def::pivot_for_pred_name, name(context.pivot_for_pred(graph)));
  def.text_if_any(Def::pivot_for_body_name, name(context.pivot_for_body(graph)));
  for (const Output& exit : context.loop_exits(graph)) def.text(Def::loop_exit_names, name(exit));
  def.message(Def::values_def, values_def(graph, context, scope));
  for (const Output& enter : context.loop_enters(graph)) {
    def.text(Def::loop_enter_names, name(enter));
  }
  def.text_if_any(Def::maximum_iterations_name, name(context.maximum_iterations(graph)));
  add_nested(def, Def::nested_contexts, graph, context, scope);
  return def;
}

Piece context_def(const GraphBuilder& graph, const ControlFlowContext& context,
                  std::string_view scope) {
  if (const auto* loop = dynamic_cast<const WhileContext*>(&context)) {
    return while_def(graph, *loop, scope);
  }
  return cond_def(graph, dynamic_cast<const CondContext&>(context), scope);
}

// The depth to which contexts may be nested in a file.
constexpr int kMostNested = 100;

}  // namespace

// Reads contexts of a graph whose nodes are there already.
class ContextDecoder {
 public:
  ContextDecoder(GraphBuilder& graph, std::string_view scope) : graph_(graph), scope_(scope) {}

  std::shared_ptr<CondContext> cond(const Span& def) {
    graph_.unique_name("cond_text");  // TensorFlow draws one, which it then doesn't use.
    std::string name, pred, pivot;
    int branch = 0;
    Span values;
    std::vector<Span> nested;
    for (Cursor c(def); c.next();) {
      switch (c.field()) {
        case pb::CondContextDef::context_name:
          name = whole(c.bytes());
          break;
        case pb::CondContextDef::pred_name:
          pred = whole(c.bytes());
          break;
        case pb::CondContextDef::pivot_name:
          pivot = whole(c.bytes());
          break;
        case pb::CondContextDef::branch:
          branch = c.varint() == 0 ? 0 : 1;
          break;
        case pb::CondContextDef::values_def:
          values = c.bytes();
          break;
        case pb::CondContextDef::nested_contexts:
          nested.push_back(c.bytes());
          break;
        default:
          break;
      }
    }
    auto context = std::make_shared<CondContext>(name, graph_.control_flow_context(),
                                                 boolean(pred, name), boolean(pivot, name), branch);
    ControlFlowContext::adopt(graph_, context);
    read_values(context, values);
    read_nested(context, nested);
    return context;
  }

  std::shared_ptr<WhileContext> loop(const Span& def) {
    namespace Def = pb::WhileContextDef;
    std::string name;
    WhileLoopOptions options{.parallel_iterations = 0, .back_prop = false};
    std::string maximum, pivot, pivot_for_pred, pivot_for_body;
    std::vector<std::string> exits, enters;
    Span values;
    std::vector<Span> nested;
    for (Cursor c(def); c.next();) {
      switch (c.field()) {
        case Def::context_name:
          name = whole(c.bytes());
          break;
        case Def::parallel_iterations:
          options.parallel_iterations = static_cast<std::int32_t>(c.varint());
          break;
        case Def::back_prop:
          options.back_prop = c.varint() != 0;
          break;
        case Def::swap_memory:
          options.swap_memory = c.varint() != 0;
          break;
        case Def::pivot_name:
          pivot = whole(c.bytes());
          break;
        case Def::pivot_for_pred_name:
          pivot_for_pred = whole(c.bytes());
          break;
        case Def::pivot_for_body_name:
          pivot_for_body = whole(c.bytes());
          break;
        case Def::loop_exit_names:
          exits.push_back(whole(c.bytes()));
          break;
        case Def::values_def:
          values = c.bytes();
          break;
        case Def::loop_enter_names:
          enters.push_back(whole(c.bytes()));
          break;
        case Def::maximum_iterations_name:
          maximum = whole(c.bytes());
          break;
        case Def::nested_contexts:
          nested.push_back(c.bytes());
          break;
        default:
          break;
      }
    }
    auto context = std::make_shared<WhileContext>(name, graph_.control_flow_context(), options);
    if (!maximum.empty()) context->maximum_iterations_ = key(maximum);
    context->pivot_for_pred_ = key(pivot_for_pred);
    context->pivot_for_body_ = key(pivot_for_body);
    context->pivot_ = key(pivot);
    for (const std::string& exit : exits) context->exits_.push_back(key(exit));
    for (const std::string& enter : enters) context->enters_.push_back(key(enter));
    ControlFlowContext::adopt(graph_, context);
    read_values(context, values);
    if (!scope_.empty()) rename_frames(*context);
    read_nested(context, nested);
    return context;
  }

 private:
  std::string whole(const Span& name) const { return prepend_scope(name.read(), scope_); }

  ControlFlowContext::TensorKey key(const std::string& name) const {
    return ControlFlowContext::key_of(graph_.get_tensor_by_name(name));
  }

  Output boolean(const std::string& name, const std::string& context) const {
    Output output = graph_.get_tensor_by_name(name);
    if (output.dtype() != DType::kBool) {
      refuse_as(Misuse::kValue, "the context " + quoted(context) + " hangs on " + quoted(name) +
                                    ", which isn't a bool");
    }
    return output;
  }

  void read_values(const std::shared_ptr<ControlFlowContext>& context, const Span& def) {
    std::unordered_set<std::string> names;
    context->external_values_.clear();
    for (Cursor c(def); c.next();) {
      if (c.field() == pb::ValuesDef::values) names.insert(whole(c.bytes()));
      if (c.field() != pb::ValuesDef::external_values) continue;
      std::string name = whole(Span()), value = name;
      const Span entry = c.bytes();
      for (Cursor e(entry); e.next();) {
        if (e.field() == pb::map_entry::key) name = whole(e.bytes());
        if (e.field() == pb::map_entry::value) value = whole(e.bytes());
      }
      context->set_external_value(name, graph_.get_tensor_by_name(value));
    }
    for (const std::string& name : names) {
      if (context->external_values_.contains(name)) continue;
      const std::string op = name.substr(0, name.find(':'));
      set_control_flow_context(graph_.get_operation_by_name(op), context);
    }
    context->set_names(std::move(names));
  }

  // Frames are told apart by the names of their loops.
  void rename_frames(const WhileContext& context) {
    for (const std::string& name : context.values()) {
      const Operation op = graph_.get_tensor_by_name(name).op();
      const std::string type = op.type();
      if (type != "Enter" && type != "RefEnter") continue;
      graph_.set_attr(op, "frame_name", context.name());
    }
  }

  void read_nested(const std::shared_ptr<ControlFlowContext>& context,
                   const std::vector<Span>& nested) {
    if (!nested.empty() && ++depth_ > kMostNested) {
      refuse_as(Misuse::kValue, "the contexts in " + quoted(context->name()) +
                                    " are nested more than " + std::to_string(kMostNested) +
                                    " deep");
    }
    const ScopeGuard inside = enter_context(graph_, context);
    for (const Span& def : nested) {
      for (Cursor c(def); c.next();) {
        if (c.field() == pb::ControlFlowContextDef::cond_ctxt) cond(c.bytes());
        if (c.field() == pb::ControlFlowContextDef::while_ctxt) loop(c.bytes());
      }
    }
    if (!nested.empty()) --depth_;
  }

  GraphBuilder& graph_;
  std::string_view scope_;
  int depth_ = 0;
};

std::string control_flow_context_def(const GraphBuilder& graph, const ControlFlowContext& context,
                                     std::string_view export_scope) {
  return context_def(graph, context, export_scope).bytes();
}

std::shared_ptr<CondContext> cond_context_from_def(GraphBuilder& graph, std::string_view def,
                                                   std::string_view import_scope) {
  return ContextDecoder(graph, import_scope).cond(Span::of(std::string(def)));
}

std::shared_ptr<WhileContext> while_context_from_def(GraphBuilder& graph, std::string_view def,
                                                     std::string_view import_scope) {
  return ContextDecoder(graph, import_scope).loop(Span::of(std::string(def)));
}

}  // namespace icecore::inline v0
