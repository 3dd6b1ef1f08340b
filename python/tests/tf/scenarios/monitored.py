"""Monitored sessions and their hooks."""
import os
import numpy as np
import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)


def fails(function):
    try:
        print('no error:', function())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0][:120])


def events(folder):
    found = []
    for name in sorted(os.listdir(folder)):
        if 'tfevents' in name:
            for event in tf.train.summary_iterator(os.path.join(folder, name)):
                found.append((event.WhichOneof('what'), event.step, [v.tag for v in event.summary.value]))
    return found


class Talker(tf.train.SessionRunHook):
    def begin(self):
        print('begin', tf.get_default_graph().finalized)

    def after_create_session(self, session, coord):
        print('created', session.run('global_step:0'), type(coord).__name__, tf.get_default_graph().finalized)

    def before_run(self, context):
        print('before', [getattr(f, 'name', f) for f in context.original_args.fetches], context.original_args.feed_dict,
              context.stop_requested)
        return tf.train.SessionRunArgs('w:0', feed_dict={'rate:0': .5})

    def after_run(self, context, values):
        print('after', values.results, values.options is not None)
        if context.session.run('global_step:0') >= 3:
            context.request_stop()

    def end(self, session):
        print('end', session.run('global_step:0'))


class Listener(tf.train.CheckpointSaverListener):
    def begin(self):
        print('listening')

    def before_save(self, session, step):
        print('saving', step)

    def after_save(self, session, step):
        return step >= 6

    def end(self, session, step):
        print('listened', step)


step = tf.train.get_or_create_global_step()
rate = tf.placeholder_with_default(1., [], name='rate')
w = tf.get_variable('w', initializer=1.)
local = tf.get_local_variable('local', initializer=5.)
train = tf.group(w.assign_add(rate), step.assign_add(1))
tf.summary.scalar('w', w)
with tf.train.MonitoredSession(hooks=[Talker()]) as session:
    fails(lambda: tf.constant(1))
    while not session.should_stop():
        session.run([train, step])
    fails(lambda: session.run(w))
fails(session.close)
print(session.should_stop(), session.graph, tf.get_default_graph().finalized, tf.constant(1.).name)
print([(key, [getattr(v, 'name', type(v).__name__) for v in tf.get_collection(key)]) for key in sorted(
    tf.get_default_graph().get_all_collection_keys())])

final = tf.train.FinalOpsHook([w, step])
with tf.train.MonitoredTrainingSession(checkpoint_dir='job', hooks=[tf.train.StopAtStepHook(num_steps=5), final],
                                       save_checkpoint_steps=2, save_summaries_steps=2, log_step_count_steps=None) as session:
    while not session.should_stop():
        session.run(train)
print(final.final_ops_values, sorted(name for name in os.listdir('job') if 'tfevents' not in name))
print(events('job'))
saver = tf.train.CheckpointSaverHook('job2', save_steps=1, saver=tf.train.Saver(), listeners=[Listener()])
with tf.train.SingularMonitoredSession(hooks=[saver], checkpoint_dir='job') as session:
    print(session.run([w, step, local]), session.raw_session().run(step))
    while not session.should_stop():
        session.run(train)
with tf.train.MonitoredSession(tf.train.ChiefSessionCreator(scaffold=tf.train.Scaffold(
        init_fn=lambda scaffold, session: print('init', session.run(step), scaffold.saver is not None)))) as session:
    print(session.run(w), session.run_step_fn(lambda step_context: step_context.session.run(w)))
    fails(lambda: session.run_step_fn(lambda other: 1))
with tf.train.MonitoredSession(hooks=[tf.train.FeedFnHook(lambda: {rate: 3.})]) as session:
    session.run(train)
    print(session.run(w))
    fails(lambda: session.run(w, {rate: 2.}))
with tf.train.MonitoredSession() as session:
    session.run(train)
    raise tf.errors.OutOfRangeError(None, None, 'done')
print('went on')
nan = tf.placeholder(tf.float32, [])


def run_nan(**kwargs):
    with tf.train.MonitoredSession(hooks=[tf.train.NanTensorHook(nan, **kwargs)]) as session:
        return session.run(nan, {nan: np.nan}), session.should_stop()


fails(run_nan)
fails(lambda: run_nan(fail_on_nan_loss=False))
fails(lambda: tf.train.StopAtStepHook())
fails(lambda: tf.train.StopAtStepHook(1, 2))
fails(lambda: tf.train.LoggingTensorHook([w]))
fails(lambda: tf.train.SummarySaverHook(save_steps=1))
fails(lambda: tf.train.SecondOrStepTimer())
timer = tf.train.SecondOrStepTimer(every_steps=3)
print([timer.should_trigger_for_step(0), timer.update_last_triggered_step(0), timer.should_trigger_for_step(2),
       timer.should_trigger_for_step(3), timer.update_last_triggered_step(3)[1], timer.last_triggered_step()])
manager = tf.train.SessionManager(ready_op=tf.report_uninitialized_variables())
fails(lambda: manager.prepare_session('', init_op=w.initializer))
session = manager.prepare_session('', init_op=tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))
print(session.run(w), manager.recover_session('', tf.train.Saver(), 'nothing')[1])
