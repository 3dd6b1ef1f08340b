// HistogramSummary.
#include <icecore/shape_context.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/number_types.h"
#include "ops/summary/summary_ops.h"
#include "ops/summary/tagged_value.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

constexpr double kMost = std::numeric_limits<double>::max();

// Where buckets end: 0, and up to both sides from 1e-12 to 1e20 in steps of a tenth.
const std::vector<double>& bucket_limits() {
  static const std::vector<double> limits = [] {
    std::vector<double> up;
    for (double limit = 1e-12; limit < 1e20; limit *= 1.1) up.push_back(limit);
    up.push_back(kMost);
    std::vector<double> all;
    for (auto limit = up.rbegin(); limit != up.rend(); ++limit) all.push_back(-*limit);
    all.push_back(0);
    all.insert(all.end(), up.begin(), up.end());
    return all;
  }();
  return limits;
}

class Histogram {
 public:
  Histogram() : counts_(bucket_limits().size()) {}

  void add(double value) {
    const auto& limits = bucket_limits();
    const auto bucket = std::ranges::upper_bound(limits, value) - limits.begin();
    ++counts_[std::min(static_cast<std::size_t>(bucket), counts_.size() - 1)];
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
    ++number_;
    sum_ += value;
    sum_squares_ += value * value;
  }

  // HistogramProto; a run of empty buckets becomes one.
  Piece message() const {
    std::string limits, counts;
    for (std::size_t i = 0; i < counts_.size();) {
      std::size_t last = i++;
      if (counts_[last] == 0) {
        while (i < counts_.size() && counts_[i] == 0) last = i++;
      }
      append_fixed(limits, bucket_limits()[last]);
      append_fixed(counts, counts_[last]);
    }
    namespace Def = pb::HistogramProto;
    Piece message;
    add(message, Def::min, min_);
    add(message, Def::max, max_);
    add(message, Def::num, number_);
    add(message, Def::sum, sum_);
    add(message, Def::sum_squares, sum_squares_);
    message.text(Def::bucket_limit, limits);
    message.text(Def::bucket, counts);
    return message;
  }

 private:
  // Zeros are left out, -0 isn't one.
  static void add(Piece& message, std::uint32_t field, double value) {
    if (std::bit_cast<std::uint64_t>(value) != 0) message.float64(field, value);
  }

  double min_ = kMost, max_ = -kMost, number_ = 0, sum_ = 0, sum_squares_ = 0;
  std::vector<double> counts_;
};

Kernel histogram_summary_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    if (c.input(0).shape().rank() != 0) refuse("tags must be scalar");
    const Tensor& values = c.input(1);
    Histogram histogram;
    visit_numbers(RealTypes(), values.dtype(), [&]<typename T>(std::type_identity<T>) {
      for (const T number : values.values<T>()) {
        const auto value = static_cast<double>(number);
        if (std::isnan(value)) refuse("Nan in summary histogram for: " + c.node().name());
        if (std::isinf(value)) refuse("Infinity in summary histogram for: " + c.node().name());
        histogram.add(value);
      }
    });
    Piece value = tagged_value(c.input(0).strings()[0]);
    value.message(pb::Summary_Value::histo, histogram.message());
    Piece summary;
    summary.message(pb::Summary::value, value);
    c.set_output(0, Tensor::scalar(summary.bytes()));
  });
}

}  // namespace

const OpImplementation histogram_summary_op = {"HistogramSummary", scalar_shape,
                                               histogram_summary_kernel, not_differentiable};

}  // namespace icecore::inline v0
