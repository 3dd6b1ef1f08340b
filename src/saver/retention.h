// Which checkpoints a Saver keeps (saver.py: _RecordLastCheckpoint, _MaybeDeleteOldCheckpoints).
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// Paths and when they were written, in seconds since 1970.
using DatedCheckpoints = std::vector<std::pair<std::string, double>>;

class ICECORE_API Retention {
 public:
  // A checkpoint that is younger than `start` and the hours stays when its turn comes.
  Retention(std::int32_t max_to_keep, double keep_every_n_hours, double start);

  // A checkpoint was written. One at most is then marked for deletion, so a limit that was lowered
  // is never caught up with.
  void record(const std::string& path, double now);
  // The one to delete now. One a call leaves the marked ones, deleted or kept for good; the latter
  // moves the time from which the next is kept by the hours, once, however long the pause was.
  std::optional<std::string> take_old();

  std::vector<std::string> last() const;
  void set_last(DatedCheckpoints checkpoints) { last_ = std::move(checkpoints); }

 private:
  std::int32_t max_to_keep_;
  double seconds_;
  double next_kept_;
  DatedCheckpoints last_;     // Oldest first.
  DatedCheckpoints too_old_;  // Marked.
};

}  // namespace icecore::inline v0
