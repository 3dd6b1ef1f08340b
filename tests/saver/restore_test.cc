// What restoring assigns, and what it refuses.
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/node_runner.h>
#include <icecore/saver.h>
#include <icecore/variable.h>

#include "io/memory_file_system.h"
#include "saver/golden_metas.h"

namespace icecore::inline v0 {
namespace {

using Writer = std::function<void(CheckpointWriter& writer)>;

class Restoring : public testing::Test {
 protected:
  void write(const std::string& prefix, const Writer& add) {
    CheckpointWriter writer(files_, prefix);
    add(writer);
    writer.finish();
  }
  SaverOptions options() {
    SaverOptions options;
    options.files = &files_;
    return options;
  }
  static Tensor floats(std::initializer_list<float> values) {
    return Tensor::of<float>(Shape({static_cast<std::int64_t>(values.size())}), values);
  }
  static std::vector<float> values_of(const VariableMap& map, const std::string& name) {
    const Tensor value = *map.snapshot(name);
    const auto span = value.values<float>();
    return {span.begin(), span.end()};
  }
  static constexpr const char* kWrapped =
      " from the checkpoint. Please ensure that you have not altered the graph expected based on "
      "the checkpoint. Original error:\n\n";

  GraphBuilder graph_{standard_ops()};
  MemoryFileSystem files_;
  VariableMap values_;
};

TEST_F(Restoring, AssignsWhatWasSaved) {
  get_variable(graph_, "v", Shape({2}));
  get_variable(graph_, "r", Shape({1}), {.use_resource = true});
  get_partitioned_variable(graph_, "p", Shape({3}), {.partitioner = fixed_size_partitioner(2)});
  Saver saver(graph_, options());
  VariableMap saved;
  saved.assign("v", floats({1, 2}));
  saved.assign("r", floats({3}));
  saved.assign("p/part_0", floats({4, 5}));
  saved.assign("p/part_1", floats({6}));
  saver.save(saved, "run/m");
  saver.restore(values_, "run/m");
  EXPECT_EQ(values_.initialized_variables(), saved.initialized_variables());
  for (const std::string& name : saved.initialized_variables()) {
    EXPECT_EQ(values_of(values_, name), values_of(saved, name)) << name;
  }
  VariableMap by_folder;
  saver.restore(by_folder, "run");
  EXPECT_EQ(values_of(by_folder, "p/part_1"), std::vector<float>{6});
}

TEST_F(Restoring, TellsHowFarItIsAndEndsWhereAsked) {
  get_variable(graph_, "a", Shape({2}));
  get_variable(graph_, "b", Shape({3}));
  Saver saver(graph_, options());
  VariableMap saved;
  saved.assign("a", floats({1, 2}));
  saved.assign("b", floats({3, 4, 5}));
  using Told = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
  Told told;
  const Progress progress = [&](std::uint64_t done, std::uint64_t total) {
    told.emplace_back(done, total);
  };
  saver.save(saved, "run/m", {.progress = progress});
  EXPECT_EQ(told, (Told{{8, 20}, {20, 20}}));
  told.clear();
  saver.restore(values_, "run/m", progress);
  EXPECT_EQ(told, (Told{{8, 20}, {20, 20}}));

  const Progress ends = [](std::uint64_t, std::uint64_t) { throw std::runtime_error("enough"); };
  VariableMap empty;
  EXPECT_THROW(saver.restore(empty, "run/m", ends), std::runtime_error);
  EXPECT_TRUE(empty.initialized_variables().empty());
  EXPECT_THROW(saver.save(saved, "run/n", {.progress = ends}), std::runtime_error);
  EXPECT_EQ(saver.last_checkpoints(), std::vector<std::string>{"run/m"});
  for (const char* file : {"run/n.index", "run/n.data-00000-of-00001", "run/n.meta"}) {
    EXPECT_FALSE(files_.status(file)) << file;
  }
}

TEST(VariablesWithoutAGraph, KeepNoMemoryOfOthers) {
  const auto lender = std::make_shared<std::vector<float>>(2);
  VariableMap map;
  map.assign("v", Tensor::borrowed(DType::kFloat32, Shape({2}),
                                   std::as_bytes(std::span<const float>(*lender)), lender));
  EXPECT_EQ(lender.use_count(), 1);
  (*lender)[0] = 7;
  EXPECT_EQ(map.snapshot("v")->values<float>()[0], 0);
}

TEST_F(Restoring, ReadsAWholeTensorIntoPartsAndPartsIntoOther) {
  get_partitioned_variable(graph_, "p", Shape({4}), {.partitioner = fixed_size_partitioner(2)});
  Saver saver(graph_, options());
  write("whole", [](CheckpointWriter& writer) { writer.add("p", floats({1, 2, 3, 4})); });
  saver.restore(values_, "whole");
  EXPECT_EQ(values_of(values_, "p/part_1"), (std::vector<float>{3, 4}));
  write("parts", [](CheckpointWriter& writer) {
    writer.add_slice("p", Shape({4}), TensorSlice::parse("0,3"), floats({5, 6, 7}));
    writer.add_slice("p", Shape({4}), TensorSlice::parse("3,1"), floats({8}));
  });
  saver.restore(values_, "parts");
  EXPECT_EQ(values_of(values_, "p/part_1"), (std::vector<float>{7, 8}));
}

TEST_F(Restoring, TakesOtherKeysOfAMap) {
  const Variable v = get_variable(graph_, "v", Shape({1}));
  SaverOptions renamed = options();
  renamed.var_list = SaveableMap{{"old/name", v}};
  write("m", [](CheckpointWriter& writer) { writer.add("old/name", floats({7})); });
  Saver(graph_, renamed).restore(values_, "m");
  EXPECT_EQ(values_of(values_, "v"), std::vector<float>{7});
}

TEST_F(Restoring, NamesAllKeysThatAreMissingAndAssignsNothing) {
  for (const char* name : {"a", "b", "c"}) get_variable(graph_, name, Shape({1}));
  write("m", [](CheckpointWriter& writer) { writer.add("b", floats({7})); });
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "m"); });
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_EQ(error.message(),
            "Restoring from checkpoint failed. This is most likely due to a Variable name or other "
            "graph key that is missing" +
                std::string(kWrapped) +
                "Key a not found in checkpoint; nor are c (2 of 3 missing in m)");
  EXPECT_TRUE(values_.initialized_variables().empty());
}

TEST_F(Restoring, NamesAllDtypesThatDiffer) {
  get_variable(graph_, "a", Shape({1}), {.dtype = DType::kFloat64});
  get_variable(graph_, "b", Shape({1}), {.dtype = DType::kFloat64});
  write("m", [](CheckpointWriter& writer) {
    writer.add("a", floats({1}));
    writer.add("b", floats({2}));
  });
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "m"); });
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_EQ(error.message(),
            "Restoring from checkpoint failed. This is most likely due to a mismatch between the "
            "current graph and the graph" +
                std::string(kWrapped) +
                "tensor_name = a; expected dtype double does not equal original dtype float\n"
                "tensor_name = b; expected dtype double does not equal original dtype float");
}

TEST_F(Restoring, RefusesOtherShapesOfAnyVariable) {
  get_variable(graph_, "r", Shape({5}), {.use_resource = true});
  get_variable(graph_, "v", Shape({3}));
  write("m", [](CheckpointWriter& writer) {
    writer.add("v", floats({1, 2}));
    writer.add("r", floats({1, 2}));
  });
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "m"); });
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_NE(error.message().find(
                "Assign requires shapes of both tensors to match. lhs shape= [5] rhs shape= [2] "
                "(r)\nAssign requires shapes of both tensors to match. lhs shape= [3] rhs shape= "
                "[2] (v)"),
            std::string::npos)
      << error.message();
}

TEST_F(Restoring, NamesShapesBesideDtypes) {
  get_variable(graph_, "a", Shape({2}), {.dtype = DType::kFloat64});
  get_variable(graph_, "b", Shape({3}));
  write("m", [](CheckpointWriter& writer) {
    writer.add("a", floats({1, 2}));
    writer.add("b", floats({2}));
  });
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "m"); });
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_TRUE(error.message().ends_with(
      "tensor_name = a; expected dtype double does not equal original dtype float\n"
      "Assign requires shapes of both tensors to match. lhs shape= [3] rhs shape= [1] (b)"))
      << error.message();
}

TEST_F(Restoring, ReshapesWhereAsked) {
  get_variable(graph_, "v", Shape({2, 2}));
  SaverOptions reshaping = options();
  reshaping.reshape = true;
  Saver saver(graph_, reshaping);
  write("m", [](CheckpointWriter& writer) { writer.add("v", floats({1, 2, 3, 4})); });
  saver.restore(values_, "m");
  EXPECT_EQ(values_.snapshot("v")->shape(), Shape({2, 2}));
  write("n", [](CheckpointWriter& writer) { writer.add("v", floats({1})); });
  const Error error = refusal([&] { saver.restore(values_, "n"); });
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  EXPECT_NE(error.message().find(
                "Input to reshape is a tensor with 1 values, but the requested shape has 4"),
            std::string::npos);
}

TEST_F(Restoring, TakesAnyShapeWhereTheGraphKnowsNone) {
  const Output any = graph_.placeholder(DType::kFloat32, Shape::unknown_rank(), "any");
  make_variable(graph_, any, {.name = "loose", .validate_shape = false});
  write("m", [](CheckpointWriter& writer) { writer.add("loose", floats({1, 2, 3})); });
  Saver(graph_, options()).restore(values_, "m");
  EXPECT_EQ(values_.snapshot("loose")->shape(), Shape({3}));
}

TEST_F(Restoring, RefusesWhatIsNoCheckpoint) {
  get_variable(graph_, "v", Shape({1}));
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "nowhere"); });
  EXPECT_EQ(error.misuse(), Misuse::kValue);
  EXPECT_TRUE(
      error.message().starts_with("The passed save_path is not a valid checkpoint: nowhere"));
}

TEST_F(Restoring, SaysDamageAsItIs) {
  get_variable(graph_, "v", Shape({2}));
  write("m", [](CheckpointWriter& writer) { writer.add("v", floats({1, 2})); });
  std::string data = files_.get("m.data-00000-of-00001");
  data[0] ^= 1;
  files_.put("m.data-00000-of-00001", data);
  Saver saver(graph_, options());
  const Error error = refusal([&] { saver.restore(values_, "m"); });
  EXPECT_EQ(error.code(), Code::kDataLoss);
  EXPECT_EQ(error.message().find("Restoring from checkpoint failed"), std::string::npos);
  EXPECT_TRUE(values_.initialized_variables().empty());
}

// A checkpoint of tf.train.Checkpoint: keys are found by the names that variables had.
TEST(RestoringObjects, FindsVariablesByName) {
  const std::string prefix = std::string(ICECORE_TEST_DATA) + "/golden/object_based/ckpt-1";
  GraphBuilder graph(standard_ops());
  get_variable(graph, "net/kernel", Shape({3, 2}));
  get_variable(graph, "net/bias", Shape({2}), {.dtype = DType::kFloat64});
  VariableMap values;
  Saver(graph).restore(values, prefix);
  EXPECT_EQ(values.snapshot("net/kernel")->shape(), Shape({3, 2}));
  EXPECT_EQ(values.snapshot("net/bias")->dtype(), DType::kFloat64);
  get_variable(graph, "other", Shape({2}));
  const Error error = refusal([&] { Saver(graph).restore(values, prefix); });
  EXPECT_EQ(error.code(), Code::kNotFound);
  EXPECT_TRUE(error.message().starts_with(
      "\n\nExisting variables not in the checkpoint: other\n\nVariables names when this "
      "checkpoint was written which don't exist now: "))
      << error.message();
}

// Saves and restores what is no variable: a table's import, which takes keys and values.
class Runner : public VariableMap, public NodeRunner {
 public:
  std::vector<Tensor> run_nodes(const std::vector<std::pair<std::string, Tensor>>& feeds,
                                const std::vector<std::string>& fetches,
                                const std::vector<std::string>& targets) override {
    for (const auto& [name, value] : feeds) fed.push_back(name);
    ran = targets;
    if (fails) throw Error(Code::kUnimplemented, "no kernel");
    return std::vector<Tensor>(fetches.size(), Tensor::of<float>(Shape({1}), {9}));
  }
  std::vector<std::string> fed, ran;
  bool fails = false;
};

// By hand, as a Saver makes them of a lookup table and variables.
SaverDef add_table_saver(GraphBuilder& graph, const std::vector<Variable>& variables) {
  const Output keys = graph.placeholder(DType::kFloat32, Shape({1}), "table/Export");
  const Output prefix = graph.constant(Tensor::scalar<std::string>("model"), "save/Const");
  std::vector<std::string> names{"table-keys"};
  std::vector<Input> tensors{keys};
  for (const Variable& variable : variables) {
    names.push_back(variable.op().name());
    tensors.emplace_back(variable.ref());
  }
  const auto count = static_cast<std::int64_t>(names.size());
  const Input names_list = Tensor::of<std::string>(Shape({count}), names);
  const Input slices =
      Tensor::of<std::string>(Shape({count}), std::vector<std::string>(names.size()));
  const Operation save =
      graph.apply_op("SaveV2", {Input(prefix), names_list, slices, tensors}, {}, "save/SaveV2");
  const Output saved = graph.with_dependencies({save}, prefix, "save/control_dependency");
  const Operation read = graph.apply_op(
      "RestoreV2", {Input(prefix), names_list, slices},
      {{"dtypes", std::vector<DType>(names.size(), DType::kFloat32)}}, "save/RestoreV2");
  std::vector<Operation> restored{
      graph.apply_op("Abs", {Input(read.output())}, {}, "table/Import")};
  for (std::size_t i = 0; i < variables.size(); ++i) {
    restored.push_back(graph.apply_op(
        "Assign", {Input(variables[i].ref()), Input(read.output(static_cast<int>(i) + 1))}));
  }
  return {.filename_tensor_name = prefix.name(),
          .save_tensor_name = saved.name(),
          .restore_op_name = graph.group(restored, "save/restore_all").name(),
          .version = SaverDef::Version::kV2};
}

TEST_F(Restoring, RunsNodesThatAssignToNoVariable) {
  const SaverDef def = add_table_saver(graph_, {});
  Saver saver = Saver::from_def(graph_, def, options());
  Runner runner;
  saver.save(runner, "m", {.write_meta_graph = false});
  EXPECT_EQ(Checkpoint::open(files_, "m").read("table-keys").item<float>(), 9);
  saver.restore(runner, "m");
  EXPECT_EQ(runner.fed, std::vector<std::string>{"save/RestoreV2:0"});
  EXPECT_EQ(runner.ran, std::vector<std::string>{"table/Import"});
  EXPECT_EQ(refusal([&] { saver.restore(values_, "m"); }).code(), Code::kUnimplemented);
  EXPECT_EQ(refusal([&] { saver.save(values_, "m"); }).code(), Code::kUnimplemented);
}

TEST_F(Restoring, AssignsNothingWhereSuchNodesFail) {
  const SaverDef def = add_table_saver(graph_, {get_variable(graph_, "v", Shape({1}))});
  Saver saver = Saver::from_def(graph_, def, options());
  Runner runner;
  runner.assign("v", floats({1}));
  saver.save(runner, "m", {.write_meta_graph = false});
  runner.assign("v", floats({2}));
  runner.fails = true;
  EXPECT_EQ(refusal([&] { saver.restore(runner, "m"); }).message(), "no kernel");
  EXPECT_EQ(values_of(runner, "v"), std::vector<float>{2});
  runner.fails = false;
  saver.restore(runner, "m");
  EXPECT_EQ(values_of(runner, "v"), std::vector<float>{1});
}

}  // namespace
}  // namespace icecore::inline v0
