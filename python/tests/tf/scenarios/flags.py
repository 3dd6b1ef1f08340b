"""A script with flags.

usage: %s [flags]
"""
# run:
# run: --rate=0.5 --name a --nouse --steps 7 rest --rate 1 more
# run: -rate 2 --use=false --kind b --sizes 3,4 --many 1 --many 2
# run: --help
# run: --helpshort
# run: --unknown=3 x --steps=2
# run: --steps=a
# run: --steps=-1
# run: --kind=z
# run: --use=maybe
# run: --rate
# run: --steps 2 -- --steps 3
# run: --ste=2
# run: --n=3
# run: --use --no_such
# run: --undefok=gone --gone=3 a
import tensorflow as tf
flags = tf.app.flags
flags.DEFINE_string('name', 'nobody', 'A name that is long enough in its explanation to be wrapped over more than one line of help, twice at least.')
flags.DEFINE_integer('steps', 100, 'How many steps.', lower_bound=0)
flags.DEFINE_float('rate', 0.01, 'Learning rate.')
flags.DEFINE_boolean('use', True, 'Whether to use it.')
flags.DEFINE_bool('off', False, '')
flags.DEFINE_string('empty', None, 'No default.')
tf.flags.DEFINE_enum('kind', 'a', ['a', 'b'], 'Which one.')
tf.flags.DEFINE_list('sizes', ['1', '2'], 'Sizes.')
tf.flags.DEFINE_multi_integer('many', [5], 'Numbers.')
tf.flags.DEFINE_string('short', 'x', 'With a letter.', short_name='n')
FLAGS = flags.FLAGS


def main(argv):
    print([a.split('/')[-1] for a in argv])
    print(FLAGS.name, FLAGS.steps, FLAGS.rate, FLAGS.use, FLAGS.off, FLAGS.empty, FLAGS.kind, FLAGS.sizes, FLAGS.many, FLAGS.short)
    FLAGS.steps = 11
    print(FLAGS.steps, FLAGS['steps'].value, FLAGS['steps'].default, FLAGS['rate'].present, 'rate' in FLAGS, 'zz' in FLAGS)
    for broken in (lambda: FLAGS.nope, lambda: setattr(FLAGS, 'nope', 1), lambda: setattr(FLAGS, 'kind', 'q'), lambda: FLAGS['nope']):
        try:
            broken()
        except Exception as error:
            print(type(error).__name__, error)
    values = FLAGS.flag_values_dict()
    print([(k, values[k]) for k in ('name', 'steps', 'rate', 'use', 'sizes')])
    try:
        flags.DEFINE_string('name', 'again', 'twice')
    except Exception as error:
        print(type(error).__name__)
    return 5 if FLAGS.off else None


if __name__ == '__main__':
    tf.app.run()
