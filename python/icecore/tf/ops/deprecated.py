"""Arguments that have two names, an old one and a new one."""


def argument(new_name, new_value, old_name, old_value):
    """The one of the two that is given.

    Raises:
      ValueError: where both are.
    """
    if old_value is not None:
        if new_value is not None:
            raise ValueError("Cannot specify both '%s' and '%s'" % (old_name, new_name))
        return old_value
    return new_value
