"""tf.train.summary_iterator."""
from icecore.tf import protos
from icecore.tf.lib.io import tf_record


def summary_iterator(path):
    """The Event messages of an event file, in order."""
    for record in tf_record.tf_record_iterator(path):
        yield protos.Event.FromString(record)
