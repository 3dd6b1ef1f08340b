"""20,000 variables: an index of several blocks."""
import hashlib

import tensorflow as tf

import make_many_variables


def test_all_are_listed(icecore, tmp_path):
    make_many_variables.main(str(tmp_path), 20000)
    prefix = str(tmp_path / 'many.ckpt')
    listed = icecore.json('list', '--json', '--digest', prefix)['variables']
    reader = tf.train.load_checkpoint(prefix)
    shapes = reader.get_variable_to_shape_map()
    assert [one['name'] for one in listed] == sorted(shapes)
    for one in listed:
        array = reader.get_tensor(one['name'])
        assert (one['dtype'], one['shape'], one['sha256']) == ('float32', shapes[one['name']], hashlib.sha256(array.tobytes()).hexdigest()), one
    icecore('verify', prefix)
