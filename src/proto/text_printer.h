// Encoded messages as text, byte for byte as TensorFlow's Python prints them.
#pragma once

#include <icecore/export.h>

#include <functional>
#include <string>
#include <string_view>

#include "proto/blob.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

enum class FloatStyle {
  kDouble,    // tf.train.write_graph of 1.15.5: a float32 as the double it is, 0.10000000149011612
  kShortest,  // text_format.MessageToString, the state file, TensorFlow 2: 0.1
};

struct TextOptions {
  FloatStyle float_style = FloatStyle::kDouble;
};

// Takes pieces of text in order.
using TextSink = std::function<void(std::string_view)>;

// Prints what protobuf would have parsed: fields in number order; of a field that stands there
// several times the last value, or all messages merged; of a oneof the last member, also when it is
// zero; of a map the last entry a key, sorted by key; zero scalars outside oneofs and fields that
// the schema lacks not at all. A google.protobuf.Any is expanded where the schema has its type.
// Values that were left in their file are read piece by piece, so memory doesn't depend on them.
// DATA_LOSS where the message is damaged or nested more than 100 deep.
ICECORE_API void print_text(const Span& message, const MessageSchema& schema,
                            const TextOptions& options, const TextSink& sink);
// As a string.
ICECORE_API std::string print_text(const Span& message, const MessageSchema& schema,
                                   const TextOptions& options = {});

}  // namespace icecore::inline v0
