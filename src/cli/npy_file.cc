#include "cli/npy_file.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kMagic("\x93NUMPY\x01\x00", 8);
constexpr std::size_t kLengthBytes = 2;
constexpr std::size_t kAlignment = 64;
// numpy leaves so much room that the first dimension can grow to any size in place.
constexpr std::size_t kGrowthDigits = 21;

constexpr int kMostDimensions = 64;
constexpr std::size_t kLargestItem = std::numeric_limits<std::int32_t>::max();

// numpy has no strings of length 0: an array of empty ones has one byte each.
std::size_t string_width(const Tensor& tensor) {
  std::size_t width = 1;
  for (const std::string& item : tensor.strings()) width = std::max(width, item.size());
  if (width > kLargestItem) {
    throw Error(Code::kInvalidArgument, "a string of " + std::to_string(width) +
                                            " bytes is longer than numpy's strings, which end at " +
                                            std::to_string(kLargestItem));
  }
  return width;
}

// The byte order, kind and size of an element, as numpy.dtype.str has them.
std::string description(const Tensor& tensor) {
  switch (tensor.dtype()) {
    case DType::kFloat16:
      return "<f2";
    case DType::kFloat32:
      return "<f4";
    case DType::kFloat64:
      return "<f8";
    case DType::kBFloat16:
      return "<V2";
    case DType::kComplex64:
      return "<c8";
    case DType::kComplex128:
      return "<c16";
    case DType::kInt8:
    case DType::kQInt8:
      return "|i1";
    case DType::kUInt8:
    case DType::kQUInt8:
      return "|u1";
    case DType::kInt16:
    case DType::kQInt16:
      return "<i2";
    case DType::kUInt16:
    case DType::kQUInt16:
      return "<u2";
    case DType::kInt32:
    case DType::kQInt32:
      return "<i4";
    case DType::kUInt32:
      return "<u4";
    case DType::kInt64:
      return "<i8";
    case DType::kUInt64:
      return "<u8";
    case DType::kBool:
      return "|b1";
    case DType::kString:
      return "|S" + std::to_string(string_width(tensor));
    case DType::kInvalid:
    case DType::kResource:
    case DType::kVariant:
      break;
  }
  throw Error(Code::kUnimplemented,
              "values of type " + to_string(tensor.dtype()) + " have no form in a .npy file");
}

// A Python tuple.
std::string tuple(const Shape& shape) {
  std::string text = "(";
  for (int i = 0; i < shape.rank(); ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(shape.dim(i));
  }
  return text + (shape.rank() == 1 ? ",)" : ")");
}

// Writes items of one width, NULs behind the shorter ones, in pieces that bound the memory.
void write_strings(AtomicFile& file, std::span<const std::string> items, std::size_t width) {
  constexpr std::size_t kPiece = 1 << 20;
  std::string piece;
  const auto flush = [&] {
    file.write(piece);
    piece.clear();
  };
  for (const std::string& item : items) {
    piece += item;
    std::size_t padding = width - item.size();
    while (padding > 0) {
      if (piece.size() >= kPiece) flush();
      const std::size_t step = std::min(padding, kPiece - std::min(piece.size(), kPiece));
      piece.append(step, '\0');
      padding -= step;
    }
    if (piece.size() >= kPiece) flush();
  }
  flush();
}

}  // namespace

std::string npy_header(const Tensor& tensor) {
  const Shape& shape = tensor.shape();
  if (shape.rank() > kMostDimensions) {
    throw Error(Code::kInvalidArgument,
                "numpy's arrays have at most " + std::to_string(kMostDimensions) +
                    " dimensions, this tensor has " + std::to_string(shape.rank()));
  }
  std::string text = "{'descr': '" + description(tensor) +
                     "', 'fortran_order': False, 'shape': " + tuple(shape) + ", }";
  if (shape.rank() > 0) text.append(kGrowthDigits - std::to_string(shape.dim(0)).size(), ' ');
  // A newline ends it. Where nothing is missing, numpy pads with a whole unit more.
  const std::size_t unpadded = kMagic.size() + kLengthBytes + text.size() + 1;
  text.append(kAlignment - unpadded % kAlignment, ' ').push_back('\n');

  std::string header(kMagic);
  header += static_cast<char>(text.size() & 0xff);
  header += static_cast<char>(text.size() >> 8);
  return header += text;
}

void write_npy(FileSystem& files, const std::string& path, const Tensor& tensor,
               Durability durability) {
  const std::string header = npy_header(tensor);
  const bool is_string = tensor.dtype() == DType::kString;
  const std::uint64_t width = is_string ? string_width(tensor) : dtype_size(tensor.dtype());
  const auto count = static_cast<std::uint64_t>(tensor.num_elements());
  // The largest file there can be.
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (count > (kLargest - header.size()) / width) {
    throw Error(Code::kResourceExhausted, path + ": " + std::to_string(count) + " items of " +
                                              std::to_string(width) +
                                              " bytes each are more than a file can hold");
  }
  AtomicFile file(files, path);
  file.preallocate(header.size() + count * width);
  file.write(header);
  if (is_string) {
    write_strings(file, tensor.strings(), width);
  } else {
    file.write(tensor.bytes());
  }
  file.commit(durability);
}

}  // namespace icecore::inline v0
