#include "opdef/op_signature.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <set>
#include <string>

#include "opdef/builtin_ops.h"

namespace icecore::inline v0 {
namespace {

TEST(OpSignature, SaysWhatAnOpTakesAndGives) {
  const OpSignature op = *find_builtin_op("Conv2D");
  ASSERT_EQ(op.inputs.size(), 2u);
  EXPECT_EQ(op.inputs[1].name, "filter");
  EXPECT_EQ(op.inputs[1].type_attr, "T");
  EXPECT_EQ(op.outputs[0].name, "output");
  EXPECT_EQ(op.attr("strides")->kind, "list(int)");
  EXPECT_FALSE(op.attr("strides")->default_value);
  EXPECT_EQ(op.attr("data_format")->default_value, "\"NHWC\"");
  EXPECT_EQ(op.attr("data_format")->allowed,
            (std::vector<std::string_view>{"\"NHWC\"", "\"NCHW\""}));
  EXPECT_EQ(op.attr("dilations")->default_value, "(1, 1, 1, 1)");
  EXPECT_EQ(op.attr("no_such"), nullptr);
}

TEST(OpSignature, KnowsListsReferencesAndFixedTypes) {
  const OpSignature concat = *find_builtin_op("ConcatV2");
  EXPECT_EQ(concat.inputs[0].number_attr, "N");
  EXPECT_EQ(concat.attr("N")->minimum, 2);
  const OpSignature merge = *find_builtin_op("RefMerge");
  EXPECT_TRUE(merge.inputs[0].is_reference);
  EXPECT_EQ(merge.inputs[0].number_attr, "N");
  const OpSignature function = *find_builtin_op("PyFunc");
  EXPECT_EQ(function.inputs[0].type_list_attr, "Tin");
  EXPECT_TRUE(function.is_stateful);
  const OpSignature handle = *find_builtin_op("VarHandleOp");
  EXPECT_EQ(handle.outputs[0].type, DType::kResource);
  EXPECT_TRUE(find_builtin_op("Assign")->allows_uninitialized_input);
  EXPECT_EQ(find_builtin_op("BatchNormWithGlobalNormalization")->deprecated_since, 9);
}

TEST(OpSignature, TellsWhichInputsAreReferences) {
  const OpSignature adam = *find_builtin_op("ApplyAdam");
  EXPECT_TRUE(adam.takes_reference(2));
  EXPECT_FALSE(adam.takes_reference(3));
  const OpSignature select = *find_builtin_op("RefSelect");
  EXPECT_FALSE(select.takes_reference(0));
  EXPECT_TRUE(select.takes_reference(7));
  EXPECT_FALSE(find_builtin_op("Add")->takes_reference(9));
}

TEST(OpSignature, EveryBuiltinOpCanBeReadAndIsWhole) {
  std::set<std::string_view> names;
  for (const BuiltinOp& builtin : builtin_ops()) {
    SCOPED_TRACE(builtin.signature);
    const OpSignature op = parse_op_signature(builtin.signature);
    EXPECT_EQ(op.name, builtin.name);
    EXPECT_TRUE(names.insert(op.name).second);
    for (const std::vector<ArgSignature>* args : {&op.inputs, &op.outputs}) {
      for (const ArgSignature& arg : *args) {
        const int kinds =
            (arg.type != DType::kInvalid) + !arg.type_attr.empty() + !arg.type_list_attr.empty();
        EXPECT_EQ(kinds, 1) << arg.name;
        EXPECT_TRUE(arg.type_attr.empty() || op.attr(arg.type_attr)->kind == "type");
        EXPECT_TRUE(arg.type_list_attr.empty() ||
                    op.attr(arg.type_list_attr)->kind == "list(type)");
        EXPECT_TRUE(arg.number_attr.empty() || op.attr(arg.number_attr)->kind == "int");
      }
    }
  }
  EXPECT_EQ(names.size(), 1989u);
}

TEST(OpSignature, The1155SignatureWinsOverThatOf221) {
  // In 2.21 Conv2D also takes int32.
  EXPECT_EQ(find_builtin_op("Conv2D")->attr("T")->allowed.size(), 4u);
  EXPECT_TRUE(find_builtin_op("StatelessRandomGetKeyCounter"));  // Only 2.21's.
  EXPECT_FALSE(find_builtin_op("NoSuchOp"));
}

TEST(OpSignature, RefusesWhatIsNoSignature) {
  for (const char* text : {"", "() -> ()", "Add", "Add(x: T)", "Add(x) -> ()", "Add() -> () {a}",
                           "Add() -> () {a: int >= x}", "Add() -> () [lazy]", "Add() -> () more"}) {
    EXPECT_THROW(parse_op_signature(text), Error) << text;
  }
}

}  // namespace
}  // namespace icecore::inline v0
