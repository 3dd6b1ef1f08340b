#include "graph/imported_ops.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/op_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kConsumer = 134;  // TF_GRAPH_DEF_VERSION of 1.15.5.

// The first field of that number: a message, or nothing.
Span field_of(const Span& message, std::uint32_t number) {
  Span found;
  for (Cursor c(message); c.next();) {
    if (c.field() == number && c.wire_type() == WireType::kBytes) found = c.bytes();
  }
  return found;
}

std::string name_of_op_def(const Span& op_def) {
  std::string name;
  for (Cursor c(op_def); c.next();) {
    if (c.field() == pb::OpDef::name) name = c.text();
  }
  return name;
}

}  // namespace

ImportedOps::ImportedOps(BuilderData& graph)
    : graph_(graph),
      ops_before_(graph.ops),
      producer_before_(graph.producer),
      min_consumer_before_(graph.min_consumer),
      functions_before_(graph.functions.size()),
      gradients_before_(graph.function_gradients.size()) {}

ImportedOps::~ImportedOps() {
  if (kept_) return;
  graph_.ops = ops_before_;
  graph_.producer = producer_before_;
  graph_.min_consumer = min_consumer_before_;
  graph_.functions.resize(functions_before_);
  graph_.function_gradients.resize(gradients_before_);
}

void ImportedOps::read(const GraphData& source, const std::string& producer_op_list) {
  read_versions(source);
  read_library(source);
  read_producer(producer_op_list);
}

void ImportedOps::read_versions(const GraphData& source) {
  std::int64_t min_consumer = 0;
  bool is_bad = false;
  for (const OtherField& other : source.others) {
    if (other.field != pb::GraphDef::versions) continue;
    for (Cursor field(other.encoded); field.next();) {
      for (Cursor c(field.bytes()); c.next();) {
        if (c.field() == pb::VersionDef::producer) producer_ = c.int32();
        if (c.field() == pb::VersionDef::min_consumer) min_consumer = c.int32();
        if (c.field() != pb::VersionDef::bad_consumers) continue;
        if (c.wire_type() == WireType::kVarint) {
          is_bad = c.int32() == kConsumer || is_bad;
          continue;
        }
        for_each_packed(c.bytes(), WireType::kVarint, [&](std::uint64_t version) {
          is_bad = is_bad || version == static_cast<std::uint64_t>(kConsumer);
        });
      }
    }
  }
  if (min_consumer > kConsumer) {
    refuse_as(Misuse::kValue, "GraphDef min consumer version " + std::to_string(min_consumer) +
                                  " above current version " + std::to_string(kConsumer) +
                                  " for TensorFlow 1.15.5.  Please upgrade TensorFlow.");
  }
  if (is_bad) {
    refuse_as(Misuse::kValue, "GraphDef disallows consumer version " + std::to_string(kConsumer) +
                                  ".  Please upgrade TensorFlow: this version is likely buggy.");
  }
  graph_.producer = std::min(graph_.producer, producer_);
  graph_.min_consumer = std::max(graph_.min_consumer, min_consumer);
}

void ImportedOps::read_library(const GraphData& source) {
  constexpr std::int64_t kFunctionsSince = 12;
  for (const OtherField& other : source.others) {
    if (other.field != pb::GraphDef::library) continue;
    for (Cursor field(other.encoded); field.next();) {
      for (Cursor c(field.bytes()); c.next();) {
        if (c.field() == pb::FunctionDefLibrary::gradient) {
          graph_.function_gradients.push_back(c.bytes());
        }
        if (c.field() != pb::FunctionDefLibrary::function) continue;
        const Span function = c.bytes();
        const Span op_def = field_of(function, pb::FunctionDef::signature);
        std::string name = name_of_op_def(op_def);
        const auto known =
            std::ranges::find(graph_.functions, name, &std::pair<std::string, Span>::first);
        if (known != graph_.functions.end()) {
          if (known->second.read() == function.read()) continue;
          refuse_as(Misuse::kValue, "Cannot add function " + quoted(name) +
                                        " because a different function with the same name "
                                        "already exists.");
        }
        try {
          graph_.ops.add_signature(signature_text(op_def));
        } catch (const Error& error) {
          throw error.with_context("the function '" + name + "'");
        }
        graph_.functions.emplace_back(std::move(name), function);
        graph_.min_consumer = std::max(graph_.min_consumer, kFunctionsSince);
      }
    }
  }
}

void ImportedOps::read_producer(const std::string& op_list) {
  if (op_list.empty()) return;
  producer_list_ = Span::of(op_list);
  for (Cursor list(producer_list_); list.next();) {
    if (list.field() != pb::OpList::op) continue;
    const Span op_def = list.bytes();
    const std::string name = name_of_op_def(op_def);
    if (graph_.ops.signature(name) == nullptr) {
      graph_.ops.add_signature(signature_text(op_def));
      continue;
    }
    for (Cursor c(op_def); c.next();) {
      if (c.field() != pb::OpDef::attr) continue;
      const Span attr = c.bytes();
      std::string attr_name;
      for (Cursor a(attr); a.next();) {
        if (a.field() == pb::OpDef_AttrDef::name) attr_name = a.text();
      }
      Span value = field_of(attr, pb::OpDef_AttrDef::default_value);
      if (!value.empty()) defaults_.emplace(std::pair(name, attr_name), std::move(value));
    }
  }
}

std::optional<Span> ImportedOps::producer_default(std::string_view op,
                                                  std::string_view attr) const {
  const auto found = defaults_.find(std::pair(std::string(op), std::string(attr)));
  if (found == defaults_.end()) return std::nullopt;
  return found->second;
}

}  // namespace icecore::inline v0
