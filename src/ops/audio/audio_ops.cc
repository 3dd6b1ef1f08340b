#include "ops/audio/audio_ops.h"

#include <array>

namespace icecore::inline v0 {

OpTable audio_ops() {
  static constexpr std::array kTable{
      OpImplementation{"AudioSpectrogram", audio_spectrogram_shape, audio_spectrogram_kernel},
      OpImplementation{"DecodeWav", decode_wav_shape, decode_wav_kernel},
      OpImplementation{"Mfcc", mfcc_shape, mfcc_kernel},
  };
  return kTable;
}

}  // namespace icecore::inline v0
