#include <gtest/gtest.h>
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/graph_builder.h>
#include <icecore/shape_context.h>

#include "graph/builder_data.h"
#include "graph/failure.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

GraphBuilder empty_graph() {
  return GraphBuilder(OpSet());
}

std::string const_name(GraphBuilder& graph, std::string_view name) {
  return graph.constant(Tensor::scalar(1.0F), name).op().name();
}

TEST(Names, AreUniqueWhateverTheirCase) {
  GraphBuilder graph = empty_graph();
  EXPECT_EQ(const_name(graph, "Const"), "Const");
  EXPECT_EQ(const_name(graph, "Const"), "Const_1");
  EXPECT_EQ(const_name(graph, "const"), "const_2");
  EXPECT_EQ(const_name(graph, "CONST"), "CONST_3");
  EXPECT_EQ(const_name(graph, "Const_1"), "Const_1_1");
  EXPECT_EQ(const_name(graph, "x/"), "x");
}

TEST(Names, ScopesAndOpsShareThem) {
  GraphBuilder graph = empty_graph();
  EXPECT_EQ(graph.name_scope("a").name(), "a/");
  EXPECT_EQ(graph.name_scope("a").name(), "a_1/");
  EXPECT_EQ(graph.name_scope("A").name(), "A_2/");
  EXPECT_EQ(const_name(graph, "a"), "a_3");
  EXPECT_EQ(graph.name_scope("a/").name(), "a/");
  EXPECT_EQ(graph.unique_name("foo", false), "foo");
  EXPECT_EQ(graph.unique_name("foo"), "foo");
  EXPECT_EQ(graph.unique_name("foo", false), "foo_1");
}

TEST(Names, ScopesNest) {
  GraphBuilder graph = empty_graph();
  {
    const ScopeGuard outer = graph.name_scope("s");
    EXPECT_EQ(const_name(graph, "_a"), "s/_a");
    const ScopeGuard inner = graph.name_scope("t");
    EXPECT_EQ(graph.current_name_scope(), "s/t/");
    {
      const ScopeGuard top = graph.name_scope("");
      EXPECT_EQ(const_name(graph, "c"), "c");
    }
    EXPECT_EQ(const_name(graph, "c"), "s/t/c");
  }
  EXPECT_EQ(graph.current_name_scope(), "");
}

TEST(Names, ThatAreNoneAreValueErrors) {
  GraphBuilder graph = empty_graph();
  EXPECT_EQ(failure([&] { graph.no_op("_x"); }), "ValueError: '_x' is not a valid scope name");
  EXPECT_EQ(failure([&] { const_name(graph, "_x"); }), "ValueError: '_x' is not a valid node name");
  EXPECT_EQ(failure([&] { (void)graph.name_scope("a b"); }),
            "ValueError: 'a b' is not a valid scope name");
  EXPECT_EQ(failure([&] { graph.no_op("a\\b"); }), "ValueError: 'a\\b' is not a valid scope name");
  const_name(graph, "x");
  EXPECT_EQ(failure([&] { const_name(graph, "x/"); }),
            "ValueError: Duplicate node name in graph: 'x'");
}

TEST(Devices, AreMergedAndMadeCanonical) {
  GraphBuilder graph = empty_graph();
  const ScopeGuard worker = graph.device("/job:w");
  EXPECT_EQ(graph.no_op().device(), "/job:w");
  {
    const ScopeGuard gpu = graph.device("/gpu:0");
    EXPECT_EQ(graph.no_op().device(), "/job:w/device:GPU:0");
    const ScopeGuard cpu = graph.device("/cpu:1");
    EXPECT_EQ(graph.no_op().device(), "/job:w/device:CPU:1");
    const ScopeGuard none = graph.device(std::nullopt);
    EXPECT_EQ(graph.no_op().device(), "");
    const ScopeGuard task = graph.device("/task:3/device:XLA_CPU:*");
    EXPECT_EQ(graph.no_op().device(), "/task:3/device:XLA_CPU:*");
  }
  EXPECT_EQ(failure([&] { (void)graph.device("/disk:0"); }),
            "ValueError: Unknown attribute: 'disk' in '/disk:0'");
}

TEST(Colocation, TakesOverGroupsAndDeviceAndHidesDeviceScopes) {
  GraphBuilder graph = empty_graph();
  Operation a, b;
  {
    const ScopeGuard device = graph.device("/cpu:0");
    a = graph.no_op("a");
  }
  const ScopeGuard device = graph.device("/gpu:0");
  {
    const ScopeGuard beside = graph.colocate_with(a);
    b = graph.no_op("b");
    EXPECT_EQ(b.device(), "/device:CPU:0");
    EXPECT_EQ(b.colocation_groups(), std::vector<std::string>{"a"});
  }
  const Operation d = graph.no_op("A");
  const ScopeGuard beside_b = graph.colocate_with(b);
  const ScopeGuard beside_d = graph.colocate_with(d);
  EXPECT_EQ(graph.no_op("c").colocation_groups(), (std::vector<std::string>{d.name(), "a"}));
  const ScopeGuard only = graph.colocate_with(b, true);
  EXPECT_EQ(graph.no_op("e").colocation_groups(), std::vector<std::string>{"a"});
}

std::vector<std::string> control_names(const Operation& operation) {
  std::vector<std::string> names;
  for (const Operation& input : operation.control_inputs()) names.push_back(input.name());
  return names;
}

TEST(ControlDependencies, AreLeftOutWhereDataSaysSoAlready) {
  GraphBuilder graph = empty_graph();
  const Output a = graph.constant(Tensor::scalar(1.0F), "a");
  const Output b = graph.constant(Tensor::scalar(1.0F), "b");
  const ScopeGuard after = graph.control_dependencies({b.op(), a.op(), b.op()});
  const Output direct = graph.identity(a, "direct");
  EXPECT_EQ(control_names(direct.op()), std::vector<std::string>{"b"});
  const Output inside = graph.identity(direct, "inside");
  EXPECT_TRUE(inside.op().control_inputs().empty());
  const Operation fresh = graph.no_op("fresh");
  EXPECT_EQ(control_names(fresh), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(graph.graph().node(static_cast<std::size_t>(fresh.id())).inputs,
            (std::vector<std::string>{"^a", "^b"}));
  const ScopeGuard none = graph.no_control_dependencies();
  EXPECT_TRUE(graph.no_op().control_inputs().empty());
}

TEST(Ops, HaveEveryAttributeAndConstantsNamedAfterArguments) {
  GraphBuilder graph = empty_graph();
  const Output x = graph.placeholder(DType::kFloat32, {2, -1}, "x");
  const Output sum = graph.apply_op("AddV2", {x, 1}, {}, "add").output();
  EXPECT_EQ(sum.name(), "add:0");
  EXPECT_EQ(sum.dtype(), DType::kFloat32);
  EXPECT_EQ(sum.op().input(1).name(), "add/y:0");
  EXPECT_EQ(graph.constant_value(sum.op().input(1))->item<float>(), 1);
  const Operation product = graph.apply_op("MatMul", {x, x});
  const NodeDef node =
      decode_node(graph.graph().data().nodes[static_cast<std::size_t>(product.id())]);
  EXPECT_EQ(node.attrs.size(), 3U);
  EXPECT_NE(node.attr("transpose_a"), nullptr);
  EXPECT_EQ(product.info().bool_attr("transpose_b"), false);
  EXPECT_EQ(product.name(), "MatMul");
}

TEST(Ops, MisuseIsWhatPythonRaises) {
  GraphBuilder graph = empty_graph();
  const Output x = graph.placeholder(DType::kFloat32, {}, "x");
  const Output n = graph.placeholder(DType::kInt32, {}, "n");
  const Output s = graph.placeholder(DType::kString, {}, "s");
  EXPECT_EQ(failure([&] {
              graph.apply_op("AddV2", {x, n});
            }),
            "TypeError: Input 'y' of 'AddV2' Op has type int32 that does not match type float32 "
            "of argument 'x'.");
  EXPECT_EQ(failure([&] {
              graph.apply_op("MatMul", {s, s});
            }),
            "TypeError: Value passed to parameter 'a' has DataType string not in list of allowed "
            "values: bfloat16, float16, float32, float64, int32, int64, complex64, complex128");
  EXPECT_EQ(failure([&] { graph.apply_op("NoSuchOp", {}); }),
            "RuntimeError: Unrecognized Op name NoSuchOp");
  EXPECT_EQ(failure([&] {
              graph.apply_op("Assign", {x, 1});
            }),
            "TypeError: 'Assign' Op requires that input 'ref' be a mutable tensor (e.g.: a "
            "tf.Variable)");
  EXPECT_EQ(failure([&] { graph.apply_op("Cast", {x}); }), "TypeError: No argument for attr DstT");
  EXPECT_EQ(failure([&] {
              graph.apply_op(
                  "Conv2D", {x, x},
                  {{"strides", std::vector<std::int64_t>{1, 1, 1, 1}}, {"padding", "FULL"}});
            }),
            "ValueError: Attr 'padding' of 'Conv2D' Op passed string 'FULL' not in: \"SAME\", "
            "\"VALID\", \"EXPLICIT\".");
  EXPECT_EQ(failure([&] { graph.apply_op("Pack", {std::vector<Input>{}}); }),
            "ValueError: List argument 'values' to 'Pack' Op with length 0 shorter than minimum "
            "length 1.");
  EXPECT_EQ(failure([&] {
              graph.apply_op("Pack", {std::vector<Input>{x, n}});
            }),
            "TypeError: Tensors in list passed to 'values' of 'Pack' Op have types [float32, "
            "int32] that don't all match.");
  GraphBuilder other = empty_graph();
  EXPECT_EQ(failure([&] { other.identity(x); }),
            "ValueError: Tensor 'x:0' is not an element of this graph.");
  graph.finalize();
  EXPECT_EQ(failure([&] { graph.no_op(); }),
            "RuntimeError: Graph is finalized and cannot be modified.");
}

TEST(Shapes, ThatAreWrongNameTheNodeAndItsInputs) {
  static const OpImplementation kTable[] = {{.op = "MatMul", .shape = [](ShapeContext& c) {
                                               const Shape a = with_rank(c.input(0), 2),
                                                           b = with_rank(c.input(1), 2);
                                               merge_dims(a.dim(1), b.dim(0));
                                               c.set_output(0, Shape({a.dim(0), b.dim(1)}));
                                             }}};
  OpSet ops;
  ops.add(kTable);
  GraphBuilder graph(ops);
  const Output x = graph.placeholder(DType::kFloat32, {2, 3});
  EXPECT_EQ(failure([&] {
              graph.apply_op("MatMul", {x, x});
            }),
            "ValueError: Dimensions must be equal, but are 3 and 2 for 'MatMul' (op: 'MatMul') "
            "with input shapes: [2,3], [2,3].");
  EXPECT_EQ(graph.num_operations(), 1);
  const Output y = graph.placeholder(DType::kFloat32, {3, -1});
  const Output product = graph.apply_op("MatMul", {x, y}).output();
  EXPECT_EQ(product.op().name(), "MatMul_1");
  EXPECT_EQ(product.shape(), Shape({2, -1}));
}

TEST(Lookup, SaysWhatIsWrongWithAName) {
  GraphBuilder graph = empty_graph();
  const_name(graph, "weights");
  EXPECT_EQ(graph.get_tensor_by_name("weights:0").op().id(), 0);
  EXPECT_EQ(failure([&] { graph.get_tensor_by_name("q:0"); }),
            "KeyError: The name 'q:0' refers to a Tensor which does not exist. The operation, 'q', "
            "does not exist in the graph.");
  EXPECT_EQ(failure([&] { graph.get_tensor_by_name("weights:1"); }),
            "KeyError: The name 'weights:1' refers to a Tensor which does not exist. The "
            "operation, 'weights', exists but only has 1 outputs.");
  EXPECT_EQ(failure([&] { graph.get_tensor_by_name("weights"); }),
            "ValueError: The name 'weights' refers to an Operation, not a Tensor. Tensor names "
            "must be of the form \"<op_name>:<output_index>\".");
  EXPECT_EQ(failure([&] { graph.get_operation_by_name("wieghts"); }),
            "KeyError: The name 'wieghts' refers to an Operation not in the graph. Did you mean "
            "'weights'?");
  EXPECT_EQ(failure([&] { graph.get_operation_by_name("weights:0"); }),
            "ValueError: Name 'weights:0' appears to refer to a Tensor, not a Operation.");
}

TEST(Lookup, SaysWhichInputsAndOutputsThereAre) {
  GraphBuilder graph = empty_graph();
  const Operation nothing = graph.no_op("nothing");
  EXPECT_EQ(failure([&] { nothing.input(0); }),
            "ValueError: 'nothing' has 0 inputs, and no input 0");
  EXPECT_EQ(failure([&] { nothing.input(-1); }),
            "ValueError: 'nothing' has 0 inputs, and no input -1");
  EXPECT_EQ(failure([&] { nothing.output(); }),
            "ValueError: 'nothing' has 0 outputs, and no output 0");
}

TEST(Seeds, ComeOfTheGraphsAndTheOps) {
  GraphBuilder graph = empty_graph();
  using Pair = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(graph.op_seeds({}), Pair(0, 0));
  EXPECT_EQ(graph.op_seeds(3), Pair(87654321, 3));
  EXPECT_EQ(graph.op_seeds(-5), Pair(87654321, 2147483642));
  for (int i = 0; i < 7; ++i) graph.no_op();
  graph.set_random_seed(5);
  EXPECT_EQ(graph.op_seeds({}), Pair(5, 7));
  EXPECT_EQ(graph.op_seeds(2), Pair(5, 2));
  graph.set_random_seed(0);
  EXPECT_EQ(graph.op_seeds(0), Pair(0, 2147483647));
}

TEST(Collections, KeepOrderAndFilterByScope) {
  GraphBuilder graph = empty_graph();
  const Operation a = graph.no_op("net/a"), b = graph.no_op("other/b");
  graph.add_to_collection("ops", {a});
  graph.add_to_collection("ops", {b});
  graph.add_to_collection("ops", {std::int64_t{3}});
  EXPECT_EQ(graph.collection("ops").size(), 3U);
  ASSERT_EQ(graph.collection("ops", "net/").size(), 1U);
  EXPECT_EQ(std::get<Operation>(graph.collection("ops", "net/")[0].value), a);
  EXPECT_EQ(graph.collection("ops", ".*/b").size(), 1U);
  EXPECT_EQ(graph.collection_keys(), std::vector<std::string>{"ops"});
  graph.clear_collection("ops");
  EXPECT_TRUE(graph.collection("ops").empty());
}

TEST(Graphs, AreFreedWithTheirLastHandle) {
  std::weak_ptr<BuilderData> data;
  {
    GraphBuilder graph = empty_graph();
    data = graph.data().weak_from_this();
    const Output x = graph.placeholder(DType::kFloat32, {}, "x");
    const Output p = graph.placeholder(DType::kBool, {}, "p");
    graph.add_to_collection("c", {x});
    graph.add_to_collection("c", {p.op()});
    const auto branch = [&]() -> std::vector<BranchResult> { return {Input(x)}; };
    graph.add_to_collection("c", {cond(graph, p, branch, branch).at(0)});
    EXPECT_EQ(cond_contexts(graph).size(), 2U);
    (void)graph.graph();
  }
  EXPECT_TRUE(data.expired());
}

TEST(Changes, AreWrittenIntoTheNode) {
  GraphBuilder graph = empty_graph();
  const Output a = graph.constant(Tensor::scalar(1.0F), "a");
  const Output b = graph.constant(Tensor::scalar(2.0F), "b");
  const Operation i = graph.identity(a, "i").op();
  const std::uint64_t before = graph.version();
  graph.update_input(i, 0, b);
  graph.add_control_input(i, a.op());
  graph.add_control_input(i, a.op());
  graph.set_device(i, "/device:CPU:0");
  graph.set_attr(i, "_note", std::string("x"));
  EXPECT_GT(graph.version(), before);
  const GraphNode node = graph.graph().node(static_cast<std::size_t>(i.id()));
  EXPECT_EQ(node.inputs, (std::vector<std::string>{"b", "^a"}));
  EXPECT_EQ(node.device, "/device:CPU:0");
  EXPECT_EQ(std::get<std::string>(i.attr("_note")), "x");
  EXPECT_TRUE(a.op().consumers().empty());
  EXPECT_EQ(b.op().consumers(), std::vector<Operation>{i});
}

TEST(Groups, AreSplitByDevice) {
  GraphBuilder graph = empty_graph();
  Operation a, b;
  {
    const ScopeGuard device = graph.device("/cpu:0");
    a = graph.no_op("a");
  }
  {
    const ScopeGuard device = graph.device("/cpu:1");
    b = graph.no_op("b");
  }
  EXPECT_EQ(graph.group({a}, "one").name(), "one");
  const Operation group = graph.group({b, a}, "grp");
  EXPECT_EQ(group.name(), "grp");
  EXPECT_EQ(control_names(group), (std::vector<std::string>{"grp/NoOp", "grp/NoOp_1"}));
  EXPECT_EQ(group.control_inputs()[0].device(), "/device:CPU:0");
}

TEST(ConstantValues, OfWholeNumbersKeepAllTheirBits) {
  GraphBuilder graph = empty_graph();
  const auto value_of = [&](const Input& input, std::optional<DType> dtype = {}) {
    return *graph.constant_value(graph.convert_to_tensor(input, dtype));
  };
  const std::int64_t large = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(value_of(large).item<std::int64_t>(), large);
  EXPECT_EQ(value_of(-large).item<std::int64_t>(), -large);
  EXPECT_EQ(value_of(std::vector<std::int64_t>{large, 1}).values<std::int64_t>()[0], large);
  EXPECT_EQ(value_of(large, DType::kUInt64).item<std::uint64_t>(), std::uint64_t{1} + (1ULL << 53));
  EXPECT_EQ(value_of(~std::uint64_t{0}).item<std::uint64_t>(), ~std::uint64_t{0});
  EXPECT_EQ(value_of(2147483647).dtype(), DType::kInt32);
  EXPECT_EQ(value_of(2147483648).dtype(), DType::kInt64);
  EXPECT_EQ(value_of(7, DType::kFloat32).item<float>(), 7);
}

TEST(ConstantValues, AreSeenThroughShapes) {
  GraphBuilder graph = empty_graph();
  const Output x = graph.placeholder(DType::kFloat32, {2, 3});
  const Output open = graph.placeholder(DType::kFloat32, {-1, 3});
  const Output shape = graph.apply_op("Shape", {x}).output();
  const auto ints = graph.constant_value(shape);
  ASSERT_TRUE(ints.has_value());
  EXPECT_EQ(ints->values<std::int32_t>()[1], 3);
  EXPECT_FALSE(graph.constant_value(graph.apply_op("Shape", {open}).output()).has_value());
  const Output packed =
      graph.apply_op("Pack", {std::vector<Input>{graph.apply_op("Rank", {x}).output(), 7}})
          .output();
  EXPECT_EQ(graph.constant_value(packed)->values<std::int32_t>()[0], 2);
  EXPECT_EQ(graph.constant_value_as_shape(packed), Shape({2, 7}));
  EXPECT_EQ(graph.constant_value_as_shape(graph.apply_op("Shape", {open}).output()),
            Shape({-1, 3}));
}

}  // namespace
}  // namespace icecore::inline v0
