#include "locate/refuse.h"

#include <icecore/error.h>

namespace icecore::inline v0 {

void refuse(const std::string& path, const Sniffed& sniffed) {
  const std::string what = path + " is " + describe(sniffed);
  switch (sniffed.content) {
    case Content::kCutTable:
    case Content::kEmpty:
    case Content::kZeros:
      throw Error(Code::kDataLoss, what);
    case Content::kGraphDef:
    case Content::kTextGraph:
    case Content::kMetaGraphDef:
    case Content::kTextMetaGraph:
      throw Error(Code::kInvalidArgument, what + ", but a checkpoint is needed here");
    case Content::kSavedModel:
    case Content::kTextSavedModel: {
      const std::string folder = folder_of(path);
      throw Error(Code::kInvalidArgument,
                  what + ", but a checkpoint is needed here: pass its folder (" +
                      (folder.empty() ? "." : folder) + ") to read its variables");
    }
    case Content::kTable:  // An .index under another name.
      throw Error(Code::kInvalidArgument,
                  what +
                      " under another name: rename it to PREFIX.index, beside its PREFIX.data-… "
                      "files");
    default:
      throw Error(Code::kInvalidArgument, what);
  }
}

void refuse_index(const std::string& path, const Sniffed& sniffed) {
  if (sniffed.content != Content::kUnknown) refuse(path, sniffed);
  throw Error(Code::kDataLoss,
              path +
                  " is not a table (bad magic number at its end): it is damaged, or no "
                  "checkpoint's .index");
}

}  // namespace icecore::inline v0
