// What a graph that is imported says of ops: its functions, its versions, the ops of its producer.
#pragma once

#include <icecore/op_set.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/builder_data.h"
#include "graph/graph_data.h"

namespace icecore::inline v0 {

class ImportedOps {
 public:
  explicit ImportedOps(BuilderData& graph);
  ImportedOps(const ImportedOps&) = delete;
  ImportedOps& operator=(const ImportedOps&) = delete;
  // Leaves the graph's ops, functions and versions as they were, unless they are to be kept.
  ~ImportedOps();

  // Adds them to the graph's. INVALID_ARGUMENT (ValueError) where the versions say that the graph
  // is not for us, or a function differs from one of its name.
  void read(const GraphData& source, const std::string& producer_op_list);
  void keep() { kept_ = true; }

  // The encoded default that the producer gives an attribute.
  std::optional<Span> producer_default(std::string_view op, std::string_view attr) const;
  // versions.producer of what is imported.
  std::int64_t producer() const { return producer_; }

 private:
  void read_versions(const GraphData& source);
  void read_library(const GraphData& source);
  void read_producer(const std::string& op_list);

  BuilderData& graph_;
  OpSet ops_before_;
  std::int64_t producer_before_, min_consumer_before_;
  std::size_t functions_before_, gradients_before_;
  std::int64_t producer_ = 0;
  bool kept_ = false;
  Span producer_list_;
  std::map<std::pair<std::string, std::string>, Span, std::less<>> defaults_;
};

}  // namespace icecore::inline v0
