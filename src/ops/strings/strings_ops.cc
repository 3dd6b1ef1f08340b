#include "ops/strings/strings_ops.h"

#include <icecore/shape_context.h>

namespace icecore::inline v0 {

OpTable strings_ops() {
  static constexpr OpImplementation kTable[] = {
      {"AsString", unchanged_shape, as_string_kernel, not_differentiable},
      {"DecodeBase64", unchanged_shape, decode_base64_kernel, not_differentiable},
      {"DecodeRaw", decode_raw_shape, decode_raw_kernel, not_differentiable},
      {"EncodeBase64", unchanged_shape, encode_base64_kernel, not_differentiable},
      {"ReduceJoin", reduce_join_shape, reduce_join_kernel, not_differentiable},
      {"RegexFullMatch", regex_shape, regex_full_match_kernel},
      {"RegexReplace", regex_shape, regex_replace_kernel, not_differentiable},
      {"StaticRegexFullMatch", unchanged_shape, static_regex_full_match_kernel},
      {"StaticRegexReplace", unchanged_shape, static_regex_replace_kernel},
      {"StringFormat", string_format_shape, string_format_kernel},
      {"StringJoin", string_join_shape, string_join_kernel, not_differentiable},
      {"StringLength", unchanged_shape, string_length_kernel, not_differentiable},
      {"StringLower", unchanged_shape, string_lower_kernel, not_differentiable},
      {"StringSplit", string_split_shape, string_split_kernel, not_differentiable},
      {"StringSplitV2", string_split_shape, string_split_v2_kernel, not_differentiable},
      {"StringStrip", unchanged_shape, string_strip_kernel, not_differentiable},
      {"StringToHashBucket", unchanged_shape, string_to_hash_bucket_kernel, not_differentiable},
      {"StringToHashBucketFast", unchanged_shape, string_to_hash_bucket_fast_kernel,
       not_differentiable},
      {"StringToNumber", unchanged_shape, string_to_number_kernel, not_differentiable},
      {"StringUpper", unchanged_shape, string_upper_kernel, not_differentiable},
      {"Substr", substr_shape, substr_kernel, not_differentiable},
  };
  return kTable;
}

}  // namespace icecore::inline v0
