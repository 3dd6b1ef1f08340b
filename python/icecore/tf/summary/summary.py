"""tf.summary: nodes whose value is a Summary message."""
from icecore.tf import protos
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import plain, summary_op_util
from icecore.tf.util import compat


def _collected(value, collections):
    summary_op_util.collect(value, collections, [ops.GraphKeys.SUMMARIES])
    return value


def scalar(name, tensor, collections=None, family=None):
    """One number, under its name (tf.summary.scalar)."""
    with summary_op_util.summary_scope(name, family, values=[tensor]) as (tag, scope):
        return _collected(plain.scalar_summary(tags=tag, values=tensor, name=scope), collections)


def histogram(name, values, collections=None, family=None):
    """How the numbers are distributed."""
    with summary_op_util.summary_scope(name, family, 'HistogramSummary', [values]) as (tag, scope):
        return _collected(plain.histogram_summary(tag=tag, values=values, name=scope), collections)


def image(name, tensor, max_outputs=3, collections=None, family=None):
    """Pictures [number, height, width, 1, 3 or 4]. No session of Icecore runs the node."""
    with summary_op_util.summary_scope(name, family, values=[tensor]) as (tag, scope):
        return _collected(plain.image_summary(tag=tag, tensor=tensor, max_images=max_outputs, name=scope), collections)


def audio(name, tensor, sample_rate, max_outputs=3, collections=None, family=None):
    """Sounds [number, frames, channels]. No session of Icecore runs the node."""
    with summary_op_util.summary_scope(name, family, values=[tensor]) as (tag, scope):
        sample_rate = ops.convert_to_tensor(sample_rate, dtype=dtypes.float32, name='sample_rate')
        value = plain.audio_summary_v2(tag=tag, tensor=tensor, max_outputs=max_outputs, sample_rate=sample_rate, name=scope)
        return _collected(value, collections)


def text(name, tensor, collections=None):
    """Text. ValueError where the tensor isn't of tf.string. No session of Icecore runs the node."""
    if tensor.dtype != dtypes.string:
        raise ValueError('Expected tensor %s to have dtype string, got %s' % (tensor.name, tensor.dtype))
    metadata = protos.SummaryMetadata()
    metadata.plugin_data.plugin_name = 'text'
    return tensor_summary(name, tensor, summary_metadata=metadata, collections=collections)


def tensor_summary(name, tensor, summary_description=None, collections=None, summary_metadata=None, family=None,
                   display_name=None):
    """A whole tensor. No session of Icecore runs the node."""
    metadata = protos.SummaryMetadata() if summary_metadata is None else summary_metadata
    if summary_description is not None:
        metadata.summary_description = summary_description
    if display_name is not None:
        metadata.display_name = display_name
    with summary_op_util.summary_scope(name, family, values=[tensor]) as (tag, scope):
        value = plain.tensor_summary_v2(tensor=tensor, tag=tag, name=scope,
                                        serialized_summary_metadata=metadata.SerializeToString())
        return _collected(value, collections)


def merge(inputs, collections=None, name=None):
    """Summaries as one."""
    name = summary_op_util.clean_tag(name)
    with ops.name_scope(name, 'Merge', inputs):
        value = plain.merge_summary(inputs=inputs, name=name)
        summary_op_util.collect(value, collections, [])
        return value


def merge_all(key=ops.GraphKeys.SUMMARIES, scope=None, name=None):
    """All summaries of the graph as one; None where there is none."""
    found = ops.get_collection(key, scope=scope)
    return merge(found, name=name) if found else None


def get_summary_description(node_def):
    """The SummaryDescription of a TensorSummary's NodeDef. ValueError where it is of another op."""
    if node_def.op != 'TensorSummary':
        raise ValueError("Can't get_summary_description on %s" % node_def.op)
    from google.protobuf import json_format
    return json_format.Parse(compat.as_str_any(node_def.attr['description'].s), protos.SummaryDescription())
