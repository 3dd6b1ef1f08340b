#include "base/nearest.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace icecore::inline v0 {
namespace {

// Longer names than this are compared by their last letters only: the cost stays linear in the
// number of candidates, whatever a file claims as a name.
constexpr std::size_t kCompared = 128;

// Letters that are added, left out, replaced, or swapped with the next; nothing above `limit`.
std::optional<std::size_t> edit_distance(std::string_view a, std::string_view b,
                                         std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return std::nullopt;
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    std::size_t best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return std::nullopt;
  }
  return row.back() <= limit ? std::optional(row.back()) : std::nullopt;
}

std::string_view tail(std::string_view name) {
  return name.size() <= kCompared ? name : name.substr(name.size() - kCompared);
}

// Letters of the path components that both names end in.
std::size_t common_components(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  for (std::size_t i = 1; i <= std::min(a.size(), b.size()); ++i) {
    if (a[a.size() - i] != b[b.size() - i]) break;
    const bool whole_a = i == a.size() || a[a.size() - i - 1] == '/';
    const bool whole_b = i == b.size() || b[b.size() - i - 1] == '/';
    if (whole_a && whole_b) common = i;
  }
  return common;
}

// Smaller is nearer; nothing where the names have nothing in common.
std::optional<std::size_t> distance(std::string_view wanted, std::string_view candidate) {
  const std::size_t limit = std::max<std::size_t>(wanted.size() < 6 ? 1 : 2, wanted.size() / 3);
  const auto edits = edit_distance(tail(wanted), tail(candidate), limit);
  if (edits && *edits < wanted.size()) return *edits;
  const std::size_t longer = std::max(wanted.size(), candidate.size());
  const std::size_t components = common_components(wanted, candidate);
  if (components > 0) return limit + longer - components;
  const std::string_view small = wanted.size() < candidate.size() ? wanted : candidate;
  const std::string_view large = wanted.size() < candidate.size() ? candidate : wanted;
  if (small.size() >= 3 && large.find(small) != std::string_view::npos) {
    return 2 * limit + longer - small.size();
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view wanted,
                                       std::span<const std::string_view> candidates,
                                       std::size_t most) {
  struct Candidate {
    std::size_t distance;
    std::string_view name;
    auto operator<=>(const Candidate&) const = default;
  };
  std::vector<Candidate> near;
  for (const std::string_view name : candidates) {
    if (const auto found = distance(wanted, name)) near.push_back({*found, name});
  }
  const std::size_t count = std::min(most, near.size());
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(near[i].name);
  return names;
}

}  // namespace icecore::inline v0
