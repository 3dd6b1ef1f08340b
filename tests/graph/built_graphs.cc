#include "graph/built_graphs.h"

#include <icecore/control_flow.h>
#include <icecore/import_graph_def.h>

#include <fstream>
#include <sstream>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/node_text.h"
#include "proto/fields.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

using Ints = std::vector<std::int64_t>;

Output scalar(GraphBuilder& graph, std::string_view name, float value = 1) {
  return graph.constant(Tensor::scalar(value), name);
}

void names(GraphBuilder& g) {
  for (const char* name : {"Const", "Const", "const", "CONST", "Const_1"}) scalar(g, name);
  {
    const ScopeGuard a = g.name_scope("a");
    scalar(g, "x");
    const ScopeGuard b = g.name_scope("b");
    g.no_op("_o");
  }
  {
    const ScopeGuard a = g.name_scope("a");
    scalar(g, "x");
  }
  {
    const ScopeGuard a = g.name_scope("a/");
    scalar(g, "x");
  }
  g.no_op("a");
  const ScopeGuard a = g.name_scope("A");
  {
    const ScopeGuard top = g.name_scope("");
    g.no_op("top");
  }
  scalar(g, a.name());
}

void devices(GraphBuilder& g) {
  Output a, b, f;
  {
    const ScopeGuard worker = g.device("/job:w/replica:0/task:01");
    a = scalar(g, "a");
    const ScopeGuard gpu = g.device("/gpu:0");
    b = scalar(g, "b");
    {
      const ScopeGuard cpu = g.device("/cpu:*");
      scalar(g, "c");
    }
    const ScopeGuard none = g.device(std::nullopt);
    scalar(g, "d");
    const ScopeGuard xla = g.device("/device:XLA_CPU:1");
    scalar(g, "e");
  }
  {
    const ScopeGuard beside_b = g.colocate_with(b.op());
    f = scalar(g, "f");
    {
      const ScopeGuard other = g.device("/job:other");
      scalar(g, "g");
      const ScopeGuard beside_a = g.colocate_with(a.op());
      scalar(g, "h");
    }
    const ScopeGuard only = g.colocate_with(f.op(), true);
    scalar(g, "i");
  }
  g.group({a.op(), b.op(), f.op()}, "grp");
  g.group({}, "nothing");
}

void controls(GraphBuilder& g) {
  const Output a = scalar(g, "a"), b = scalar(g, "b"), c = scalar(g, "c");
  {
    const ScopeGuard after_ca = g.control_dependencies({c.op(), a.op()});
    const Output d = g.identity(a, "d");
    {
      const ScopeGuard after_b = g.control_dependencies({b.op(), a.op()});
      const Output e = g.apply_op("Neg", {d}, {}, "e").output();
      g.no_op("f");
      g.apply_op("AddV2", {e, b}, {}, "g");
    }
    const ScopeGuard none = g.no_control_dependencies();
    g.no_op("h");
    const ScopeGuard after_d = g.control_dependencies({d.op()});
    g.no_op("i");
  }
  g.with_dependencies({c.op()}, a);
  const ScopeGuard noted = g.attr_scope({{"_note", "x"}, {"T", std::int64_t{3}}});
  g.identity(a, "j");
}

void attributes(GraphBuilder& g) {
  const Output x = g.placeholder(DType::kFloat32, {2, -1}, "x");
  const Output u = g.placeholder(DType::kFloat32, Shape::unknown_rank(), "u");
  const Output s = g.placeholder(DType::kFloat64, {}, "s");
  g.apply_op("AddV2", {x, 1.0}, {}, "add");
  g.apply_op("AddV2", {1, 2}, {}, "add");
  g.apply_op("MatMul", {x, x}, {{"transpose_b", true}});
  g.apply_op("Conv2D", {u, u}, {{"strides", Ints{1, 2, 2, 1}}, {"padding", "SAME"}});
  g.apply_op("Cast", {x}, {{"DstT", DType::kInt64}});
  g.apply_op("Squeeze", {u});
  g.apply_op("Squeeze", {u}, {{"squeeze_dims", Ints{1}}});
  g.apply_op("Pack", {std::vector<Input>{s, s, 1.0}});
  g.apply_op("Pack", {std::vector<Input>{x, x}}, {{"axis", std::int64_t{1}}});
  g.apply_op("ConcatV2", {std::vector<Input>{x, x}, 0});
  g.apply_op("Split", {1, x}, {{"num_split", std::int64_t{3}}});
  g.apply_op("StridedSlice", {x, Ints{0, 1}, Ints{2, 2}, Ints{1, 1}},
             {{"begin_mask", std::int64_t{1}}, {"shrink_axis_mask", std::int64_t{2}}});
  g.apply_op("Fill", {Ints{2, 3}, 7});
  g.apply_op("FIFOQueueV2", {},
             {{"component_types", std::vector<DType>{DType::kFloat32, DType::kString}},
              {"shapes", std::vector<Shape>{Shape({2}), Shape()}},
              {"capacity", std::int64_t{3}}});
  g.apply_op("SaveV2", {"file", Tensor::of<std::string>({2}, {"a", "b"}),
                        Tensor::of<std::string>({2}, {"", "1"}), std::vector<Input>{x, s}});
  g.apply_op("Sum", {x, Ints{0, 1}}, {{"keep_dims", true}});
  g.apply_op("Range", {0, 5, 1});
  const Output v =
      g.apply_op("VariableV2", {}, {{"shape", Shape({2})}, {"dtype", DType::kFloat32}}, "v")
          .output();
  g.apply_op("Assign", {v, std::vector<double>{1, 2}});
  g.apply_op("AssignAdd", {v, u}, {{"use_locking", true}}, "more");
}

template <typename T>
Tensor vector(std::initializer_list<T> values) {
  return Tensor::of<T>({static_cast<std::int64_t>(values.size())}, values);
}

void constants(GraphBuilder& g) {
  Tensor halves(DType::kFloat16, {3});
  std::ranges::copy(std::initializer_list<std::uint16_t>{0x3e00, 0xc000, 0x7bff},
                    halves.mutable_values<std::uint16_t>().begin());
  for (const Tensor& value :
       {vector<float>({1.5F, -2}),
        Tensor::scalar(0.1F),
        vector<double>({0.1}),
        Tensor(DType::kFloat32, {0, 3}),
        Tensor::of<std::int32_t>({2, 2}, {1, -2, 3, 4}),
        Tensor::scalar<std::int32_t>(-7),
        vector<std::int64_t>({1, -1}),
        Tensor::scalar<std::int64_t>(-(std::int64_t{1} << 40)),
        vector<std::int8_t>({-3}),
        vector<std::int16_t>({-3, 3}),
        vector<std::uint8_t>({1, 2}),
        vector<std::uint16_t>({1, 65535}),
        vector<std::uint32_t>({1, 2}),
        Tensor::scalar<std::uint64_t>(std::uint64_t{1} << 63),
        vector<bool>({true, false}),
        Tensor::scalar(true),
        halves,
        vector<std::complex<float>>({{1, 2}, {3, 0}}),
        Tensor::scalar(std::complex<double>(1, -1)),
        Tensor::scalar<std::string>("one"),
        Tensor::of<std::string>({2, 2}, {"a", "", std::string("b\0c", 3), "\xff"})}) {
    g.constant(value);
  }
}

void import_source(GraphBuilder& g, const ImportOptions& options) {
  import_graph_def(g, golden_graph("source"), options);
}

void import_plain(GraphBuilder& g) {
  import_source(g, {.name = ""});
}

void import_twice(GraphBuilder& g) {
  import_source(g, {.name = ""});
  import_source(g, {.name = ""});
  import_source(g, {});
  import_source(g, {});
  scalar(g, "w/read");
  const ScopeGuard loop = g.name_scope("loop");
  scalar(g, "Const");
}

void import_mapped(GraphBuilder& g) {
  const ScopeGuard worker = g.device("/job:w");
  const Output a = scalar(g, "a", 2);
  const ScopeGuard after = g.control_dependencies({a.op()});
  const ScopeGuard outer = g.name_scope("outer");
  import_source(g, {.name = "inner", .input_map = {{"x", a}, {"w/read:0", a}, {"^w/read", a}}});
}

void conds(GraphBuilder& g) {
  const Output x = g.placeholder(DType::kFloat32, {}, "x");
  const Output y = scalar(g, "y", 5);
  const Output p = g.apply_op("Less", {x, y}, {}, "p").output();
  cond(
      g, p,
      [&]() -> std::vector<BranchResult> {
        return {Input(g.apply_op("Mul", {x, 17.0}).output()), Input(y)};
      },
      [&]() -> std::vector<BranchResult> {
        const Output negative = g.apply_op("Less", {x, 0.0}).output();
        const Output inner =
            cond(
                g, negative,
                [&]() -> std::vector<BranchResult> {
                  return {Input(g.apply_op("Neg", {x}).output())};
                },
                [&]() -> std::vector<BranchResult> { return {Input(scalar(g, "Const", 0))}; })
                .at(0);
        const ScopeGuard s = g.name_scope("s");
        return {Input(g.apply_op("AddV2", {y, inner}).output()), Input(x)};
      });
  cond(
      g, p, [&]() -> std::vector<BranchResult> { return {g.no_op("t")}; },
      [&]() -> std::vector<BranchResult> { return {g.group({x.op()}, "f")}; }, "choice");
  const Output v =
      g.apply_op("VariableV2", {}, {{"shape", Shape()}, {"dtype", DType::kFloat32}}, "v").output();
  cond(
      g, p,
      [&]() -> std::vector<BranchResult> {
        return {Input(g.apply_op("Assign", {v, x}).output())};
      },
      [&]() -> std::vector<BranchResult> {
        return {Input(g.apply_op("AssignAdd", {v, 1.0}).output())};
      },
      "update");
}

constexpr BuiltGraph kGraphs[] = {
    {"names", names},
    {"devices", devices},
    {"controls", controls},
    {"attributes", attributes},
    {"constants", constants},
    {"import_plain", import_plain},
    {"import_twice", import_twice},
    {"import_mapped", import_mapped},
    {"conds", conds},
    {"loops", build_loops},
    {"loops_in_loops", build_loops_in_loops},
    {"loops_and_branches", build_loops_and_branches},
    {"loops_over_references", build_loops_over_references},
    {"tuples", build_tuples},
};

}  // namespace

std::span<const BuiltGraph> built_graphs() {
  return kGraphs;
}

Graph golden_graph(const std::string& name) {
  std::ifstream file(std::string(ICECORE_TEST_DATA) + "/golden/builder/" + name + ".pbtxt");
  std::ostringstream text;
  text << file.rdbuf();
  return graph_of(text.str());
}

std::vector<std::string> node_texts(const Graph& graph, bool shapes) {
  std::vector<std::string> texts;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef node = decode_node(encoded);
    NodeWriter writer(node.name, node.op);
    for (const std::string_view input : node.inputs) writer.input(input);
    for (const auto& [key, value] : node.attrs) {
      if (shapes || key != "_output_shapes") writer.attr(key, value);
    }
    Piece whole;
    whole.append(writer.finish());
    if (!node.device.empty()) whole.text(pb::NodeDef::device, node.device);
    texts.push_back(print_text(whole.finish(), message_schema("NodeDef")));
  }
  return texts;
}

}  // namespace icecore::inline v0
