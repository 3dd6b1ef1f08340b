"""Arguments that functions take from the `with` blocks around them."""
import contextlib
import functools

# The scopes that stand: each says, by function, the arguments.
_stack = [{}]
# Functions that take part -> the names of their keywords.
_decorated = {}


def arg_scope_func_key(op):
    """What stands for a function in a scope."""
    return getattr(op, '_key_op', str(op))


def current_arg_scope():
    """The scope that stands."""
    return _stack[-1]


def add_arg_scope(func):
    """The function, which from now on takes keywords of arg_scope()."""
    key = arg_scope_func_key(func)
    count = len(func.__defaults__ or ())
    _decorated[key] = func.__code__.co_varnames[-count:func.__code__.co_argcount]

    @functools.wraps(func)
    def func_with_args(*args, **kwargs):
        return func(*args, **{**current_arg_scope().get(key, {}), **kwargs})

    func_with_args._key_op = key
    return func_with_args


def has_arg_scope(func):
    """Whether the function takes part."""
    return arg_scope_func_key(func) in _decorated


def arg_scoped_arguments(func):
    """The names of its keywords."""
    assert has_arg_scope(func)
    return _decorated[arg_scope_func_key(func)]


@contextlib.contextmanager
def arg_scope(list_ops_or_scope, **kwargs):
    """In the `with` block, the functions of the list have these keywords where a call doesn't say otherwise.

    Args:
      list_ops_or_scope: functions, or a scope that another arg_scope() gave.

    Raises:
      TypeError: where it is neither.
      ValueError: where a function takes no part, or a scope is given keywords.
    """
    if isinstance(list_ops_or_scope, dict):
        if kwargs:
            raise ValueError('When attempting to re-use a scope by suppling adictionary, kwargs must be empty.')
        scope = dict(list_ops_or_scope)
    elif isinstance(list_ops_or_scope, (list, tuple)):
        scope = dict(current_arg_scope())
        for op in list_ops_or_scope:
            if not has_arg_scope(op):
                raise ValueError('%s is not decorated with @add_arg_scope', (op.__module__, op.__name__))
            key = arg_scope_func_key(op)
            scope[key] = {**scope.get(key, {}), **kwargs}
    else:
        raise TypeError('list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)')
    _stack.append(scope)
    try:
        yield scope
    finally:
        _stack.pop()
