"""Exceptions of what can't be done with a graph's symbols."""


class OperatorNotAllowedInGraphError(TypeError):
    """A tensor isn't a Python value: it has no truth, and no items to go through."""


class InaccessibleTensorError(ValueError):
    """A tensor of a branch or a loop, which a Session can't be asked for."""
