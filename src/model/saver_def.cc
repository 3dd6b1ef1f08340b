#include <icecore/saver_def.h>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {

std::string encode_saver_def(const SaverDef& saver_def) {
  namespace Def = pb::SaverDef;
  Piece piece;
  piece.text_if_any(Def::filename_tensor_name, saver_def.filename_tensor_name);
  piece.text_if_any(Def::save_tensor_name, saver_def.save_tensor_name);
  piece.text_if_any(Def::restore_op_name, saver_def.restore_op_name);
  if (saver_def.max_to_keep != 0) piece.int64(Def::max_to_keep, saver_def.max_to_keep);
  if (saver_def.sharded) piece.boolean(Def::sharded, true);
  if (saver_def.keep_checkpoint_every_n_hours != 0) {
    piece.float32(Def::keep_checkpoint_every_n_hours, saver_def.keep_checkpoint_every_n_hours);
  }
  if (saver_def.version != SaverDef::Version::kLegacy) {
    piece.int64(Def::version, static_cast<std::int64_t>(saver_def.version));
  }
  return piece.bytes();
}

SaverDef decode_saver_def(std::string_view encoded) {
  namespace Def = pb::SaverDef;
  SaverDef saver;
  for (Cursor c(encoded); c.next();) {
    switch (c.field()) {
      case Def::filename_tensor_name:
        saver.filename_tensor_name = c.text();
        break;
      case Def::save_tensor_name:
        saver.save_tensor_name = c.text();
        break;
      case Def::restore_op_name:
        saver.restore_op_name = c.text();
        break;
      case Def::max_to_keep:
        saver.max_to_keep = c.int32();
        break;
      case Def::sharded:
        saver.sharded = c.boolean();
        break;
      case Def::keep_checkpoint_every_n_hours:
        saver.keep_checkpoint_every_n_hours = c.float32();
        break;
      case Def::version: {
        const std::int64_t version = c.int64();
        // What a later TensorFlow may know counts as the last that we do.
        saver.version = version == 0   ? SaverDef::Version::kLegacy
                        : version == 1 ? SaverDef::Version::kV1
                                       : SaverDef::Version::kV2;
        break;
      }
      default:
        break;
    }
  }
  return saver;
}

}  // namespace icecore::inline v0
