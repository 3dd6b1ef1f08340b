// ReadFile, WriteFile.
#include <icecore/shape_context.h>

#include <span>
#include <string>

#include "io/folders.h"
#include "ops/io/graph_files.h"
#include "ops/io/io_ops.h"

namespace icecore::inline v0 {
namespace {

void read_file_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  c.set_output(0, Shape());
}

Kernel read_file_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::string& path = string_input(c, 0, "0 (filename)");
    const auto file = graph_files(c).open(path);
    c.set_output(0, Tensor::scalar(file->read_string(0, file->size())));
  });
}

void write_file_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  with_rank(c.input(1), 0);
}

Kernel write_file_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::string& path = string_input(c, 0, "0 (filename)");
    const std::string& contents = string_input(c, 1, "1 (contents)");
    FileSystem& files = graph_files(c);
    make_folders(files, folder_of(path));
    const auto file = files.create(path);
    file->write(std::as_bytes(std::span(contents.data(), contents.size())));
    file->close();
  });
}

}  // namespace

const OpImplementation read_file_op = {"ReadFile", read_file_shape, read_file_kernel};
const OpImplementation write_file_op = {"WriteFile", write_file_shape, write_file_kernel};

}  // namespace icecore::inline v0
