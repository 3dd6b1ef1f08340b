#include "saver/retention.h"

namespace icecore::inline v0 {

Retention::Retention(std::int32_t max_to_keep, double keep_every_n_hours, double start)
    : max_to_keep_(max_to_keep),
      seconds_(keep_every_n_hours * 3600),
      next_kept_(start + seconds_) {}

void Retention::record(const std::string& path, double now) {
  if (max_to_keep_ == 0) return;
  std::erase_if(last_, [&](const auto& known) { return known.first == path; });
  last_.emplace_back(path, now);
  // A negative limit is one that is always passed, as in TensorFlow.
  if (static_cast<std::int64_t>(last_.size()) > max_to_keep_) {
    too_old_.push_back(std::move(last_.front()));
    last_.erase(last_.begin());
  }
}

std::optional<std::string> Retention::take_old() {
  if (too_old_.empty()) return std::nullopt;
  auto [path, time] = std::move(too_old_.front());
  too_old_.erase(too_old_.begin());
  if (time > next_kept_) {
    next_kept_ += seconds_;
    return std::nullopt;
  }
  return std::move(path);
}

std::vector<std::string> Retention::last() const {
  std::vector<std::string> paths;
  paths.reserve(last_.size());
  for (const auto& [path, time] : last_) paths.push_back(path);
  return paths;
}

}  // namespace icecore::inline v0
