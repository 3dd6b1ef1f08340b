# Flags that are read before anybody parsed them; old names of arguments; validators; what FLAGS itself does.
# run: --steps=3 a
# run: --name=x
# run: --steps=200
import tensorflow as tf
tf.app.flags.DEFINE_integer(flag_name='steps', default_value=1, docstring='How many.')
tf.app.flags.DEFINE_string('name', None, 'A name.')
FLAGS = tf.app.flags.FLAGS
print(FLAGS.steps, FLAGS.is_parsed(), FLAGS.name)
tf.flags.register_validator('steps', lambda value: value < 100, message='too many')
try:
    FLAGS.steps = 500
except tf.flags.IllegalFlagValueError as error:
    print(error)
tf.flags.mark_flag_as_required('name')
try:
    print([x.split('/')[-1] for x in FLAGS(['prog', '--steps=4', 'rest'])])
except tf.flags.Error as error:
    print(type(error).__name__, error)
for arguments in (['prog', '--name=b', '--steps=4', 'rest'], ['prog', '--nope'], ['prog', '--steps=99999', '--name=q'], ['prog', '--name', 'c', 'x', '--steps', '9'], ['prog']):
    try:
        print(FLAGS(arguments), FLAGS.steps, FLAGS.name)
    except tf.flags.Error as error:
        print(type(error).__name__, error)
print(FLAGS(['prog', '--nope=1', '--steps=8', '--name=d'], known_only=True), FLAGS.steps)
del FLAGS.name
print('name' in FLAGS, 'steps' in FLAGS, 'steps' in dir(FLAGS))
tf.flags.DEFINE_integer('other', 3, 'Other.')
print(FLAGS.other)
tf.flags.DEFINE_float('low', 0.5, 'Low.', lower_bound=0.0, upper_bound=1.0)
tf.flags.DEFINE_boolean('flip', False, 'Flip.')
tf.flags.DEFINE_enum('kind', 'a', ['a', 'b'], 'Which.')
tf.flags.DEFINE_list('sizes', None, 'Sizes.')
tf.flags.DEFINE_multi_string('many', None, 'Many.')
tf.flags.DEFINE_multi_float('rates', [0.5], 'Rates.')
tf.flags.DEFINE_spaceseplist('words', 'a b', 'Words.')
for arguments in (['--steps=a'], ['--low=2'], ['--low=x'], ['--flip=maybe'], ['--kind=c'], ['--other'], ['--stesp=1'], ['--noother'], ['--flip', 'x'],
                  ['--sizes=a,b', '--many=x', '--many=y', '--words=c  d', '--rates=1', '--flip=1', '--kind', 'b', '--other=0x10'], ['--noflip=1'], ['-'], ['--']):
    try:
        print(FLAGS(['prog'] + arguments), FLAGS.low, FLAGS.flip, FLAGS.kind, FLAGS.sizes, FLAGS.many, FLAGS.rates, FLAGS.words, FLAGS.other)
    except Exception as error:
        print(type(error).__name__, error)
for name, wrong in (('steps', 'x'), ('low', 7)):
    try:
        FLAGS[name].parse(wrong)
    except Exception as error:
        print(type(error).__name__, error)
try:
    tf.flags.DEFINE_integer('bad', 'x', 'Bad default.')
except Exception as error:
    print(type(error).__name__, error)
print(sorted(FLAGS)[:0], len(FLAGS.__flags) > 5, FLAGS.__flags['other'].value)
FLAGS.unparse_flags()
print(FLAGS.is_parsed())
