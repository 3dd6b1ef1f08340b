#include "cli/runtime_library.h"

#include <dlfcn.h>
#include <icecore/error.h>
#include <link.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace icecore::inline v0 {
namespace {

// The folder with a slash behind it, or nothing where the loader doesn't say.
std::string folder_of_loaded(const char* library) {
  void* handle = ::dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
  if (handle == nullptr) return "";
  std::string folder;
  link_map* entry = nullptr;
  if (::dlinfo(handle, RTLD_DI_LINKMAP, static_cast<void*>(&entry)) == 0 && entry != nullptr) {
    const std::string path = entry->l_name;
    folder = path.substr(0, path.rfind('/') + 1);
  }
  ::dlclose(handle);
  return folder;
}

// The two are of one version only if they come from one place. A sanitizer's dlopen() doesn't look
// where the program's RUNPATH points, which is another reason to say the whole path.
std::string runtime_path() {
  const std::string folder = folder_of_loaded(ICECORE_LIBRARY);
  std::string beside = folder + ICECORE_RUNTIME_LIBRARY;
  if (!folder.empty() && ::access(beside.c_str(), F_OK) == 0) return beside;
  return ICECORE_RUNTIME_LIBRARY;
}

void* load_function(const char* name) {
  // OpenMP reads it when it is loaded. Its threads and ours take turns: idle ones must not spin.
  ::setenv("OMP_WAIT_POLICY", "passive", 0);
  void* library = ::dlopen(runtime_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(Code::kFailedPrecondition,
                std::string("the library that runs graphs can't be loaded: ") + ::dlerror());
  }
  void* const function = ::dlsym(library, name);
  if (function == nullptr) {
    throw Error(Code::kFailedPrecondition,
                std::string(ICECORE_RUNTIME_LIBRARY) + " is of another version");
  }
  return function;
}

}  // namespace

RunModelFunction load_runtime() {
  return reinterpret_cast<RunModelFunction>(load_function("icecore_run_model"));
}

CheckFrozenFunction load_check_frozen() {
  return reinterpret_cast<CheckFrozenFunction>(load_function("icecore_check_frozen"));
}

}  // namespace icecore::inline v0
