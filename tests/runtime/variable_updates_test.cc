// Ops that change variables, against TensorFlow 1.15.5's values (tests/golden/variable_updates.py).
#include <gtest/gtest.h>
#include <icecore/checkpoint.h>
#include <icecore/load_graph.h>
#include <icecore/session.h>

#include <set>
#include <string>

#include "ops/golden_family.h"

namespace icecore::inline v0 {
namespace {

TEST(VariableUpdates, GiveTensorFlowsValues) {
  const std::string prefix = ICECORE_TEST_DATA "/golden/variable_updates";
  const Checkpoint wanted = Checkpoint::open(prefix);
  std::set<std::string> cases;
  for (const VariableInfo& value : wanted.variables()) {
    cases.insert(value.name.substr(0, value.name.find('/')));
  }
  EXPECT_GT(cases.size(), 200U);
  Session session(load_graph(prefix + ".pb"));
  for (const std::string& name : cases) {
    SCOPED_TRACE(name);
    try {
      session.run(TensorName(name + "/init"));
      for (int step = 0; step < 2; ++step) session.run(TensorName(name + "/step"));
      for (int i = 0;; ++i) {
        const std::string number = std::to_string(i);
        if (!wanted.contains(name + "/" + number)) break;
        const Tensor value = session.run(TensorName(name + "/read" + number + ":0"));
        const Tensor expected = wanted.read(name + "/" + number);
        std::optional<double> tolerance;
        if (expected.dtype() == DType::kFloat16) tolerance = 4e-3;
        EXPECT_EQ(difference(value, expected, tolerance), "") << "variable " << i;
      }
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
