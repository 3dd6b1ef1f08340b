#include "locate/sniff.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "made_files.h"

namespace icecore {
namespace {

using std::string_literals::operator""s;

Sniffed sniff_bytes(const std::string& bytes) {
  MemoryFileSystem files;
  files.put("file", bytes);
  return sniff(files, "file");
}

Content content_of(const std::string& bytes) {
  return sniff_bytes(bytes).content;
}

const std::string kGolden = ICECORE_TEST_DATA "/golden/";

Sniffed sniff_golden(const std::string& name) {
  return sniff(posix_file_system(), kGolden + name);
}

// The same bytes under any name: nothing here looks at one.
TEST(Sniff, TensorFlowsOwnFilesAreKnownByContent) {
  EXPECT_EQ(sniff_golden("graphs/built.pb").content, Content::kGraphDef);
  EXPECT_EQ(sniff_golden("graphs/by_hand.pb").content, Content::kGraphDef);
  EXPECT_EQ(sniff_golden("graphs/messages.pb").content, Content::kGraphDef);
  EXPECT_EQ(sniff_golden("graphs/numbers.pb").content, Content::kGraphDef);
  EXPECT_EQ(sniff_golden("graphs/unknown_fields.pb").content, Content::kGraphDef);
  EXPECT_EQ(sniff_golden("graphs/meta/model.meta").content, Content::kMetaGraphDef);
  EXPECT_EQ(sniff_golden("graphs/meta/no_variables.meta").content, Content::kMetaGraphDef);
  EXPECT_EQ(sniff_golden("graphs/meta/stripped.meta").content, Content::kMetaGraphDef);
  EXPECT_EQ(sniff_golden("graphs/saved_model/simple/saved_model.pb").content, Content::kSavedModel);
  EXPECT_EQ(sniff_golden("graphs/saved_model/two_graphs/saved_model.pb").content,
            Content::kSavedModel);
  EXPECT_EQ(sniff_golden("graphs/built.pbtxt").content, Content::kTextGraph);
  EXPECT_EQ(sniff_golden("graphs/by_hand.pbtxt").content, Content::kTextGraph);
  EXPECT_EQ(sniff_golden("graphs/meta/model.meta.pbtxt").content, Content::kTextMetaGraph);
  EXPECT_EQ(sniff_golden("graphs/saved_model/text/saved_model.pbtxt").content,
            Content::kTextSavedModel);
  EXPECT_EQ(sniff_golden("state/by_hand/checkpoint").content, Content::kStateFile);
  EXPECT_EQ(sniff_golden("state/timestamps/checkpoint").content, Content::kStateFile);
}

// A graph of one function: field 2, of a function: 1, of its signature: 1, whose name is field 1.
TEST(Sniff, GraphsAreKnownWhoseFunctionsAreCalledAsPythonsLambdasAre) {
  EXPECT_EQ(content_of("\x12\x0e\x0a\x0c\x0a\x0a\x0a\x08<lambda>"s), Content::kGraphDef);
}

TEST(Sniff, BothTablesAreToldApart) {
  EXPECT_EQ(sniff_golden("v2/dtypes/model.ckpt.index").table, TableKind::kV2Index);
  EXPECT_EQ(sniff_golden("v1/dtypes/model.ckpt").table, TableKind::kV1);
  EXPECT_EQ(content_of(table("something else")), Content::kTable);
  EXPECT_EQ(sniff_bytes(table("something else")).table, TableKind::kOther);
}

TEST(Sniff, EveryGoldenIndexIsAV2Index) {
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kGolden)) {
    if (entry.path().extension() != ".index") continue;
    const Sniffed sniffed = sniff(posix_file_system(), entry.path());
    EXPECT_EQ(sniffed.content, Content::kTable) << entry.path();
    EXPECT_EQ(sniffed.table, TableKind::kV2Index) << entry.path();
    ++seen;
  }
  EXPECT_GT(seen, 20u);
}

TEST(Sniff, ATableThatLostItsEndSaysSo) {
  const std::string index = v2_index();
  const Sniffed cut = sniff_bytes(index.substr(0, index.size() - 3));
  EXPECT_EQ(cut.content, Content::kCutTable);
  EXPECT_EQ(describe(cut),
            "the beginning of the .index of a V2 checkpoint whose end is missing (54 bytes; an "
            "interrupted copy?)");
  EXPECT_EQ(sniff_bytes(v1_table().substr(0, 20)).table, TableKind::kV1);
}

TEST(Sniff, SmallestMessages) {
  EXPECT_EQ(content_of(graph_def()), Content::kGraphDef);
  EXPECT_EQ(content_of(meta_graph_def()), Content::kMetaGraphDef);
  EXPECT_EQ(content_of(saved_model()), Content::kSavedModel);
  EXPECT_EQ(content_of("\x22\2\x08\x1b"s), Content::kGraphDef);  // Nothing but versions.
}

TEST(Sniff, AGraphThatWasCutIsStillOne) {
  MemoryFileSystem files;
  for (const char* name :
       {"graphs/built.pb", "graphs/meta/model.meta", "graphs/saved_model/simple/saved_model.pb"}) {
    const auto file = posix_file_system().open(kGolden + name);
    const std::string whole = file->read_string(0, file->size());
    const Content wanted = content_of(whole);
    for (const std::size_t size : {whole.size() - 1, whole.size() / 2, whole.size() / 3}) {
      EXPECT_EQ(content_of(whole.substr(0, size)), wanted) << name << " cut to " << size;
    }
  }
}

TEST(Sniff, TextGoesByItsFirstField) {
  EXPECT_EQ(content_of("# made by hand\n\n  node {\n}\n"), Content::kTextGraph);
  EXPECT_EQ(content_of("node: < name: 'x' >"), Content::kTextGraph);
  EXPECT_EQ(content_of("versions { producer: 27 }"), Content::kTextGraph);
  EXPECT_EQ(content_of("\xef\xbb\xbfmeta_info_def {\r\n}\r\n"), Content::kTextMetaGraph);
  EXPECT_EQ(content_of("saved_model_schema_version: 1"), Content::kTextSavedModel);
  EXPECT_EQ(content_of("all_model_checkpoint_paths: \"m\""), Content::kStateFile);
  EXPECT_EQ(content_of("node is a word"), Content::kPlainText);
  EXPECT_EQ(content_of("nodes { }"), Content::kPlainText);
  EXPECT_EQ(content_of("# only a comment"), Content::kPlainText);
  EXPECT_EQ(content_of("\nHello"), Content::kPlainText);
}

struct Foreign {
  std::string bytes;
  Content content;
  std::string description;
};

TEST(Sniff, WhatIsNotTensorFlowsSaysWhatItIsAndWhatToDo) {
  const std::string zip = "PK\3\4\x14\0\0\0\0\0"s;
  const Foreign cases[] = {
      {"", Content::kEmpty, "empty (0 bytes; an interrupted copy or save?)"},
      {std::string(100, '\0'), Content::kZeros,
       "nothing but zero bytes (100; an interrupted copy or a full disk?): copy it again"},
      {git_lfs_pointer(), Content::kGitLfsPointer,
       "a git-lfs pointer, not the file itself (9362 bytes expected): run `git lfs pull`"},
      {"/annex/objects/SHA256E-s9362--4d7a", Content::kGitAnnexPointer,
       "a git-annex pointer, not the file itself: run `git annex get`"},
      {"\n<!DOCTYPE html>\n<html>", Content::kHtml,
       "an HTML page (a download that went wrong?): fetch the file itself"},
      {"<HTML><body>404", Content::kHtml,
       "an HTML page (a download that went wrong?): fetch the file itself"},
      {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", Content::kXml,
       "an XML answer (a download that went wrong?): fetch the file itself"},
      {zip + "a.txt", Content::kZip, "a zip archive: unpack it and pass what is in it"},
      {zip + "archive/data.pkl", Content::kPyTorchZip,
       "a PyTorch checkpoint (zip): Icecore reads TensorFlow's"},
      {zip + "arr_0.npy", Content::kNpz,
       "a NumPy archive (.npz): Icecore reads TensorFlow's checkpoints"},
      {zip + "config.json" + std::string(9000, 'x') + "model.weights.h5", Content::kKerasZip,
       "a Keras model (.keras): Icecore reads TensorFlow's checkpoints"},
      {"\x89HDF\r\n\x1a\n\0\0"s, Content::kHdf5,
       "an HDF5 file (Keras weights?): Icecore reads TensorFlow's checkpoints"},
      {"\x80\2\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\2M"s, Content::kPyTorchPickle,
       "a PyTorch checkpoint (pickle): Icecore reads TensorFlow's"},
      {"\x80\3}q\0X\3\0\0\0abc."s, Content::kPickle,
       "a Python pickle (PyTorch?): Icecore reads TensorFlow's checkpoints"},
      {"\x12\0\0\0\0\0\0\0{\"a\":{\"dtype\":1}}  "s, Content::kSafetensors,
       "a safetensors file: Icecore reads TensorFlow's checkpoints"},
      {"\x93NUMPY\1\0"s, Content::kNumpy,
       "a NumPy array (.npy): Icecore reads TensorFlow's checkpoints"},
      {"\x08\6\x12\7pytorch\x1a\3"
       "1.5:\0"s,
       Content::kOnnx, "an ONNX model: Icecore reads TensorFlow's"},
      {"\x1c\0\0\0TFL3"s, Content::kTfLite,
       "a TensorFlow Lite model: pass what it was converted from"},
      {"\x1f\x8b\x08\0"s, Content::kGzip, "a gzip archive: unpack it and pass what is in it"},
      {"a" + std::string(256, '\0') + "ustar  ", Content::kTar,
       "a tar archive: unpack it and pass what is in it"},
      {"BZh91AY", Content::kArchive, "a packed archive: unpack it and pass what is in it"},
      // The first record of an events file: length 24 and its masked CRC-32C.
      {"\x18\0\0\0\0\0\0\0\xa3\x7fK\x22\x09\0"s, Content::kTfRecord,
       "a file of TFRecords (TensorBoard events or training data): it holds no variables"},
      {"once upon a time\n", Content::kPlainText, "a text file"},
      {"\xde\xad\xbe\xef\0\1\2\3\4"s, Content::kUnknown,
       "of no kind that Icecore knows (it begins with de ad be ef 00 01 02 03)"},
  };
  for (const Foreign& each : cases) {
    const Sniffed sniffed = sniff_bytes(each.bytes);
    EXPECT_EQ(sniffed.content, each.content) << each.description;
    EXPECT_EQ(describe(sniffed), each.description);
    EXPECT_FALSE(is_graph(sniffed.content));
  }
}

TEST(Sniff, ARealPyTorchPickleIsKnown) {
  const std::string path = ICECORE_TEST_DATA "/models/neg-pytorch-pickle/model.ckpt";
  EXPECT_EQ(sniff(posix_file_system(), path).content, Content::kPyTorchPickle);
}

// Any beginning of any file must be answered, without reading beyond its end.
TEST(Sniff, EveryTruncationHasAnAnswer) {
  for (const std::string& whole :
       {v2_index(), v1_table(), graph_def(), meta_graph_def(), saved_model(), git_lfs_pointer()}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      EXPECT_FALSE(describe(sniff_bytes(whole.substr(0, size))).empty());
    }
  }
}

TEST(Sniff, EveryBitFlipHasAnAnswer) {
  for (const std::string& whole : {v2_index(), meta_graph_def(), saved_model()}) {
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string flipped = whole;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(describe(sniff_bytes(flipped)).empty());
    }
  }
}

}  // namespace
}  // namespace icecore
