// Sound: decoding, spectra, and what speech models make of them.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable audio_ops();

// decode_wav.cc
void decode_wav_shape(ShapeContext&);
Kernel decode_wav_kernel(const NodeInfo&);

// audio_spectrogram.cc
void audio_spectrogram_shape(ShapeContext&);
Kernel audio_spectrogram_kernel(const NodeInfo&);

// mfcc.cc
void mfcc_shape(ShapeContext&);
Kernel mfcc_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
