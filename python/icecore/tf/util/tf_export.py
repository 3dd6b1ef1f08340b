"""tensorflow.python.util.tf_export: marks of what is public, which here mark nothing."""


class tf_export:
    """Gives back what it decorates.

    >>> from icecore.tf.util.tf_export import tf_export
    >>> tf_export('mine', v1=['mine', 'train.mine'])(len) is len
    True
    """

    def __init__(self, *args, **kwargs):
        self._names = args

    def __call__(self, func):
        return func

    def export_constant(self, module_name, name):
        """Of a constant, nothing."""


keras_export = estimator_export = tf_export
