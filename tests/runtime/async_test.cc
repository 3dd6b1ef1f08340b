#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/session.h>

#include <chrono>
#include <thread>

#include "ops/run_services.h"
#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

// Waits in a thread of its own until the run is cancelled or `release` is true, then gives 7.
std::atomic<bool> release = false;

OpSet ops_of_tests() {
  OpSet ops = standard_ops();
  ops.add_signature("Later() -> (y: int32)");
  static const OpImplementation table[] = {
      {"Later", nullptr, [](const NodeInfo&) {
         Kernel kernel;
         kernel.compute_async = [](KernelContext& c, std::function<void()> done) {
           std::thread([&c, done = std::move(done)] {
             while (!release && !c.services().cancellation->cancelled()) {
               std::this_thread::sleep_for(std::chrono::milliseconds(1));
             }
             c.set_output(0, Tensor::scalar(7));
             done();
           }).detach();
         };
         return kernel;
       }}};
  ops.add(table);
  return ops;
}

const char* const kGraph = R"(
  node { name: "later" op: "Later" }
  node { name: "y" op: "Identity" input: "later" attr { key: "T" value { type: DT_INT32 } } }
  node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_INT32 } }
         attr { key: "value" value { tensor { dtype: DT_INT32 tensor_shape {} int_val: 1 } } } })";

TEST(AsyncKernels, AreWaitedForWhileTheRestGoesOn) {
  release = true;
  Session session(graph_of(kGraph), ops_of_tests());
  const std::vector<Tensor> both = session.run({}, {"y:0", "c:0"});
  EXPECT_EQ(both[0].item<std::int32_t>(), 7);
  EXPECT_EQ(both[1].item<std::int32_t>(), 1);
}

TEST(AsyncKernels, AreGivenUpWhenTheSessionIsClosed) {
  release = false;
  Session session(graph_of(kGraph), ops_of_tests());
  std::thread closer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    session.close();
  });
  try {
    session.run("y:0");
    ADD_FAILURE() << "the run ended with a value";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kCancelled);
  }
  closer.join();
}

}  // namespace
}  // namespace icecore::inline v0
