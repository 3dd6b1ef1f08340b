#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "ops/audio/audio_ops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

// Reads little-endian numbers and texts one after another.
class WavCursor {
 public:
  explicit WavCursor(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return at_ >= bytes_.size(); }
  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - std::min(at_, bytes_.size())) {
      refuse("Data too short when trying to read string");
    }
    const std::string_view taken = bytes_.substr(at_, count);
    at_ += count;
    return taken;
  }
  std::uint32_t number(std::size_t bytes) {
    std::uint32_t value = 0;
    const std::string_view taken = take(bytes);
    for (std::size_t i = bytes; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(taken[i]);
    }
    return value;
  }
  void expect(std::string_view text) {
    const std::string_view found = take(text.size());
    if (found == text) return;
    refuse("Header mismatch: Expected " + std::string(text) + " but found " + std::string(found));
  }
  // May go beyond the end, where nothing can be read.
  void skip(std::size_t count) { at_ += count; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

struct Wav {
  std::uint32_t channels = 0, rate = 0;
  std::string_view samples;  // 16 bits each.
};

Wav parse(std::string_view bytes) {
  WavCursor cursor(bytes);
  Wav wav;
  cursor.expect("RIFF");
  cursor.number(4);
  cursor.expect("WAVE");
  cursor.expect("fmt ");
  const std::uint32_t format_size = cursor.number(4);
  if (format_size != 16 && format_size != 18) {
    refuse("Bad file size for WAV: Expected 16 or 18, but got" + std::to_string(format_size));
  }
  const std::uint32_t format = cursor.number(2);
  if (format != 1) {
    refuse("Bad audio format for WAV: Expected 1 (PCM), but got" + std::to_string(format));
  }
  wav.channels = cursor.number(2);
  if (wav.channels < 1) {
    refuse("Bad number of channels for WAV: Expected at least 1, but got 0");
  }
  wav.rate = cursor.number(4);
  const std::uint32_t bytes_per_second = cursor.number(4);
  const std::uint32_t bytes_per_sample = cursor.number(2);
  const std::uint32_t bits = cursor.number(2);
  if (bits != 16) refuse("Can only read 16-bit WAV files, but received " + std::to_string(bits));
  if (bytes_per_sample != 2 * wav.channels) {
    refuse("Bad bytes per sample in WAV header: Expected " + std::to_string(2 * wav.channels) +
           " but got " + std::to_string(bytes_per_sample));
  }
  if (bytes_per_second != bytes_per_sample * wav.rate) {
    refuse("Bad bytes per second in WAV header: Expected " +
           std::to_string(bytes_per_sample * wav.rate) + " but got " +
           std::to_string(bytes_per_second));
  }
  if (format_size == 18) cursor.skip(2);
  bool found = false;
  while (!cursor.at_end()) {
    const std::string_view id = cursor.take(4);
    const std::uint32_t size = cursor.number(4);
    if (size > static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max())) {
      refuse("WAV data chunk '" + std::string(id) + "' is too large: " + std::to_string(size) +
             " bytes");
    }
    if (id != "data") {
      cursor.skip(size);
      continue;
    }
    if (found) refuse("More than one data chunk found in WAV");
    found = true;
    wav.samples = cursor.take(size / bytes_per_sample * bytes_per_sample);
  }
  if (!found) refuse("No data chunk found in WAV");
  return wav;
}

float sample_at(const Wav& wav, std::size_t index) {
  const auto low = static_cast<unsigned char>(wav.samples[2 * index]);
  const auto high = static_cast<unsigned char>(wav.samples[2 * index + 1]);
  return static_cast<float>(static_cast<std::int16_t>(high << 8 | low)) / 32768.0F;
}

}  // namespace

void decode_wav_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  const std::int64_t channels = c.node().int_attr("desired_channels");
  const std::int64_t samples = c.node().int_attr("desired_samples");
  if (channels < -1) {
    throw Error(Code::kInvalidArgument,
                "channels must be non-negative, got " + std::to_string(channels), Misuse::kValue);
  }
  if (samples < -1) {
    throw Error(Code::kInvalidArgument,
                "samples must be non-negative, got " + std::to_string(samples), Misuse::kValue);
  }
  c.set_output(0, Shape{samples, channels});
  c.set_output(1, Shape());
}

Kernel decode_wav_kernel(const NodeInfo& node) {
  const std::int64_t wanted_channels = node.int_attr("desired_channels");
  const std::int64_t wanted_samples = node.int_attr("desired_samples");
  if (wanted_channels < -1 || wanted_samples < -1) {
    refuse("desired_channels and desired_samples must be non-negative, or -1");
  }
  return [wanted_channels, wanted_samples](KernelContext& context) {
    const Tensor& contents = context.input(0);
    if (contents.shape().rank() != 0) {
      refuse("contents must be scalar, got shape " + to_string(contents.shape()));
    }
    const Wav wav = parse(contents.strings()[0]);
    const auto in_channels = static_cast<std::int64_t>(wav.channels);
    const std::int64_t in_samples =
        static_cast<std::int64_t>(wav.samples.size()) / (2 * in_channels);
    const std::int64_t samples = wanted_samples == -1 ? in_samples : wanted_samples;
    const std::int64_t channels = wanted_channels == -1 ? in_channels : wanted_channels;
    Tensor audio = context.allocate(DType::kFloat32, Shape{samples, channels});
    auto out = audio.mutable_values<float>();
    // What the file lacks is silence; channels beyond its last repeat that.
    std::size_t to = 0;
    for (std::int64_t sample = 0; sample < samples; ++sample) {
      for (std::int64_t channel = 0; channel < channels; ++channel, ++to) {
        const std::int64_t from = sample * in_channels + std::min(channel, in_channels - 1);
        out[to] = sample < in_samples ? sample_at(wav, static_cast<std::size_t>(from)) : 0.0F;
      }
    }
    Tensor rate = context.allocate(DType::kInt32, Shape());
    rate.mutable_values<std::int32_t>()[0] = static_cast<std::int32_t>(wav.rate);
    context.set_output(0, std::move(audio));
    context.set_output(1, std::move(rate));
  };
}

}  // namespace icecore::inline v0
