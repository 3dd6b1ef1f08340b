"""tf.train.ExponentialMovingAverage."""
from icecore.tf.framework import dtypes, ops
from icecore.tf.ops import control_flow_ops, init_ops, math_ops, plain, state_ops, variable_scope, variables
from icecore.tf.training import slot_creator


def assign_moving_average(variable, value, decay, zero_debias=True, name=None):
    """variable -= (variable - value) * (1 - decay); with zero_debias as if it hadn't begun at zero."""
    with ops.name_scope(name, 'AssignMovingAvg', [variable, value, decay]) as scope:
        decay = ops.convert_to_tensor(1.0 - decay, name='decay')
        if decay.dtype.base_dtype != variable.dtype.base_dtype:
            decay = math_ops.cast(decay, variable.dtype.base_dtype)
        if zero_debias:
            return _zero_debias(variable, value, decay)
        return state_ops.assign_sub(variable, (variable - value) * decay, name=scope)


def _free_name(name):
    scope = variable_scope.get_variable_scope()
    if scope.reuse:
        return name
    there = {v.op.name for v in scope.global_variables()}
    full = scope.name + '/' + name
    if full not in there:
        return name
    number = 1
    while '%s_%d' % (full, number) in there:
        number += 1
    return '%s_%d' % (name, number)


def _zero_debias(unbiased, value, decay):
    with variable_scope.variable_scope(unbiased.name[:-len(':0')], values=[unbiased, value, decay]):
        with ops.colocate_with(unbiased):
            biased = variable_scope.get_variable(
                _free_name('biased'), initializer=init_ops.zeros_initializer(), shape=unbiased.get_shape(),
                dtype=unbiased.dtype, trainable=False)
            local_step = variable_scope.get_variable(
                _free_name('local_step'), shape=[], dtype=unbiased.dtype, initializer=init_ops.zeros_initializer(),
                trainable=False)
    new_biased = state_ops.assign_sub(biased, (biased - value) * decay)
    step = local_step.assign_add(1)
    factor = 1 - math_ops.pow(1.0 - decay, step)
    return state_ops.assign(unbiased, new_biased / factor, name=ops.get_name_scope() + '/')


def weighted_moving_average(value, decay, weight, truediv=True, collections=None, name=None):
    """The moving average of value * weight, divided by that of the weight."""
    if collections is None:
        collections = [ops.GraphKeys.GLOBAL_VARIABLES]
    with variable_scope.variable_scope(name, 'WeightedMovingAvg', [value, weight, decay]) as scope:
        def kept(which, of):
            return variable_scope.get_variable(which, shape=of.get_shape(), dtype=of.dtype,
                                               initializer=init_ops.zeros_initializer(), trainable=False,
                                               collections=collections)
        product, weights = kept('value_x_weight', value), kept('weight', weight)
        numerator = assign_moving_average(product, value * weight, decay, zero_debias=False)
        denominator = assign_moving_average(weights, weight, decay, zero_debias=False)
        divide = math_ops.truediv if truediv else math_ops.div
        return divide(numerator, denominator, name=scope.name)


class ExponentialMovingAverage:
    """Moving averages of variables and tensors: average = decay * average + (1 - decay) * value.

    Args:
      decay: near 1.
      num_updates: a count; where it is given, the decay is at most (1 + n) / (10 + n).
      zero_debias: averages of tensors as if they hadn't begun at zero.
      name: of the averages' variables and of the operation.
    """

    def __init__(self, decay, num_updates=None, zero_debias=False, name='ExponentialMovingAverage'):
        self._decay = decay
        self._num_updates = num_updates
        self._zero_debias = zero_debias
        self._name = name
        self._averages = {}

    @property
    def name(self):
        return self._name

    def apply(self, var_list=None):
        """The operation that updates the averages of those variables and tensors; None: of the trainable variables.

        Raises:
          TypeError: where one isn't of floats.
        """
        if var_list is None:
            var_list = variables.trainable_variables()
        unbiased = set()
        for var in var_list:
            if var.dtype.base_dtype not in (dtypes.bfloat16, dtypes.float16, dtypes.float32, dtypes.float64):
                raise TypeError('The variables must be half, float, or double: %s' % var.name)
            if var in self._averages:
                continue
            with ops.init_scope():
                if isinstance(var, variables.VariableV1):
                    average = slot_creator.create_slot(var, var.initialized_value(), self.name,
                                                       colocate_with_primary=True)
                    ops.add_to_collection(ops.GraphKeys.MOVING_AVERAGE_VARIABLES, var)
                else:
                    average = slot_creator.create_zeros_slot(
                        var, self.name,
                        colocate_with_primary=var.op.type in ('Variable', 'VariableV2', 'VarHandleOp'))
                    if self._zero_debias:
                        unbiased.add(average)
            self._averages[var] = average
        with ops.name_scope(self.name) as scope:
            decay = ops.convert_to_tensor(self._decay, name='decay')
            if self._num_updates is not None:
                count = math_ops.cast(self._num_updates, dtypes.float32, name='num_updates')
                decay = plain.minimum(decay, (1.0 + count) / (10.0 + count))
            updates = [assign_moving_average(self._averages[var], var, decay, self._averages[var] in unbiased)
                       for var in var_list]
            return control_flow_ops.group(*updates, name=scope)

    def average(self, var):
        """The variable that is the average, or None."""
        return self._averages.get(var)

    def average_name(self, var):
        """The name that the average has, or would have."""
        if var in self._averages:
            return self._averages[var].op.name
        return ops.get_default_graph().unique_name(var.op.name + '/' + self.name, mark_as_used=False)

    def variables_to_restore(self, moving_avg_variables=None):
        """Names in a checkpoint -> variables, so that a Saver restores averages into the variables themselves."""
        if moving_avg_variables is None:
            moving_avg_variables = variables.trainable_variables() + variables.moving_average_variables()
        averaged = list(dict.fromkeys(moving_avg_variables))
        names = {self.average_name(v): v for v in averaged}
        there = {v.name for v in averaged}
        for v in dict.fromkeys(variables.global_variables()):
            if v.name not in there and v.op.name not in names:
                names[v.op.name] = v
        return names
