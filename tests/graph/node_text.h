// Graphs for tests, written as text.
#pragma once

#include <icecore/graph.h>

#include <string_view>

#include "graph/graph_data.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {

inline Graph graph_of(std::string_view text) {
  return parse_graph(parse_text(text, message_schema("GraphDef")));
}

}  // namespace icecore::inline v0
