#!/usr/bin/env python3
"""Makes the golden files of tests/data/golden.

  make.py [OUT [GROUP…]]     groups: v2 v1 state graphs freeze worked built builder saver training (TensorFlow 1.15.5), object_based (2.21)

Run it with the Python of the TensorFlow that a group belongs to; it makes the groups of the TensorFlow it finds. Each
group's folder is made anew, the same bytes every time."""
import importlib
import os
import shutil
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '0')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')
sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
GROUPS = {
    '1.15.5': {'v2': ['v2_dtypes', 'v2_slices', 'v2_shards', 'v2_blocks', 'v2_big_endian', 'v2_snappy'],
               'v1': ['v1_dtypes', 'v1_slices', 'v1_shards', 'v1_beside_v2'],
               'state': ['state'],
               'graphs': ['graph_text', 'meta_graphs', 'saved_models'],
               'freeze': ['freeze'],
               'worked': ['worked_example'],
               'built': ['built_graphs'],
               'builder': ['builder_graphs'],
               'saver': ['saver'],
               'training': ['training']},
    '2.21': {'object_based': ['object_based']},
}


def main(arguments):
    import tensorflow as tf
    out = os.path.abspath(arguments[0] if arguments else os.path.join(HERE, '..', 'data', 'golden'))
    found = [groups for version, groups in GROUPS.items() if tf.__version__.startswith(version)]
    if not found:
        sys.exit('make.py: TensorFlow %s makes no golden files; %s do' % (tf.__version__, ' and '.join(GROUPS)))
    for group in arguments[1:] or found[0]:
        folder = os.path.join(out, group)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for script in found[0][group]:
            importlib.import_module(script).make(folder)
        size = sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(folder) for name in names)
        print('%s: %d bytes' % (group, size))


if __name__ == '__main__':
    main(sys.argv[1:])
