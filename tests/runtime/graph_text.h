// Graphs of tests, in text format.
#pragma once

#include <icecore/graph.h>

#include <string>

#include "graph/graph_data.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {

inline Graph graph_of(const std::string& text) {
  return parse_graph(parse_text(text, *find_message("GraphDef")));
}

}  // namespace icecore::inline v0
