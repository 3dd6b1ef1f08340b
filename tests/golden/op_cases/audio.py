"""Sound: decoding, spectra, mel-frequency coefficients. (Of several channels 1.15.5 carries samples over from one to the
next, or fails with "Expected height 5 but got 6": spectra are of one channel here.)"""
import struct

import numpy as np

from op_cases import case, floats, ints, shape


def wav(samples, channels=1, rate=8000, bits=16, format_=1, extra=b'', chunks=b'', size=None, per_second=None):
    data = np.int16(samples).tobytes()
    sample = channels * 2
    head = struct.pack('<HHIIHH', format_, channels, rate, rate * sample if per_second is None else per_second, sample, bits)
    body = b'WAVEfmt ' + struct.pack('<I', len(head) + len(extra)) + head + extra + chunks
    body += b'data' + struct.pack('<I', len(data) if size is None else size) + data
    return np.array(b'RIFF' + struct.pack('<I', len(body)) + body, dtype=object)


samples = ints(24, low=-30000, high=30000)
case('wav', 'DecodeWav', wav(samples))
case('wav_stereo', 'DecodeWav', wav(samples, channels=2, rate=44100))
case('wav_extra', 'DecodeWav', wav(samples, extra=b'\0\0'))
case('wav_other_chunk', 'DecodeWav', wav(samples, chunks=b'LIST\x04\0\0\0abcd'))
case('wav_shorter', 'DecodeWav', wav(samples), desired_samples=10)
case('wav_longer', 'DecodeWav', wav(samples), desired_samples=30, desired_channels=1)
case('wav_more_channels', 'DecodeWav', wav(samples, channels=2), desired_channels=3)
case('wav_fewer_channels', 'DecodeWav', wav(samples, channels=2), desired_channels=1)
case('wav_nothing', 'DecodeWav', wav([]))
for name, file in (('text', np.array(b'hello', dtype=object)), ('empty', np.array(b'', dtype=object)),
                   ('bits', wav(samples, bits=8)), ('format', wav(samples, format_=3)), ('size', wav(samples, size=400)),
                   ('huge', wav(samples, size=0xfffffff0)), ('rate', wav(samples, per_second=7)),
                   ('extra', wav(samples, extra=b'\0\0\0\0')), ('channels', wav(samples, channels=0))):
    case('wav_bad_' + name, 'DecodeWav', file, error='INVALID_ARGUMENT')
shape('wav', 'DecodeWav', ('string', []), desired_channels=1)

tone = (np.sin(np.arange(400) * .3) + floats(400) * .1).astype('float32')[:, None]
for name, sound, window, stride in (('spectrum', tone, 64, 32), ('spectrum_odd', tone, 100, 70), ('spectrum_gap', tone, 10, 50),
                                    ('spectrum_short', tone, 500, 10), ('spectrum_2', tone[:9], 2, 1)):
    case(name, 'AudioSpectrogram', sound, window_size=window, stride=stride, tol=2e-4)
    case(name + '_squared', 'AudioSpectrogram', sound, window_size=window, stride=stride, magnitude_squared=True, tol=2e-3)
case('spectrum_window', 'AudioSpectrogram', tone, window_size=1, stride=1, error='INVALID_ARGUMENT')
case('spectrum_vector', 'AudioSpectrogram', tone[:, 0], window_size=8, stride=1, error='INVALID_ARGUMENT')
shape('spectrum', 'AudioSpectrogram', ('float32', [400, None]), window_size=100, stride=30)
shape('spectrum_unknown', 'AudioSpectrogram', ('float32', None), window_size=64, stride=30)

power = np.abs(floats(2, 3, 257)) * 20
case('mfcc', 'Mfcc', power, np.int32(16000), tol=1e-4)
case('mfcc_attrs', 'Mfcc', power, np.int32(8000), upper_frequency_limit=3000., lower_frequency_limit=100.,
     filterbank_channel_count=20, dct_coefficient_count=20, tol=1e-4)
case('mfcc_silence', 'Mfcc', 0 * power, np.int32(16000), tol=1e-4)
case('mfcc_few_bins', 'Mfcc', power[:, :, :9], np.int32(16000), tol=1e-4)
case('mfcc_beyond', 'Mfcc', power, np.int32(4000), tol=1e-4)
case('mfcc_rate', 'Mfcc', power, np.int32(0), error='INVALID_ARGUMENT')
case('mfcc_coefficients', 'Mfcc', power, np.int32(16000), dct_coefficient_count=41, error='INVALID_ARGUMENT')
case('mfcc_2d', 'Mfcc', power[0], np.int32(16000), error='INVALID_ARGUMENT')
shape('mfcc', 'Mfcc', ('float32', [1, None, 257]), ('int32', []))
