"""tf.make_template: a function that shares its variables over all its calls."""
import functools

from icecore.tf.framework import ops
from icecore.tf.ops import variable_scope
from icecore.tf.platform import tf_logging


def make_template(name_, func_, create_scope_now_=False, unique_name_=None, custom_getter_=None, **kwargs):
    """A function like `func_` with the keywords given; what get_variable() makes in its first call, later calls use.

    Args:
      name_: of the variable scope; made unique.
      create_scope_now_: whether the scope is that of now, not that of the first call.
      unique_name_: the scope's name, used as it is.
      custom_getter_: of the scope.

    Raises:
      ValueError: where the name is None; in a later call, where `func_` makes another trainable variable.
    """
    if kwargs:
        func_ = functools.wraps(func_)(functools.partial(func_, **kwargs))
    return Template(name_, func_, create_scope_now_, unique_name_, custom_getter_)


class Template:
    """What make_template() makes."""

    def __init__(self, name, func, create_scope_now=False, unique_name=None, custom_getter=None,
                 create_graph_function=False):
        if name is None:
            raise ValueError('name cannot be None.')
        del create_graph_function
        self._name = name
        self._func = func
        self._unique_name = unique_name
        self._custom_getter = custom_getter
        self._variable_scope = None
        self._variables_created = False
        self._first_call = True
        if create_scope_now:
            with variable_scope._PureScope(unique_name or variable_scope._unique_name(name),
                                           custom_getter=custom_getter) as scope:
                self._variable_scope = scope

    def _call_func(self, args, kwargs):
        if not self._variables_created:
            result = self._func(*args, **kwargs)
            self._first_call, self._variables_created = False, True
            return result
        trainable = len(ops.get_collection_ref(ops.GraphKeys.TRAINABLE_VARIABLES))
        every = len(ops.get_collection_ref(ops.GraphKeys.GLOBAL_VARIABLES))
        result = self._func(*args, **kwargs)
        now = ops.get_collection_ref(ops.GraphKeys.TRAINABLE_VARIABLES)
        if trainable != len(now):
            raise ValueError('Trainable variable created when calling a template after the first time, perhaps you used '
                             'tf.Variable when you meant tf.get_variable: %s' % (now[trainable:],))
        now = ops.get_collection_ref(ops.GraphKeys.GLOBAL_VARIABLES)
        if every != len(now):
            tf_logging.info('New variables created when calling a template after the first time, perhaps you used '
                            'tf.Variable when you meant tf.get_variable: %s', now[every:])
        return result

    def __call__(self, *args, **kwargs):
        if self._variable_scope:
            with variable_scope.variable_scope(self._variable_scope, reuse=not self._first_call):
                return self._call_func(args, kwargs)
        with variable_scope.variable_scope(self._unique_name, self._name, custom_getter=self._custom_getter) as scope:
            self._variable_scope = scope
            return self._call_func(args, kwargs)

    @property
    def name(self):
        """The name given, before it was made unique."""
        return self._name

    @property
    def func(self):
        """The function."""
        return self._func

    @property
    def variable_scope(self):
        """The scope; None before the first call."""
        return self._variable_scope

    var_scope = variable_scope

    @property
    def variable_scope_name(self):
        """'name/'; None before the first call."""
        if not self._variable_scope:
            return None
        name = self._variable_scope.name
        return name if not name or name.endswith('/') else name + '/'

    def _collected(self, key):
        return ops.get_collection(key, self.variable_scope_name) if self._variables_created else []

    @property
    def global_variables(self):
        """Those of its scope in the collection of that name."""
        return self._collected(ops.GraphKeys.GLOBAL_VARIABLES)

    @property
    def local_variables(self):
        return self._collected(ops.GraphKeys.LOCAL_VARIABLES)

    @property
    def trainable_variables(self):
        return self._collected(ops.GraphKeys.TRAINABLE_VARIABLES)

    @property
    def variables(self):
        """Global and local ones."""
        return self.global_variables + self.local_variables

    @property
    def non_trainable_variables(self):
        trainable = {id(v) for v in self.trainable_variables}
        return [v for v in self.global_variables if id(v) not in trainable]

    weights = variables
    trainable_weights = trainable_variables
    non_trainable_weights = non_trainable_variables
