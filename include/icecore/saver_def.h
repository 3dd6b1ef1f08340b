// What a Saver is, as MetaGraphDefs carry it.
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

struct ICECORE_API SaverDef {
  // Numbers of SaverDef.CheckpointFormatVersion. It says how saving writes and which files deleting
  // looks for; any version is restored.
  enum class Version { kLegacy = 0, kV1 = 1, kV2 = 2 };

  // The names that lead to its nodes.
  std::string filename_tensor_name = {};  // "save/Const:0"
  std::string save_tensor_name = {};      // "save/control_dependency:0"
  std::string restore_op_name = {};       // "save/restore_all"
  std::int32_t max_to_keep = 0;           // 0: all.
  bool sharded = false;
  float keep_checkpoint_every_n_hours = 0;
  Version version = Version::kLegacy;

  bool operator==(const SaverDef&) const = default;
};

// The encoded message, and back. DATA_LOSS where the bytes aren't one.
ICECORE_API std::string encode_saver_def(const SaverDef& saver_def);
ICECORE_API SaverDef decode_saver_def(std::string_view encoded);

}  // namespace icecore::inline v0
