"""What tensorflow.python.training.summary_io has."""
from icecore.tf.summary.summary_iterator import summary_iterator  # noqa: F401
from icecore.tf.summary.writer.writer import FileWriter as SummaryWriter  # noqa: F401
from icecore.tf.summary.writer.writer_cache import FileWriterCache as SummaryWriterCache  # noqa: F401
