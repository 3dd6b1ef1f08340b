"""tf.layers.Layer: a function with variables of its own."""
import inspect
import re

from icecore.tf.framework import dtypes, ops
from icecore.tf.layers import activations
from icecore.tf.ops import array_ops, init_ops, math_ops, variable_scope
from icecore.tf.ops import variables as tf_variables
from icecore.tf.util import nest


class InputSpec:
    """What a layer's input must be like."""

    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None):
        self.dtype = dtype
        self.shape = shape
        self.ndim = len(shape) if shape is not None else ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = axes or {}

    def check(self, tensor, name):
        """Raises ValueError where the tensor isn't like that."""
        dims = tensor.shape
        begin = 'Input 0 of layer %s is incompatible with the layer: ' % name
        if (self.ndim is not None or self.min_ndim is not None or self.max_ndim is not None) and dims.ndims is None:
            raise ValueError(begin + 'its rank is undefined, but the layer requires a defined rank.')
        if self.ndim is not None and dims.ndims != self.ndim:
            raise ValueError(begin + 'expected ndim=%s, found ndim=%s. Full shape received: %s' %
                             (self.ndim, dims.ndims, dims.as_list()))
        if self.max_ndim is not None and dims.ndims > self.max_ndim:
            raise ValueError(begin + 'expected max_ndim=%s, found ndim=%s' % (self.max_ndim, dims.ndims))
        if self.min_ndim is not None and dims.ndims < self.min_ndim:
            raise ValueError(begin + ': expected min_ndim=%s, found ndim=%s. Full shape received: %s' %
                             (self.min_ndim, dims.ndims, dims.as_list()))
        for axis, value in self.axes.items():
            size = dims.as_list()[int(axis)]
            if value is not None and size not in (value, None):
                raise ValueError(begin + 'expected axis %s of input shape to have value %s but received input with '
                                 'shape %s' % (axis, value, dims.as_list()))


def _snake_case(name):
    parts = re.sub('(.)([A-Z][a-z0-9]+)', r'\1_\2', name)
    made = re.sub('([a-z])([A-Z])', r'\1_\2', parts).lower()
    return 'private' + made if made[0] == '_' else made


def _unique_object_name(base):
    graph = ops.get_default_graph()
    if not hasattr(graph, '_layer_names'):
        graph._layer_names = {}
    graph._layer_names[base] = graph._layer_names.get(base, 0) + 1
    return '%s_%d' % (base, graph._layer_names[base])


class Layer:
    """What all layers are.

    Write one by deriving from it: build(input_shape) makes its variables by add_weight(), call(inputs) computes.

    Args:
      trainable: whether its variables are.
      name: of its variable scope; None: after its class, made unique.
      dtype: of its variables; None: the first input's.
    """

    def __init__(self, trainable=True, name=None, dtype=None, **kwargs):
        scope = kwargs.pop('_scope', None)
        self._reuse = kwargs.pop('_reuse', None)
        self._activity_regularizer = kwargs.pop('activity_regularizer', None)
        for key in ('autocast', 'dynamic', 'input_shape', 'batch_input_shape'):
            kwargs.pop(key, None)
        if kwargs:
            raise TypeError('Keyword argument not understood:', list(kwargs)[0])
        self.built = False
        self._trainable = trainable
        self._dtype = None if dtype is None else dtypes.as_dtype(dtype).name
        self._trainable_weights = []
        self._non_trainable_weights = []
        self._losses = []
        self._loss_functions = []
        self._dependent_losses = []
        self._updates = []
        self.input_spec = None
        self._base_name = name.name if isinstance(name, variable_scope.VariableScope) else name
        self._name = name
        if not name or isinstance(name, variable_scope.VariableScope):
            base = _snake_case(type(self).__name__)
            self._name = _unique_object_name(base)
            self._base_name = self._base_name or base
        self._scope = None
        if scope:
            with variable_scope.variable_scope(scope) as captured:
                self._scope = captured
        self._current_scope = None
        self._reuse_scope = None

    # --- What it is ---

    @property
    def name(self):
        return self._name

    @property
    def dtype(self):
        """The name of its variables' dtype."""
        return self._dtype

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = value

    @property
    def graph(self):
        return None

    @property
    def scope_name(self):
        """The name of its variable scope. ValueError before it is known."""
        if not self._scope:
            raise ValueError('No name available for layer scope because the layer "%s" has not been used yet. The scope '
                             'name  is determined the first time the layer instance is called. You must therefore call '
                             'the layer before querying `scope_name`.' % self._name)
        return self._scope.name

    @property
    def trainable_weights(self):
        return list(self._trainable_weights) if self.trainable else []

    @property
    def non_trainable_weights(self):
        if self.trainable:
            return list(self._non_trainable_weights)
        return self._trainable_weights + self._non_trainable_weights

    @property
    def weights(self):
        """Its variables, the trainable ones first."""
        return self.trainable_weights + self.non_trainable_weights

    trainable_variables = trainable_weights
    non_trainable_variables = non_trainable_weights
    variables = weights

    @property
    def losses(self):
        """Those that were added, and those of its regularizers, whose nodes are made anew each time."""
        made = [function() for function in self._loss_functions]
        return self._losses + [loss for loss in made if loss is not None]

    @property
    def updates(self):
        """Operations that update what isn't trained."""
        return list(self._updates) if self.trainable else []

    @property
    def activity_regularizer(self):
        return self._activity_regularizer

    def count_params(self):
        """How many numbers its variables have."""
        return sum(w.shape.num_elements() for w in self.weights)

    def get_losses_for(self, inputs):
        """Those that depend on inputs; where `inputs` is None, the others."""
        dependent = [loss for loss in self._losses if loss in self._dependent_losses]
        return dependent if inputs is not None else [loss for loss in self.losses if loss not in dependent]

    def get_updates_for(self, inputs):
        return self.updates

    # --- What it does its own way ---

    def build(self, input_shape):
        """Makes its variables, once the input's shape is known."""
        self.built = True

    def call(self, inputs, **kwargs):
        """Computes."""
        return inputs

    def compute_output_shape(self, input_shape):
        raise NotImplementedError

    # --- What it does that with ---

    def add_loss(self, losses, inputs=None):
        """Losses, or functions that make them, which join the regularization losses."""
        for loss in nest.flatten(losses):
            if callable(loss):
                self._loss_functions.append(loss)
                loss = loss()
            elif loss is not None:
                self._losses.append(loss)
                if inputs is not None:
                    self._dependent_losses.append(loss)
            if loss is None:
                continue
            if loss not in ops.get_collection(ops.GraphKeys.REGULARIZATION_LOSSES):
                ops.add_to_collection(ops.GraphKeys.REGULARIZATION_LOSSES, loss)

    def add_update(self, updates, inputs=None):
        """Operations, or functions that make them, which join the update ops."""
        for update in nest.flatten(updates):
            while callable(update) and not isinstance(update, (ops.Operation, ops.Tensor)):
                update = update()
            self._updates.append(update if isinstance(update, ops.Operation) else update.op)

    def _set_scope(self, scope=None):
        if self._scope is not None:
            return
        if self._reuse:
            opened = variable_scope.variable_scope(scope if scope is not None else self._base_name)
        else:
            opened = variable_scope.variable_scope(scope, default_name=self._base_name)
        with opened as captured:
            self._scope = captured

    def add_weight(self, name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None,
                   constraint=None, use_resource=None, synchronization=tf_variables.VariableSynchronization.AUTO,
                   aggregation=tf_variables.VariableAggregation.NONE, partitioner=None, **kwargs):
        """A variable of the layer: found where it is used again, else made.

        Args:
          name: in the layer's scope.
          shape, dtype, initializer, trainable, constraint, partitioner, use_resource: as tf.get_variable().
          regularizer: a function of the variable whose result joins the regularization losses.
        """
        for key in kwargs:
            if key not in ('experimental_autocast', 'getter', 'collections'):
                raise TypeError('Unknown keyword argument:', key)
        if synchronization == tf_variables.VariableSynchronization.ON_READ:
            if trainable:
                raise ValueError('Synchronization value can be set to VariableSynchronization.ON_READ only for '
                                 'non-trainable variables. You have specified trainable=True and '
                                 'synchronization=VariableSynchronization.ON_READ.')
            trainable = False
        elif trainable is None:
            trainable = True
        there = set(tf_variables.global_variables())
        dtype = dtypes.as_dtype(dtype or self.dtype or dtypes.float32)
        if self._dtype is None:
            self._dtype = dtype.base_dtype.name
        self._set_scope(None)
        reuse = self.built or self._reuse
        with variable_scope.variable_scope(self._scope, reuse=reuse, auxiliary_name_scope=False) as scope:
            self._current_scope = scope
            with ops.name_scope(self._name_scope()):
                use_resource = use_resource or scope.use_resource
                initializer = activations.get_initializer(scope.initializer if initializer is None else initializer)
                if initializer is None:
                    initializer = self._default_initializer(name, dtype)
                made = variable_scope.get_variable(
                    name, shape=() if shape is None else shape, initializer=initializer, dtype=dtype,
                    constraint=constraint, trainable=trainable and self.trainable, partitioner=partitioner,
                    use_resource=use_resource, synchronization=synchronization, aggregation=aggregation)
                parts = list(made) if isinstance(made, tf_variables.PartitionedVariable) else [made]
                if regularizer and not any(part in there for part in parts):
                    for part in parts:
                        self._regularize(name, part, regularizer)
                trained = trainable and self.trainable and (
                    isinstance(made, tf_variables.PartitionedVariable) or made in tf_variables.trainable_variables())
                (self._trainable_weights if trained else self._non_trainable_weights).append(made)
        return made

    add_variable = add_weight

    def _default_initializer(self, name, dtype):
        if dtype.is_floating:
            return init_ops.GlorotUniform()
        if dtype.is_integer or dtype.is_unsigned or dtype.is_bool:
            return init_ops.Zeros()
        raise ValueError('An initializer for variable %s of type %s is required for layer %s' %
                         (name, dtype.base_dtype, self.name))

    def _regularize(self, name, variable, regularizer):
        def loss():
            with ops.name_scope(name + '/Regularizer'):
                return regularizer(variable)
        self.add_loss(loss)

    def _name_scope(self):
        return self._current_scope.original_name_scope

    # --- Calling it ---

    def __call__(self, inputs, *args, **kwargs):
        self._set_scope(kwargs.pop('scope', None))
        if self.built:
            if self._reuse_scope is None:
                self._reuse_scope = variable_scope.variable_scope(self._scope, reuse=True, auxiliary_name_scope=False)
            opened = self._reuse_scope
        else:
            opened = variable_scope.variable_scope(self._scope, reuse=self._reuse, auxiliary_name_scope=False)
        with opened as scope:
            self._current_scope = scope
            if 'scope' in inspect.signature(self.call).parameters:
                kwargs['scope'] = scope
            tensors = [x if isinstance(x, (ops.Tensor, tf_variables.VariableV1)) or x is None else ops.convert_to_tensor(x)
                       for x in nest.flatten(inputs)]
            inputs = nest.pack_sequence_as(inputs, tensors)
            with ops._get_graph_from_inputs(tensors).as_default(), ops.name_scope(self._name_scope()):
                self._check_inputs(tensors)
                self._build_once(inputs, tensors)
                outputs = self.call(inputs, *args, **kwargs)
                if outputs is None:
                    raise ValueError("A layer's `call` method should return a Tensor or a list of Tensors, not None "
                                     '(layer: %s).' % self.name)
                self._regularize_activity(outputs)
        there = ops.get_collection(ops.GraphKeys.UPDATE_OPS)
        for update in self.updates:
            if update not in there:
                ops.add_to_collection(ops.GraphKeys.UPDATE_OPS, update)
        return outputs

    def _check_inputs(self, tensors):
        if isinstance(self.input_spec, InputSpec):
            for tensor in tensors:
                self.input_spec.check(tensor, self.name)

    def _build_once(self, inputs, tensors):
        if self.built:
            return
        if self._dtype is None and tensors:
            self._dtype = tensors[0].dtype.base_dtype.name
        shapes = nest.map_structure(lambda x: x.shape, inputs) if isinstance(inputs, (list, tuple, dict)) else inputs.shape
        self.build(shapes)
        self.built = True

    def _regularize_activity(self, outputs):
        if not self._activity_regularizer:
            return
        with ops.name_scope('ActivityRegularizer'):
            for output in nest.flatten(outputs):
                loss = self._activity_regularizer(output)
                self.add_loss(loss / math_ops.cast(array_ops.shape(output)[0], loss.dtype), inputs=outputs)

    def apply(self, inputs, *args, **kwargs):
        """The same as calling it."""
        return self(inputs, *args, **kwargs)


