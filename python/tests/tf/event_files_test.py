"""Event files: each writer has its own."""
import os

import icecore.tf as tf


def test_writers_of_one_second_have_files_of_their_own_in_their_order(tmp_path):
    for number in range(3):
        writer = tf.summary.FileWriter(str(tmp_path))
        writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='n', simple_value=number)]), number)
        writer.close()
    files = sorted(os.listdir(str(tmp_path)))
    steps = [[event.step for event in tf.train.summary_iterator(str(tmp_path / name)) if event.summary.value] for name in files]
    assert steps == [[0], [1], [2]]
