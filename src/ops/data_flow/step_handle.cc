#include "ops/data_flow/step_handle.h"

#include <atomic>
#include <utility>

#include "opdef/op_signature.h"

namespace icecore::inline v0 {
namespace {

// Gives each handle of a run a number of its own.
class HandleCounter : public Resource {
 public:
  std::int64_t next() { return next_++; }

 private:
  std::atomic<std::int64_t> next_ = 0;
};

}  // namespace

Tensor string_handle(KernelContext& c, std::string_view container, const std::string& name) {
  const auto counter = c.services().step->find_or_make<HandleCounter>(
      container, "", [] { return std::make_shared<HandleCounter>(); });
  return Tensor::of<std::string>(
      Shape{2}, {std::string(container), name + "_" + std::to_string(counter->next())});
}

std::pair<std::string, std::string> read_string_handle(const KernelContext& c) {
  const bool reference = c.node().signature().inputs.at(0).is_reference;
  const Tensor handle = reference ? c.input_reference(0)->read() : c.input(0);
  const auto strings = handle.strings();
  if (strings.size() != 2) {
    throw Error(Code::kInvalidArgument, "'" + c.node().name() +
                                            "': handle must have two elements, but had shape: " +
                                            to_string(handle.shape()));
  }
  return {strings[0], strings[1]};
}

void set_string_handle(KernelContext& c, Tensor handle) {
  if (!c.node().outputs().at(0).is_reference) {
    c.set_output(0, std::move(handle));
    return;
  }
  auto cell = std::make_shared<VariableCell>(c.node().name(), DType::kString, Shape{2});
  cell->assign(std::move(handle));
  c.set_output_reference(0, std::move(cell));
}

void refuse_handle(const KernelContext& c) {
  throw Error(Code::kInvalidArgument,
              "'" + c.node().name() + "': the handle isn't one that " + c.node().op() + " takes");
}

}  // namespace icecore::inline v0
