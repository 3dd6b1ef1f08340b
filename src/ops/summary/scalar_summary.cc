// ScalarSummary, MergeSummary.
#include <icecore/shape_context.h>

#include <set>
#include <string>

#include "ops/array/arguments.h"
#include "ops/number_types.h"
#include "ops/summary/summary_ops.h"
#include "ops/summary/tagged_value.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

Kernel scalar_summary_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& tags = c.input(0);
    const Tensor& values = c.input(1);
    if (tags.shape() != values.shape()) {
      refuse("tags and values not the same shape: " + to_string(tags.shape()) +
             " != " + to_string(values.shape()) +
             (tags.num_elements() == 1 ? " (tag '" + tags.strings()[0] + "')" : ""));
    }
    Piece summary;
    visit_numbers(RealTypes(), values.dtype(), [&]<typename T>(std::type_identity<T>) {
      const std::span<const T> numbers = values.values<T>();
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        Piece value = tagged_value(tags.strings()[i]);
        value.float32(pb::Summary_Value::simple_value, static_cast<float>(numbers[i]));
        summary.message(pb::Summary::value, value);
      }
    });
    c.set_output(0, Tensor::scalar(summary.bytes()));
  });
}

// The values of all summaries, none of whose tags may be there twice.
Kernel merge_summary_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    std::set<std::string> tags;
    Piece merged;
    for (int i = 0; i < c.num_inputs(); ++i) {
      for (const std::string& summary : c.input(i).strings()) {
        try {
          for (Cursor fields(summary); fields.next();) {
            if (fields.field() != pb::Summary::value) continue;
            const std::string value(fields.text());
            merged.text(pb::Summary::value, value);
            for (Cursor parts(value); parts.next();) {
              if (parts.field() != pb::Summary_Value::tag) continue;
              const std::string tag(parts.text());
              if (!tag.empty() && !tags.insert(tag).second) {
                refuse("Duplicate tag " + tag + " found in summary inputs");
              }
            }
          }
        } catch (const Error& error) {
          if (error.code() != Code::kDataLoss) throw;
          refuse("Could not parse one of the summary inputs: " + error.message());
        }
      }
    }
    c.set_output(0, Tensor::scalar(merged.bytes()));
  });
}

}  // namespace

const OpImplementation scalar_summary_op = {"ScalarSummary", scalar_shape, scalar_summary_kernel,
                                            not_differentiable};
const OpImplementation merge_summary_op = {"MergeSummary", scalar_shape, merge_summary_kernel,
                                           not_differentiable};

}  // namespace icecore::inline v0
