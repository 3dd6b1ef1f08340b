# A state file that names what is gone, and a Saver of what is no list of variables.
import logging
import sys

import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
logging.getLogger('tensorflow').addHandler(logging.StreamHandler(sys.stdout))
print(tf.train.latest_checkpoint('.'))
with open('checkpoint', 'w') as state:
    state.write('model_checkpoint_path: "gone-7"\nall_model_checkpoint_paths: "gone-7"\n')
print(tf.train.latest_checkpoint('.'), tf.train.get_checkpoint_state('.').model_checkpoint_path)
v = tf.get_variable('v', [2])
for refused in ('v', v, 5, {1: v}, [v, v]):
    try:
        tf.train.Saver(refused)
        print('built')
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
