#!/usr/bin/env python3
"""What TensorFlow's own freeze_graph takes, to stand beside Icecore's figures.

  tf_freeze.py META CHECKPOINT OUTPUTS OUT.pb

Prints one line of JSON: TensorFlow's version, seconds to import TensorFlow and its freeze_graph, seconds of freezing, and the
process's peak resident memory in bytes."""
import os
import sys
import time

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')


def main(meta, checkpoint, outputs, out):
    started = time.monotonic()
    import tensorflow as tf
    from tensorflow.python.tools import freeze_graph
    imported = time.monotonic()
    freeze_graph.freeze_graph(input_graph=None, input_saver='', input_binary=True, input_checkpoint=checkpoint, output_node_names=outputs,
                              restore_op_name='save/restore_all', filename_tensor_name='save/Const:0', output_graph=out, clear_devices=True,
                              initializer_nodes='', input_meta_graph=meta)
    done = time.monotonic()
    import json
    import resource
    print(json.dumps({'tensorflow': tf.__version__, 'import_s': round(imported - started, 3), 'freeze_s': round(done - imported, 3),
                      'peak_rss_bytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, 'output_bytes': os.path.getsize(out)}))


if __name__ == '__main__':
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
