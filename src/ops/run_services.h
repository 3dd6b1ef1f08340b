// What a Session lends to the kernels it runs.
#pragma once

#include <icecore/export.h>
#include <icecore/host_function.h>
#include <icecore/tensor.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

namespace icecore::inline v0 {

class Allocator;
class FileSystem;
class ThreadPool;

// Something that lives in a Session beside its variables, or in one run of it: a tensor array, a
// stack, a queue, a table.
class ICECORE_API Resource {
 public:
  virtual ~Resource() = default;
};

// Resources by container, name and type. Thread-safe.
class ICECORE_API ResourceStore {
 public:
  // The one of that name and type, made where there is none. As in TensorFlow, resources of
  // different types may share a name.
  template <typename T, typename Make>
  std::shared_ptr<T> find_or_make(std::string_view container, std::string_view name, Make&& make) {
    return std::static_pointer_cast<T>(find_or_make_any(
        container, name, typeid(T), [&]() -> std::shared_ptr<Resource> { return make(); }));
  }
  // Null where there is none.
  template <typename T>
  std::shared_ptr<T> find(std::string_view container, std::string_view name) const {
    return std::static_pointer_cast<T>(find_any(container, name, typeid(T)));
  }

 private:
  using Key = std::pair<std::string, std::string>;
  std::shared_ptr<Resource> find_or_make_any(
      std::string_view container, std::string_view name, std::type_index type,
      const std::function<std::shared_ptr<Resource>()>& make);
  std::shared_ptr<Resource> find_any(std::string_view container, std::string_view name,
                                     std::type_index type) const;

  mutable std::mutex mutex_;
  std::map<std::pair<Key, std::type_index>, std::shared_ptr<Resource>> resources_;
};

// Says whether a run was given up: a kernel that waits or loops asks it now and then.
class ICECORE_API Cancellation {
 public:
  void cancel() { cancelled_ = true; }
  bool cancelled() const { return cancelled_; }

 private:
  std::atomic<bool> cancelled_ = false;
};

struct RunServices {
  ThreadPool* threads = nullptr;
  std::shared_ptr<Allocator> allocator;  // Null: no limit.
  ResourceStore* session = nullptr;      // Variables and whatever else outlives a run.
  ResourceStore* step = nullptr;         // Tensor arrays and stacks of this run.
  Cancellation* cancellation = nullptr;
  // By token or node name; empty where there is none.
  std::function<HostFunction(std::string_view token, std::string_view node)> host_function;
  // Refuses by itself what the graph may not touch. Null: there are no files.
  FileSystem* files = nullptr;
};

}  // namespace icecore::inline v0
