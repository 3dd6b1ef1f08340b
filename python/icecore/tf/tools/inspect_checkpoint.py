"""tensorflow.python.tools.inspect_checkpoint: prints what is in a checkpoint."""
import re

import numpy as np

from icecore.tf.training.py_checkpoint_reader import NewCheckpointReader

_HINT = """
It's likely that this is a V2 checkpoint and you need to provide the filename
*prefix*.  Try removing the '.' and extension.  Try:
inspect checkpoint --file_name = {}"""


def _count_total_params(reader, count_exclude_pattern=''):
    shapes = reader.get_variable_to_shape_map()
    if count_exclude_pattern:
        left_out = [name for name in shapes if re.search(count_exclude_pattern, name)]
        print('# Excluding %d tensors (%d params) that match %s when counting.' %
              (len(left_out), sum(np.prod(shapes.pop(name)) for name in left_out), count_exclude_pattern))
    return sum(int(np.prod(shape)) for shape in shapes.values())


def print_tensors_in_checkpoint_file(file_name, tensor_name, all_tensors, all_tensor_names=False,
                                     count_exclude_pattern=''):
    """Prints names, dtypes and shapes, or values, and how many numbers there are.

    Args:
      file_name: a checkpoint's prefix.
      tensor_name: the variable whose value is printed; with none, and without the next two, a line for each.
      all_tensors: prints every value.
      all_tensor_names: prints every name.
      count_exclude_pattern: variables that match it aren't counted.
    """
    try:
        reader = NewCheckpointReader(file_name)
        if all_tensors or all_tensor_names:
            for name in sorted(reader.get_variable_to_shape_map()):
                print('tensor_name: ', name)
                if all_tensors:
                    print(reader.get_tensor(name))
        elif not tensor_name:
            print(reader.debug_string().decode('utf-8'))
        else:
            print('tensor_name: ', tensor_name)
            print(reader.get_tensor(tensor_name))
        print('# Total number of params: %d' % _count_total_params(reader, count_exclude_pattern))
    except Exception as error:  # A tool for people: it says what was wrong.
        print(str(error))
        if 'Data loss' in str(error) and any(end in file_name for end in ('.index', '.meta', '.data')):
            print(_HINT.format('.'.join(file_name.split('.')[:-1])))
