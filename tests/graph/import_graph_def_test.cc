#include <gtest/gtest.h>
#include <icecore/import_graph_def.h>

#include "graph/failure.h"
#include "graph/graph_data.h"
#include "graph/node_text.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

GraphBuilder empty_graph() {
  return GraphBuilder(OpSet());
}

std::string failure_of(std::string_view text, const ImportOptions& options = {}) {
  GraphBuilder graph = empty_graph();
  const std::string said = failure([&] { import_graph_def(graph, graph_of(text), options); });
  EXPECT_EQ(graph.num_operations(), 0) << "what failed is taken back";
  EXPECT_EQ(graph.producer(), 134);
  return said;
}

constexpr char kPlaceholder[] = R"(
  node { name: "x" op: "Placeholder"
         attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" value { shape { } } } })";

std::string with_identity(const std::string& input) {
  return std::string(kPlaceholder) + R"(
    node { name: "i" op: "Identity" input: ")" +
         input + R"(" attr { key: "T" value { type: DT_FLOAT } } })";
}

TEST(ImportGraphDef, WhatIsWrongWithAGraphIsAValueError) {
  EXPECT_EQ(failure_of(with_identity("y")), "ValueError: Node 'i': Unknown input node 'y'");
  EXPECT_EQ(failure_of(with_identity("^y")), "ValueError: Node 'i': Unknown input node '^y'");
  EXPECT_EQ(failure_of(std::string(kPlaceholder) + kPlaceholder),
            "ValueError: Node 'x' is not unique");
  EXPECT_EQ(failure_of(with_identity("x:1")),
            "ValueError: Node 'i': Connecting to invalid output 1 of source node x which has 1 "
            "outputs.");
  EXPECT_EQ(failure_of(with_identity("i")), "ValueError: 1 nodes in a cycle");
  EXPECT_EQ(failure_of(R"(node { name: "a b" op: "NoOp" })"),
            "ValueError: Node 'a b': Node name contains invalid characters");
  EXPECT_EQ(failure_of(R"(node { name: "a" })"),
            "ValueError: Node 'a' does not specify an operation");
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "NoOp" attr { key: "foo" value { i: 1 } } })"),
            "ValueError: NodeDef mentions attr 'foo' not in Op<name=NoOp>; NodeDef: {{node a}}");
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "Placeholder" })"),
            "ValueError: NodeDef missing attr 'dtype' from Op<name=Placeholder>; NodeDef: {{node "
            "a}}");
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "NoOp"
                                 attr { key: "_class" value { list { s: "loc:@b" } } } })"),
            "ValueError: Node 'a' expects to be colocated with unknown node 'b'");
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "Identity" input: "^a" input: "a" })"),
            "ValueError: Node 'a': Control dependencies must come after regular dependencies");
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "NoOp" } versions { min_consumer: 200 })"),
            "ValueError: GraphDef min consumer version 200 above current version 134 for "
            "TensorFlow 1.15.5.  Please upgrade TensorFlow.");
}

TEST(ImportGraphDef, TypesMustAgree) {
  EXPECT_EQ(failure_of(std::string(kPlaceholder) + R"(
              node { name: "i" op: "Identity" input: "x"
                     attr { key: "T" value { type: DT_INT32 } } })"),
            "ValueError: Input 0 of node import/i was passed float from import/x:0 incompatible "
            "with expected int32.");
  EXPECT_EQ(
      failure_of(R"(node { name: "a" op: "Placeholder" attr { key: "dtype" value { i: 1 } } })"),
      "ValueError: AttrValue had value with type 'int' when 'type' expected\n\t for attr "
      "'dtype'\n\t; NodeDef: {{node a}}");
}

TEST(ImportGraphDef, AttributesHaveValuesThatTheOpAllows) {
  EXPECT_EQ(failure_of(std::string(kPlaceholder) + R"(
              node { name: "n" op: "Neg" input: "x" attr { key: "T" value { type: DT_STRING } } })"),
            "ValueError: Value for attr 'T' of string is not in the list of allowed values: "
            "bfloat16, half, float, double, int32, int64, complex64, complex128\n\t; NodeDef: "
            "{{node n}}");
  const auto pool = [](const std::string& sizes, const std::string& padding) {
    return std::string(kPlaceholder) + R"(
      node { name: "p" op: "MaxPool" input: "x"
             attr { key: "T" value { type: DT_FLOAT } }
             attr { key: "ksize" value { list { )" +
           sizes + R"( } } }
             attr { key: "strides" value { list { i: 1 i: 1 i: 1 i: 1 } } }
             attr { key: "padding" value { s: ")" +
           padding + R"(" } } })";
  };
  EXPECT_EQ(failure_of(pool("i: 1 i: 1 i: 1 i: 1", "foo")),
            "ValueError: Value for attr 'padding' of \"foo\" is not in the list of allowed values: "
            "\"SAME\", \"VALID\"\n\t; NodeDef: {{node p}}");
  EXPECT_EQ(failure_of(pool("i: 1", "SAME")),
            "ValueError: Length for attr 'ksize' of 1 must be at least minimum 4\n\t; NodeDef: "
            "{{node p}}");
  EXPECT_EQ(failure_of(R"(node { name: "s" op: "AddN" attr { key: "N" value { i: 0 } }
                                 attr { key: "T" value { type: DT_FLOAT } } })"),
            "ValueError: Value for attr 'N' of 0 must be at least minimum 1\n\t; NodeDef: {{node "
            "s}}");
  EXPECT_EQ(failure_of(R"(node { name: "e" op: "ParseSingleExample"
                                 attr { key: "Tdense" value { list { type: DT_BOOL } } } })"),
            "ValueError: Value for attr 'Tdense' of bool is not in the list of allowed values: "
            "float, int64, string\n\t; NodeDef: {{node e}}");
}

TEST(ImportGraphDef, UnknownOpsAreNotFoundAllAtOnce) {
  EXPECT_EQ(failure_of(R"(node { name: "a" op: "Foo" } node { name: "b" op: "Bar" })"),
            "NOT_FOUND: Op type not registered 'Bar' in binary running on this machine. The node "
            "'b' uses it; not registered either: Foo. Its OpDef in producer_op_list, of a meta "
            "graph in its stripped_op_list, makes an op known that is not run; so does "
            "OpSet::add_signature() in C++.");
}

TEST(ImportGraphDef, RemovedOpsAreRefusedOnlyInYoungerGraphs) {
  constexpr std::string_view kNode = R"(
    node { name: "a" op: "BatchNormWithGlobalNormalization" input: "x" input: "x" input: "x"
           input: "x" input: "x" attr { key: "T" value { type: DT_FLOAT } }
           attr { key: "variance_epsilon" value { f: 0.1 } }
           attr { key: "scale_after_normalization" value { b: true } } })";
  const std::string graph = std::string(kPlaceholder) + std::string(kNode);
  EXPECT_TRUE(
      failure_of(graph + " versions { producer: 9 }")
          .starts_with("UNIMPLEMENTED: Op BatchNormWithGlobalNormalization is not "
                       "available in GraphDef version 9. It has been removed in version 9."));
  GraphBuilder built = empty_graph();
  import_graph_def(built, graph_of(graph + " versions { producer: 8 }"));
  EXPECT_EQ(built.producer(), 8);
}

TEST(ImportGraphDef, APlaceholdersEmptyShapeIsUnknownInOldGraphs) {
  for (const auto& [versions, shape] :
       {std::pair(" versions { producer: 21 }", Shape::unknown_rank()),
        std::pair("", Shape::unknown_rank()), std::pair(" versions { producer: 22 }", Shape())}) {
    GraphBuilder graph = empty_graph();
    import_graph_def(graph, graph_of(std::string(kPlaceholder) + versions), {.name = ""});
    EXPECT_EQ(graph.get_tensor_by_name("x:0").shape(), shape) << versions;
  }
}

TEST(ImportGraphDef, GivesBackWhatIsAskedFor) {
  GraphBuilder graph = empty_graph();
  const Output one = graph.constant(Tensor::scalar(1.0F), "one");
  const auto elements = import_graph_def(
      graph, graph_of(with_identity("x")),
      {.name = "p", .input_map = {{"x", one}}, .return_elements = {"i", "i:0", "x:0"}});
  EXPECT_EQ(std::get<Operation>(elements[0]).name(), "p/i");
  EXPECT_EQ(std::get<Output>(elements[1]).name(), "p/i:0");
  EXPECT_EQ(std::get<Output>(elements[2]), one);
  EXPECT_EQ(std::get<Operation>(elements[0]).input(0), one);
  const Graph again = graph_of(with_identity("x"));
  EXPECT_EQ(failure([&] { import_graph_def(graph, again, {.return_elements = {"zz:0"}}); }),
            "ValueError: Requested return tensor 'zz:0' not found in graph def");
  EXPECT_EQ(failure([&] {
              import_graph_def(graph, again, {.input_map = {{"zz", one}}});
            }),
            "ValueError: Attempted to map inputs that were not found in graph_def: [zz:0]");
}

TEST(ImportGraphDef, StoredShapesCountAndAreDropped) {
  constexpr std::string_view kShapes = R"(
    attr { key: "_output_shapes" value { list { shape { dim { size: 2 } } } } })";
  const std::string node = R"(node { name: "x" op: "Placeholder"
    attr { key: "dtype" value { type: DT_FLOAT } }
    attr { key: "shape" value { shape { dim { size: )";
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(node + "-1 } } } }" + std::string(kShapes) + "}"), {.name = ""});
  const Output x = graph.get_tensor_by_name("x:0");
  EXPECT_EQ(x.shape(), Shape({2}));
  EXPECT_FALSE(x.op().has_attr("_output_shapes"));
  EXPECT_EQ(failure_of(node + "3 } } } }" + std::string(kShapes) + "}", {.name = ""}),
            "ValueError: Node 'x' has an _output_shapes attribute inconsistent with the GraphDef "
            "for output #0: Dimension 0 in both shapes must be equal, but are 3 and 2. Shapes are "
            "[3] and [2].");
}

TEST(ImportGraphDef, TheProducersOpsSaySignaturesAndWhatMayBeDropped) {
  const std::string ops = parse_text(R"(
    op { name: "NoOp" attr { name: "foo" type: "int" default_value { i: 3 } } }
    op { name: "Mine" input_arg { name: "a" type_attr: "T" } output_arg { name: "b" type_attr: "T" }
         attr { name: "T" type: "type" allowed_values { list { type: DT_FLOAT type: DT_HALF } } }
         attr { name: "mode" type: "string" default_value { s: "a\"b" } } })",
                                     message_schema("OpList"))
                              .read();
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(std::string(kPlaceholder) + R"(
    node { name: "n" op: "NoOp" attr { key: "foo" value { i: 3 } } }
    node { name: "m" op: "Mine" input: "x" attr { key: "T" value { type: DT_FLOAT } } })"),
                   {.name = "", .producer_op_list = ops});
  EXPECT_FALSE(graph.get_operation_by_name("n").has_attr("foo"));
  const Operation mine = graph.get_operation_by_name("m");
  EXPECT_EQ(mine.output().dtype(), DType::kFloat32);
  EXPECT_EQ(mine.info().string_attr("mode"), "a\"b");
  EXPECT_EQ(failure_of(R"(node { name: "n" op: "NoOp" attr { key: "foo" value { i: 4 } } })",
                       {.producer_op_list = ops}),
            "ValueError: NodeDef mentions attr 'foo' not in Op<name=NoOp>; NodeDef: {{node n}}");
}

TEST(ImportGraphDef, DefaultsThatAYoungerTensorFlowWroteDownAreDropped) {
  const std::string node = R"(
    node { name: "w" op: "VarHandleOp" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "shape" value { shape { } } }
           attr { key: "allowed_devices" value { list { )";
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(kPlaceholder + node + "} } } }"), {.name = ""});
  EXPECT_FALSE(graph.get_operation_by_name("w").has_attr("allowed_devices"));
  EXPECT_EQ(failure_of(kPlaceholder + node + "s: 'cpu' } } } }"),
            "ValueError: NodeDef mentions attr 'allowed_devices' not in Op<name=VarHandleOp>; "
            "NodeDef: {{node w}}");
}

TEST(ImportGraphDef, HintsOfAYoungerTensorFlowAreDropped) {
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(std::string(kPlaceholder) + R"(
    node { name: "w" op: "VarHandleOp" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "shape" value { shape { } } }
           attr { key: "debug_name" value { s: "w" } } }
    node { name: "a" op: "AssignVariableOp" input: "w" input: "x"
           attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "validate_shape" value { b: true } } }
    node { name: "m" op: "MatMul" input: "x" input: "x" attr { key: "T" value { type: DT_FLOAT } }
           attr { key: "grad_a" value { b: true } } attr { key: "grad_b" value { b: true } } })"),
                   {.name = ""});
  EXPECT_FALSE(graph.get_operation_by_name("w").has_attr("debug_name"));
  EXPECT_FALSE(graph.get_operation_by_name("a").has_attr("validate_shape"));
  EXPECT_FALSE(graph.get_operation_by_name("m").has_attr("grad_a"));
  EXPECT_FALSE(graph.get_operation_by_name("m").has_attr("grad_b"));
}

TEST(ImportGraphDef, FunctionsComeAlong) {
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(std::string(kPlaceholder) + R"(
    node { name: "call" op: "twice" input: "x" }
    library { function { signature { name: "twice"
                                     input_arg { name: "a" type: DT_FLOAT }
                                     output_arg { name: "b" type: DT_FLOAT } } } }
    versions { producer: 134 })"),
                   {.name = ""});
  EXPECT_EQ(graph.get_tensor_by_name("call:0").dtype(), DType::kFloat32);
  bool library = false;
  for (const OtherField& other : graph.graph().data().others) library = library || other.field == 2;
  EXPECT_TRUE(library);
}

TEST(ImportGraphDef, FunctionsMayBeCalledAsPythonsLambdasAre) {
  GraphBuilder graph = empty_graph();
  import_graph_def(graph, graph_of(std::string(kPlaceholder) + R"(
    node { name: "call" op: "__inference_map-2_<lambda>_8" input: "x" }
    library { function { signature { name: "__inference_map-2_<lambda>_8"
                                     input_arg { name: "args_0" type: DT_FLOAT }
                                     output_arg { name: "identity" type: DT_INT64 } } } }
    versions { producer: 134 })"),
                   {.name = ""});
  EXPECT_EQ(graph.get_tensor_by_name("call:0").dtype(), DType::kInt64);
}

}  // namespace
}  // namespace icecore::inline v0
