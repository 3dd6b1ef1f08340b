"""tensorflow.python.training.training: what tf.train is."""


def __getattr__(name):
    from icecore.tf import names
    return names.resolve('train', name)
