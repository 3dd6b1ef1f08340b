"""Activations and initializers by their names."""


def get_activation(identifier):
    """A function: the one given, or that of a name ('relu'); None gives the tensor itself."""
    from icecore.tf.ops import math_ops, nn_ops, plain
    if identifier is None:
        return lambda x: x
    if callable(identifier):
        return identifier
    known = {'linear': lambda x: x, 'relu': plain.relu, 'relu6': nn_ops.relu6, 'tanh': plain.tanh,
             'sigmoid': math_ops.sigmoid, 'softmax': nn_ops.softmax, 'elu': plain.elu, 'selu': plain.selu,
             'softplus': plain.softplus, 'softsign': plain.softsign, 'exponential': plain.exp}
    if identifier not in known:
        raise ValueError('Unknown activation function:' + str(identifier))
    return known[identifier]


def get_initializer(identifier):
    """An initializer: the one given, or that of a name ('zeros'); None stays None."""
    from icecore.tf.ops import init_ops, keras_initializers
    if not isinstance(identifier, str):
        return identifier
    known = {'zeros': init_ops.Zeros, 'ones': init_ops.Ones, 'glorot_uniform': init_ops.GlorotUniform,
             'glorot_normal': init_ops.GlorotNormal, 'he_normal': init_ops.he_normal,
             'he_uniform': init_ops.he_uniform, 'lecun_normal': init_ops.lecun_normal,
             'lecun_uniform': init_ops.lecun_uniform, 'random_normal': keras_initializers.RandomNormal,
             'random_uniform': keras_initializers.RandomUniform, 'truncated_normal': keras_initializers.TruncatedNormal,
             'orthogonal': init_ops.Orthogonal, 'identity': init_ops.Identity}
    if identifier not in known:
        raise ValueError('Unknown initializer: ' + identifier)
    return known[identifier]()
