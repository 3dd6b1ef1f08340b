"""An index of more than one data block: many small variables under long names that have little in common."""
import hashlib
import os

import expectation
import saving
import values


def make(folder):
    folder = os.path.join(folder, 'blocks')
    prefix = os.path.join(folder, 'model.ckpt')
    made = {}
    for i in range(4000):
        made[hashlib.sha256(b'%d' % i).hexdigest() + '/v%d' % i] = values.Value('int16' if i % 2 else 'uint8', [i % 251] * (i % 3))
    saving.save_v2(prefix, list(made.items()))
    for name in list(made)[::500]:
        saving.check(prefix, name, made[name])
    bundle = expectation.bundle(prefix)
    assert bundle['blocks'] > 1
    bundle.pop('entries')
    # 4,000 full descriptions would be more than the files: a line "name dtype shape hex" each, sorted by name, is hashed
    lines = '\n'.join('%s %s %s %s' % (name, value.dtype, value.shape, value.bytes().hex()) for name, value in sorted(made.items()))
    expectation.write(folder, {'prefix': 'model.ckpt', 'bundle': bundle, 'count': len(made),
                               'sha256_of_lines': hashlib.sha256(lines.encode()).hexdigest(),
                               'tensors': expectation.tensors({name: made[name] for name in sorted(made)[::100]})})
