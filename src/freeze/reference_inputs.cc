#include "freeze/reference_inputs.h"

#include <algorithm>
#include <array>

namespace icecore::inline v0 {
namespace {

struct ReferenceInputs {
  std::string_view op;
  std::size_t first, last;
};

// From the op signatures of TensorFlow 1.15.5 and 2.21, sorted by op. RefMerge and RefSelect take
// any number of references.
constexpr std::size_t kAny = static_cast<std::size_t>(-1);
constexpr std::array kReferenceInputs = {
    ReferenceInputs{"ApplyAdaMax", 0, 2},
    ReferenceInputs{"ApplyAdadelta", 0, 2},
    ReferenceInputs{"ApplyAdagrad", 0, 1},
    ReferenceInputs{"ApplyAdagradDA", 0, 2},
    ReferenceInputs{"ApplyAdagradV2", 0, 1},
    ReferenceInputs{"ApplyAdam", 0, 2},
    ReferenceInputs{"ApplyAddSign", 0, 1},
    ReferenceInputs{"ApplyCenteredRMSProp", 0, 3},
    ReferenceInputs{"ApplyFtrl", 0, 2},
    ReferenceInputs{"ApplyFtrlV2", 0, 2},
    ReferenceInputs{"ApplyGradientDescent", 0, 0},
    ReferenceInputs{"ApplyMomentum", 0, 1},
    ReferenceInputs{"ApplyPowerSign", 0, 1},
    ReferenceInputs{"ApplyProximalAdagrad", 0, 1},
    ReferenceInputs{"ApplyProximalGradientDescent", 0, 0},
    ReferenceInputs{"ApplyRMSProp", 0, 2},
    ReferenceInputs{"Assign", 0, 0},
    ReferenceInputs{"AssignAdd", 0, 0},
    ReferenceInputs{"AssignSub", 0, 0},
    ReferenceInputs{"CountUpTo", 0, 0},
    ReferenceInputs{"IsVariableInitialized", 0, 0},
    ReferenceInputs{"NegTrain", 0, 1},
    ReferenceInputs{"RefEnter", 0, 0},
    ReferenceInputs{"RefExit", 0, 0},
    ReferenceInputs{"RefIdentity", 0, 0},
    ReferenceInputs{"RefMerge", 0, kAny},
    ReferenceInputs{"RefNextIteration", 0, 0},
    ReferenceInputs{"RefSelect", 1, kAny},
    ReferenceInputs{"RefSwitch", 0, 0},
    ReferenceInputs{"ScatterAdd", 0, 0},
    ReferenceInputs{"ScatterDiv", 0, 0},
    ReferenceInputs{"ScatterMax", 0, 0},
    ReferenceInputs{"ScatterMin", 0, 0},
    ReferenceInputs{"ScatterMul", 0, 0},
    ReferenceInputs{"ScatterNdAdd", 0, 0},
    ReferenceInputs{"ScatterNdMax", 0, 0},
    ReferenceInputs{"ScatterNdMin", 0, 0},
    ReferenceInputs{"ScatterNdSub", 0, 0},
    ReferenceInputs{"ScatterNdUpdate", 0, 0},
    ReferenceInputs{"ScatterSub", 0, 0},
    ReferenceInputs{"ScatterUpdate", 0, 0},
    ReferenceInputs{"SdcaShrinkL1", 0, kAny},
    ReferenceInputs{"SparseApplyAdadelta", 0, 2},
    ReferenceInputs{"SparseApplyAdagrad", 0, 1},
    ReferenceInputs{"SparseApplyAdagradDA", 0, 2},
    ReferenceInputs{"SparseApplyAdagradV2", 0, 1},
    ReferenceInputs{"SparseApplyCenteredRMSProp", 0, 3},
    ReferenceInputs{"SparseApplyFtrl", 0, 2},
    ReferenceInputs{"SparseApplyFtrlV2", 0, 2},
    ReferenceInputs{"SparseApplyMomentum", 0, 1},
    ReferenceInputs{"SparseApplyProximalAdagrad", 0, 1},
    ReferenceInputs{"SparseApplyProximalGradientDescent", 0, 0},
    ReferenceInputs{"SparseApplyRMSProp", 0, 2},
    ReferenceInputs{"StridedSliceAssign", 0, 0},
};
static_assert(std::ranges::is_sorted(kReferenceInputs, {}, &ReferenceInputs::op));

}  // namespace

bool takes_variable_reference(std::string_view op, std::size_t index) {
  const auto found = std::ranges::lower_bound(kReferenceInputs, op, {}, &ReferenceInputs::op);
  return found != kReferenceInputs.end() && found->op == op && index >= found->first &&
         index <= found->last;
}

}  // namespace icecore::inline v0
