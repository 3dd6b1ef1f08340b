#!/usr/bin/env python3
"""Writes python/icecore/tf/ops/functions.txt: the functions that TensorFlow 1.15.5 makes of ops' signatures.

  op_functions.py TENSORFLOW_PYTHON_FOLDER > python/icecore/tf/ops/functions.txt

The folder is site-packages/tensorflow_core/python of an installation. Taken are the ops of docs/ops.md, and a few more: for each, the name
and module of its function, the op, its parameters, and how they are called in the signature where that differs.
"""
import ast
import glob
import os
import re
import sys

# Ops that are public functions, or that functions made of several ops add, though no Session of ours runs them yet.
MORE = {
    'AdjustContrastv2', 'AdjustHue', 'AdjustSaturation', 'AllCandidateSampler', 'AudioSummaryV2', 'AvgPool3D',
    'BesselI0e', 'BesselI1e', 'Betainc', 'CTCBeamSearchDecoder', 'CTCGreedyDecoder', 'CTCLoss', 'Cholesky',
    'CholeskySolve', 'ComputeAccidentalHits', 'Conv3D', 'Conv3DBackpropFilterV2', 'Conv3DBackpropInputV2', 'Cross',
    'CumulativeLogsumexp', 'DecodeAndCropJpeg', 'DecodeBmp', 'DecodeCSV', 'DecodeCompressed', 'DecodeGif',
    'DecodeJSONExample', 'DecodeJpeg', 'DecodePaddedRaw', 'DecodePng', 'DecodeProtoV2', 'DenseToSparseSetOperation',
    'Dequantize', 'DeserializeManySparse', 'Dilation2D', 'DrawBoundingBoxes', 'DrawBoundingBoxesV2', 'EditDistance',
    'EncodeJpeg', 'EncodePng', 'EncodeProto', 'EncodeWav', 'ExtractGlimpse', 'ExtractJpegShape', 'ExtractVolumePatches',
    'FFT', 'FFT2D', 'FFT3D', 'FakeQuantWithMinMaxArgs', 'FakeQuantWithMinMaxArgsGradient', 'FakeQuantWithMinMaxVars',
    'FakeQuantWithMinMaxVarsGradient', 'FakeQuantWithMinMaxVarsPerChannel', 'FakeQuantWithMinMaxVarsPerChannelGradient',
    'Fingerprint', 'FixedUnigramCandidateSampler', 'GuaranteeConst', 'HSVToRGB', 'HistogramFixedWidth', 'IFFT',
    'IFFT2D', 'IFFT3D', 'IRFFT', 'Igamma', 'Igammac', 'ImageSummary', 'LearnedUnigramCandidateSampler', 'LeftShift',
    'LogMatrixDeterminant', 'LogUniformCandidateSampler', 'LowerBound', 'Lu', 'MatrixDeterminant', 'MatrixInverse',
    'MatrixLogarithm', 'MatrixSolve', 'MatrixSolveLs', 'MatrixSquareRoot', 'MatrixTriangularSolve', 'MaxPool3D',
    'MutableDenseHashTableV2', 'MutableHashTableOfTensorsV2', 'NextAfter', 'NthElement', 'ParallelConcat',
    'ParameterizedTruncatedNormal', 'ParseSequenceExample', 'ParseSingleSequenceExample', 'ParseTensor', 'Polygamma',
    'Qr', 'QuantizeAndDequantizeV2', 'QuantizeAndDequantizeV3', 'QuantizeV2', 'QuantizedAvgPool', 'QuantizedConcat',
    'QuantizedConv2D', 'QuantizedMaxPool', 'QuantizedReluX', 'RFFT', 'RGBToHSV', 'RandomGamma', 'RandomPoisson',
    'ResizeArea', 'ResourceStridedSliceAssign', 'RightShift', 'Roll', 'SampleDistortedBoundingBoxV2', 'SdcaFprint',
    'SdcaOptimizer', 'SdcaShrinkL1', 'SelfAdjointEigV2', 'SerializeManySparse', 'SerializeSparse', 'SerializeTensor',
    'SetSize', 'SparseAdd', 'SparseConcat', 'SparseCross', 'SparseFillEmptyRows', 'SparseMatMul', 'SparseReorder',
    'SparseReshape', 'SparseSlice', 'SparseSoftmax', 'SparseSplit', 'SparseTensorDenseMatMul', 'SparseToDense',
    'SparseToSparseSetOperation', 'StaticRegexFullMatch', 'StaticRegexReplace', 'StringToHashBucketStrong', 'Svd',
    'TensorScatterAdd', 'TensorScatterSub', 'TensorScatterUpdate', 'TensorSummaryV2', 'Timestamp', 'UnicodeScript',
    'UnicodeTranscode', 'UniformCandidateSampler', 'UnravelIndex', 'UnsortedSegmentJoin', 'UpperBound', 'Xdivy',
    'Xlog1py', 'Xlogy', 'Zeta'
}

HEAD = """# Functions of one op each, as TensorFlow 1.15.5 has them (made by scripts/op_functions.py):
# name<TAB>op<TAB>parameters[<TAB>argument of the signature=parameter, ... where the names differ]
"""


def ops_here():
    path = os.path.join(os.path.dirname(__file__), '..', 'docs', 'ops.md')
    with open(path, encoding='utf-8') as text:
        return set(re.findall(r'^\| (\w+) \|', text.read(), re.M)) - {'op'} | MORE


def helper_call(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, 'attr', '') == '_apply_op_helper':
            return node
    return None


def parameters(function):
    args = function.args.args
    defaults = [None] * (len(args) - len(function.args.defaults)) + function.args.defaults
    texts = []
    for arg, default in zip(args, defaults):
        text = arg.arg
        if default is not None:
            given = ast.unparse(default)
            # A default that is a message is the op's own.
            text += '=None' if given.startswith('_execute.') else '=' + given.replace('_dtypes.', 'dtypes.')
        texts.append(text)
    return ', '.join(texts)


def main():
    wanted, lines = ops_here(), {}
    folder = sys.argv[1]
    for path in sorted(glob.glob(folder + '/ops/gen_*_ops.py') + glob.glob(folder + '/training/gen_*_ops.py')):
        with open(path, encoding='utf-8') as source:
            tree = ast.parse(source.read())
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef):
                continue
            call = helper_call(function)
            if call is None or call.args[0].value not in wanted or function.name == call.args[0].value:
                continue
            renamed = ['%s=%s' % (k.arg, k.value.id) for k in call.keywords
                       if isinstance(k.value, ast.Name) and k.arg != k.value.id]
            lines[function.name] = '\t'.join([function.name, call.args[0].value, parameters(function)] +
                                             ([', '.join(renamed)] if renamed else []))
    sys.stdout.write(HEAD)
    for name in sorted(lines):
        print(lines[name])


main()
