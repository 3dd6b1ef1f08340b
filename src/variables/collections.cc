// Variables by the collections that hold them.
#include <icecore/variable.h>

namespace icecore::inline v0 {
namespace {

std::vector<Variable> variables_in(const GraphBuilder& graph, std::string_view collection,
                                   std::string_view scope) {
  std::vector<Variable> found;
  for (CollectionItem& item : graph.collection(collection, scope)) {
    if (auto* variable = std::get_if<Variable>(&item.value)) found.push_back(std::move(*variable));
  }
  return found;
}

}  // namespace

std::vector<Variable> global_variables(const GraphBuilder& graph, std::string_view scope) {
  return variables_in(graph, GraphKeys::kGlobalVariables, scope);
}

std::vector<Variable> trainable_variables(const GraphBuilder& graph, std::string_view scope) {
  return variables_in(graph, GraphKeys::kTrainableVariables, scope);
}

std::vector<Variable> local_variables(const GraphBuilder& graph, std::string_view scope) {
  return variables_in(graph, GraphKeys::kLocalVariables, scope);
}

}  // namespace icecore::inline v0
