"""tf.train.Optimizer: gradients of a loss, and nodes that change variables by them.

Write one by deriving from Optimizer: _create_slots, _prepare, _apply_dense (of resource variables _resource_apply_dense),
_apply_sparse, _finish.
"""
from icecore.tf.framework import dtypes, gradients, op_def_library, ops
from icecore.tf.ops import array_ops, control_flow_ops, math_ops, plain, state_ops, variable_scope, variables
from icecore.tf.training import slot_creator
from icecore.tf.util import nest


def _deduplicate_indexed_slices(values, indices):
    """(rows added up where their index repeats, each index once)."""
    unique, places = array_ops.unique(indices)
    return plain.unsorted_segment_sum(values, places, array_ops.shape(unique)[0]), unique


def _var_key(var):
    return (var.op.graph, var.op.name)


class Optimizer:
    """What all optimizers can do."""

    GATE_NONE = 0
    GATE_OP = 1
    GATE_GRAPH = 2

    def __init__(self, use_locking, name):
        if not name:
            raise ValueError('Must specify the optimizer name')
        self._use_locking = use_locking
        self._name = name
        self._slots = {}
        self._non_slot_dict = {}

    def get_name(self):
        """'Adam'."""
        return self._name

    def minimize(self, loss, global_step=None, var_list=None, gate_gradients=GATE_OP, aggregation_method=None,
                 colocate_gradients_with_ops=False, name=None, grad_loss=None):
        """The operation that makes the loss smaller: compute_gradients(), then apply_gradients().

        Raises:
          ValueError: where no variable has a gradient.
        """
        pairs = self.compute_gradients(loss, var_list=var_list, gate_gradients=gate_gradients,
                                       aggregation_method=aggregation_method,
                                       colocate_gradients_with_ops=colocate_gradients_with_ops, grad_loss=grad_loss)
        if all(g is None for g, _ in pairs):
            raise ValueError('No gradients provided for any variable, check your graph for ops that do not support '
                             'gradients, between variables %s and loss %s.' % ([str(v) for _, v in pairs], loss))
        return self.apply_gradients(pairs, global_step=global_step, name=name)

    def compute_gradients(self, loss, var_list=None, gate_gradients=GATE_OP, aggregation_method=None,
                          colocate_gradients_with_ops=False, grad_loss=None):
        """(gradient, variable) for each variable; None where the loss doesn't depend on it.

        Args:
          loss: a tensor.
          var_list: variables; None: the trainable ones.
          gate_gradients: how much waits for how much: GATE_NONE, GATE_OP, GATE_GRAPH.
          colocate_gradients_with_ops: asks for the devices of the operations.
          grad_loss: the loss's own gradient.

        Raises:
          TypeError, ValueError: where an argument isn't what it should be.
        """
        if gate_gradients not in (Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH):
            raise ValueError('gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, '
                             'Optimizer.GATE_GRAPH.  Not %s' % gate_gradients)
        self._assert_valid_dtypes([loss])
        if grad_loss is not None:
            self._assert_valid_dtypes([grad_loss])
        if var_list is None:
            var_list = (variables.trainable_variables() +
                        ops.get_collection(ops.GraphKeys.TRAINABLE_RESOURCE_VARIABLES))
        else:
            var_list = [v for item in nest.flatten(var_list)
                        for v in (item if isinstance(item, variables.PartitionedVariable) else [item])]
        if not var_list:
            raise ValueError('No variables to optimize.')
        targets = [self._target(v) for v in var_list]
        grads = gradients.gradients(
            loss, targets, grad_ys=grad_loss, gate_gradients=gate_gradients == Optimizer.GATE_OP,
            aggregation_method=aggregation_method, colocate_gradients_with_ops=colocate_gradients_with_ops)
        if gate_gradients == Optimizer.GATE_GRAPH:
            grads = control_flow_ops.tuple(grads)
        pairs = list(zip(grads, var_list))
        self._assert_valid_dtypes([v for g, v in pairs if g is not None and v.dtype != dtypes.resource])
        return pairs

    @staticmethod
    def _target(v):
        if isinstance(v, variables.VariableV1):
            return v if v._handle_is_resource else v._ref()
        if isinstance(v, ops.Tensor):
            return v
        raise NotImplementedError('Trying to optimize unsupported type ', v)

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        """The operation that changes the variables by the gradients, and then counts global_step up.

        Raises:
          TypeError, ValueError: where the pairs aren't what they should be, or have no gradient.
        """
        given = []
        for g, v in tuple(grads_and_vars):
            if g is not None:
                try:
                    g = ops.convert_to_tensor_or_indexed_slices(g)
                except TypeError:
                    raise TypeError('Gradient must be convertible to a Tensor or IndexedSlices, or None: %s' % g) from None
                if not isinstance(g, (ops.Tensor, ops.IndexedSlices)):
                    raise TypeError('Gradient must be a Tensor, IndexedSlices, or None: %s' % g)
            given.append((g, v))
        if not given:
            raise ValueError('No variables provided.')
        var_list = [v for g, v in given if g is not None]
        if not var_list:
            raise ValueError('No gradients provided for any variable: %s.' % ([str(v) for _, v in given],))
        with ops.init_scope():
            self._create_slots(var_list)
        updates = []
        with ops.name_scope(name, self._name) as name:
            self._prepare()
            for g, v in given:
                if g is None:
                    continue
                with ops.name_scope('update_' + v.op.name), ops.colocate_with(v):
                    updates.append(self._update(g, v))
            if global_step is None:
                applied = self._finish(updates, name)
            else:
                with ops.control_dependencies([self._finish(updates, 'update')]):
                    with ops.colocate_with(global_step):
                        if variables.is_resource_variable(global_step):
                            applied = plain.assign_add_variable_op(
                                global_step.handle, ops.convert_to_tensor(1, dtype=global_step.dtype), name=name)
                        else:
                            applied = state_ops.assign_add(global_step, 1, name=name)
            if isinstance(applied, ops.Tensor):
                applied = applied.op
            if applied not in ops.get_collection(ops.GraphKeys.TRAIN_OP):
                ops.add_to_collection(ops.GraphKeys.TRAIN_OP, applied)
            return applied

    def _update(self, g, v):
        if not isinstance(v, variables.VariableV1):
            raise NotImplementedError('Trying to update a Tensor ', v)
        resource = v._handle_is_resource
        if isinstance(g, ops.IndexedSlices):
            if v.constraint is not None:
                raise RuntimeError('Cannot use a constraint function on a sparse variable.')
            if resource:
                return self._resource_apply_sparse_duplicate_indices(g.values, v, g.indices)
            return self._apply_sparse_duplicate_indices(g, v)
        updated = self._resource_apply_dense(g, v) if resource else self._apply_dense(g, v)
        if v.constraint is None:
            return updated
        with ops.control_dependencies([updated]):
            return v.assign(v.constraint(v))

    # --- Slots ---

    def get_slot(self, var, name):
        """The variable that it keeps beside `var`, or None."""
        return self._slots.get(name, {}).get(_var_key(var))

    def get_slot_names(self):
        """Sorted."""
        return sorted(self._slots.keys())

    def variables(self):
        """All that it keeps in the default graph, sorted by name."""
        graph = ops.get_default_graph()
        kept = list(self._non_slot_dict.values())
        for slots in self._slots.values():
            kept.extend(slots.values())
        return sorted((v for v in kept if v.op.graph is graph), key=lambda v: v.name)

    def _create_non_slot_variable(self, initial_value, name, colocate_with):
        key = (name, colocate_with.graph)
        made = self._non_slot_dict.get(key)
        if made is None:
            with ops.colocate_with(colocate_with):
                made = variable_scope.variable(initial_value, name=name, trainable=False,
                                               use_resource=variables.is_resource_variable(colocate_with))
            self._non_slot_dict[key] = made
        return made

    def _get_non_slot_variable(self, name, graph=None):
        return self._non_slot_dict.get((name, graph))

    def _non_slot_variables(self):
        return self._non_slot_dict.values()

    def _slot_dict(self, slot_name):
        return self._slots.setdefault(slot_name, {})

    def _get_or_make_slot(self, var, val, slot_name, op_name):
        slots = self._slot_dict(slot_name)
        if _var_key(var) not in slots:
            slots[_var_key(var)] = slot_creator.create_slot(var, val, op_name)
        return slots[_var_key(var)]

    def _get_or_make_slot_with_initializer(self, var, initializer, shape, dtype, slot_name, op_name):
        slots = self._slot_dict(slot_name)
        if _var_key(var) not in slots:
            slots[_var_key(var)] = slot_creator.create_slot_with_initializer(var, initializer, shape, dtype, op_name)
        return slots[_var_key(var)]

    def _zeros_slot(self, var, slot_name, op_name):
        slots = self._slot_dict(slot_name)
        if _var_key(var) not in slots:
            slots[_var_key(var)] = slot_creator.create_zeros_slot(var, op_name)
        return slots[_var_key(var)]

    # --- What an optimizer does its own way ---

    def _valid_dtypes(self):
        return {dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64}

    def _assert_valid_dtypes(self, tensors):
        valid = self._valid_dtypes()
        for t in tensors:
            if t.dtype.base_dtype not in valid:
                raise ValueError('Invalid type %r for %s, expected: %s.' % (t.dtype.base_dtype, t.name, list(valid)))

    def _create_slots(self, var_list):
        pass

    def _prepare(self):
        pass

    def _apply_dense(self, grad, var):
        raise NotImplementedError()

    def _resource_apply_dense(self, grad, handle):
        raise NotImplementedError()

    def _apply_sparse_duplicate_indices(self, grad, var):
        values, indices = _deduplicate_indexed_slices(values=grad.values, indices=grad.indices)
        return self._apply_sparse(ops.IndexedSlices(indices=indices, values=values, dense_shape=grad.dense_shape), var)

    def _apply_sparse(self, grad, var):
        raise NotImplementedError()

    def _resource_apply_sparse_duplicate_indices(self, grad, handle, indices):
        values, unique = _deduplicate_indexed_slices(values=grad, indices=indices)
        return self._resource_apply_sparse(values, handle, unique)

    def _resource_apply_sparse(self, grad, handle, indices):
        raise NotImplementedError()

    def _finish(self, update_ops, name_scope):
        return control_flow_ops.group(*update_ops, name=name_scope)

    def _call_if_callable(self, param):
        return param() if callable(param) else param


class OpOptimizer(Optimizer):
    """One whose step is an op for each variable: ApplyX, or SparseApplyX of some rows, and those of resource variables."""

    # X; the slots' arguments of the op -> names of the slots.
    _op = None
    _slot_arguments = {}

    def _numbers(self):
        """Arguments of the op that are numbers: name -> tensor, in the order in which they are cast."""
        raise NotImplementedError()

    def _attrs(self):
        return {}

    def _apply(self, grad, var, indices=None):
        resource = var._handle_is_resource
        given = {'var': var.handle if resource else var._ref()}
        for argument, slot in self._slot_arguments.items():
            kept = self.get_slot(var, slot)
            given[argument] = kept.handle if resource else kept._ref()
        dtype = var.dtype.base_dtype
        for name, tensor in self._numbers().items():
            given[name] = math_ops.cast(tensor, dtype)
        given['delta' if self._op.endswith('GradientDescent') and indices is None else 'grad'] = grad
        if indices is not None:
            given['indices'] = indices
        kind = ('Resource' if resource else '') + ('Sparse' if indices is not None else '') + 'Apply' + self._op
        made = op_def_library.apply_op(kind, use_locking=self._use_locking, **given, **self._attrs())
        return made.op if isinstance(made, ops.Tensor) else made

    def _apply_dense(self, grad, var):
        return self._apply(grad, var)

    def _resource_apply_dense(self, grad, handle):
        return self._apply(grad, handle)

    def _apply_sparse(self, grad, var):
        return self._apply(grad.values, var, grad.indices)

    def _resource_apply_sparse(self, grad, handle, indices):
        return self._apply(grad, handle, indices)
