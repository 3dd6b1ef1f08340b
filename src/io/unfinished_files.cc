#include "io/unfinished_files.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <mutex>
#include <string_view>

namespace icecore::inline v0 {
namespace {

// A signal's handler may neither allocate nor lock, so it finds the paths in a table of fixed size
// whose only guard is a state per row. Whoever moves a row out of kHeld owns its path: a path is
// never overwritten while the handler uses it.
struct Row {
  enum State { kFree, kHeld, kTaken };
  std::atomic<int> state{kFree};
  char path[PATH_MAX];
};
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::size_t kRows = 64;
// A handler is given no argument of ours; there is one table because a process has one set of
// handlers.
std::array<Row, kRows> table;
std::mutex changing;  // Held by those who add and drop rows, never by the handler.

bool take(Row& row) {
  int held = Row::kHeld;
  return row.state.compare_exchange_strong(held, Row::kTaken);
}

// The signal is blocked meanwhile and its action is the default one again (SA_RESETHAND): the
// second one, raised here, ends the program as soon as this returns.
void remove_and_raise(int signal) {
  const int error = errno;
  for (Row& row : table) {
    if (take(row)) ::unlink(row.path);
  }
  errno = error;
  ::raise(signal);
}

}  // namespace

void remember_unfinished(const std::string& path) noexcept {
  if (path.size() >= PATH_MAX) return;
  const std::lock_guard lock(changing);
  for (Row& row : table) {
    if (row.state.load() != Row::kFree) continue;
    std::memcpy(row.path, path.c_str(), path.size() + 1);
    row.state.store(Row::kHeld);
    return;
  }
}

void forget_unfinished(const std::string& path) noexcept {
  const std::lock_guard lock(changing);
  for (Row& row : table) {
    if (row.state.load() == Row::kHeld && row.path == std::string_view(path) && take(row)) {
      row.state.store(Row::kFree);
      return;
    }
  }
}

void remove_unfinished_on_signals() {
  struct sigaction action {};
  action.sa_handler = remove_and_raise;
  action.sa_flags = SA_RESETHAND;
  ::sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGXFSZ}) {
    struct sigaction before {};
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) {
      ::sigaction(signal, &action, nullptr);
    }
  }
}

}  // namespace icecore::inline v0
