#include <string>

#include "locate/sniff.h"

namespace icecore::inline v0 {
namespace {

std::string in_hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!text.empty()) text += ' ';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string of_table(const Sniffed& table) {
  switch (table.table) {
    case TableKind::kV1:
      return "a V1 checkpoint";
    case TableKind::kV2Index:
      return "the .index of a V2 checkpoint";
    case TableKind::kOther:
      break;
  }
  return "a LevelDB table";
}

}  // namespace

std::string describe(const Sniffed& sniffed) {
  switch (sniffed.content) {
    case Content::kTable:
      return of_table(sniffed);
    case Content::kCutTable:
      return "the beginning of " + of_table(sniffed) + " whose end is missing (" +
             std::to_string(sniffed.size) + " bytes; an interrupted copy?)";
    case Content::kGraphDef:
      return "a TensorFlow graph (GraphDef)";
    case Content::kMetaGraphDef:
      return "a TensorFlow meta graph (MetaGraphDef)";
    case Content::kSavedModel:
      return "a TensorFlow SavedModel's graph";
    case Content::kTextGraph:
      return "a TensorFlow graph (GraphDef as text)";
    case Content::kTextMetaGraph:
      return "a TensorFlow meta graph (MetaGraphDef as text)";
    case Content::kTextSavedModel:
      return "a TensorFlow SavedModel's graph (as text)";
    case Content::kStateFile:
      return "a checkpoint state file";
    case Content::kTfRecord:
      return "a file of TFRecords (TensorBoard events or training data): it holds no variables";
    case Content::kTfLite:
      return "a TensorFlow Lite model: pass what it was converted from";
    case Content::kEmpty:
      return "empty (0 bytes; an interrupted copy or save?)";
    case Content::kZeros:
      return "nothing but zero bytes (" + std::to_string(sniffed.size) +
             "; an interrupted copy or a full disk?): copy it again";
    case Content::kGitLfsPointer:
      return "a git-lfs pointer, not the file itself" +
             (sniffed.expected_size
                  ? " (" + std::to_string(*sniffed.expected_size) + " bytes expected)"
                  : std::string()) +
             ": run `git lfs pull`";
    case Content::kGitAnnexPointer:
      return "a git-annex pointer, not the file itself: run `git annex get`";
    case Content::kHtml:
      return "an HTML page (a download that went wrong?): fetch the file itself";
    case Content::kXml:
      return "an XML answer (a download that went wrong?): fetch the file itself";
    case Content::kZip:
      return "a zip archive: unpack it and pass what is in it";
    case Content::kPyTorchZip:
      return "a PyTorch checkpoint (zip): Icecore reads TensorFlow's";
    case Content::kNpz:
      return "a NumPy archive (.npz): Icecore reads TensorFlow's checkpoints";
    case Content::kKerasZip:
      return "a Keras model (.keras): Icecore reads TensorFlow's checkpoints";
    case Content::kHdf5:
      return "an HDF5 file (Keras weights?): Icecore reads TensorFlow's checkpoints";
    case Content::kPickle:
      return "a Python pickle (PyTorch?): Icecore reads TensorFlow's checkpoints";
    case Content::kPyTorchPickle:
      return "a PyTorch checkpoint (pickle): Icecore reads TensorFlow's";
    case Content::kSafetensors:
      return "a safetensors file: Icecore reads TensorFlow's checkpoints";
    case Content::kNumpy:
      return "a NumPy array (.npy): Icecore reads TensorFlow's checkpoints";
    case Content::kOnnx:
      return "an ONNX model: Icecore reads TensorFlow's";
    case Content::kGzip:
      return "a gzip archive: unpack it and pass what is in it";
    case Content::kTar:
      return "a tar archive: unpack it and pass what is in it";
    case Content::kArchive:
      return "a packed archive: unpack it and pass what is in it";
    case Content::kPlainText:
      return "a text file";
    case Content::kUnknown:
      break;
  }
  return "of no kind that Icecore knows (it begins with " + in_hex(sniffed.first_bytes) + ")";
}

}  // namespace icecore::inline v0
