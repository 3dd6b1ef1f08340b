// Ops on strings.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable strings_ops();

// join.cc
void string_join_shape(ShapeContext& c);
void reduce_join_shape(ShapeContext& c);
Kernel string_join_kernel(const NodeInfo& node);
Kernel reduce_join_kernel(const NodeInfo& node);
// format.cc
void string_format_shape(ShapeContext& c);
Kernel string_format_kernel(const NodeInfo& node);
// split.cc
void string_split_shape(ShapeContext& c);
Kernel string_split_kernel(const NodeInfo& node);
Kernel string_split_v2_kernel(const NodeInfo& node);
// numbers.cc
Kernel as_string_kernel(const NodeInfo& node);
Kernel string_to_number_kernel(const NodeInfo& node);
// text.cc
Kernel string_length_kernel(const NodeInfo& node);
Kernel string_lower_kernel(const NodeInfo& node);
Kernel string_upper_kernel(const NodeInfo& node);
Kernel string_strip_kernel(const NodeInfo& node);
// substr.cc
void substr_shape(ShapeContext& c);
Kernel substr_kernel(const NodeInfo& node);
// bytes.cc
void decode_raw_shape(ShapeContext& c);
Kernel decode_raw_kernel(const NodeInfo& node);
Kernel encode_base64_kernel(const NodeInfo& node);
Kernel decode_base64_kernel(const NodeInfo& node);
// regex_ops.cc
void regex_shape(ShapeContext& c);
Kernel regex_full_match_kernel(const NodeInfo& node);
Kernel static_regex_full_match_kernel(const NodeInfo& node);
Kernel regex_replace_kernel(const NodeInfo& node);
Kernel static_regex_replace_kernel(const NodeInfo& node);
// hash_bucket.cc
Kernel string_to_hash_bucket_kernel(const NodeInfo& node);
Kernel string_to_hash_bucket_fast_kernel(const NodeInfo& node);

}  // namespace icecore::inline v0
