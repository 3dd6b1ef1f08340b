"""tf.flags: command-line flags, as TensorFlow 1.15 has them of absl."""
import logging
import sys

from .flag_parsers import (  # noqa: F401
    ArgumentParser, BooleanParser, EnumParser, FloatParser, IntegerParser, ListParser, WhitespaceSeparatedListParser)
from .flag_values import (  # noqa: F401
    BooleanFlag, CantOpenFlagFileError, DuplicateFlagError, Error, Flag, FlagValues, IllegalFlagValueError, MultiFlag,
    UnparsedFlagAccessError, UnrecognizedFlagError, ValidationError)

FLAGS = FlagValues()
# Names that arguments had before absl.
_RENAMED = {'flag_name': 'name', 'default_value': 'default', 'docstring': 'help'}
_HELP_FLAGS = ('help', 'helpshort', 'helpfull')


def _defining_module():
    """The module that called into tf.flags; the script has its own path."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get('__name__', '').startswith(__package__):
        frame = frame.f_back
    name = frame.f_globals.get('__name__', '')
    return sys.argv[0] if name == '__main__' else name


def _with_old_names(arguments):
    if any(old in arguments for old in _RENAMED):
        logging.warning('Use of the keyword argument names (flag_name, default_value, docstring) is deprecated, please use '
                        '(name, default, help) instead.')
    return {_RENAMED.get(name, name): value for name, value in arguments.items()}


def DEFINE_flag(flag, flag_values=FLAGS, module_name=None, required=False):
    """Adds a flag."""
    flag.module = module_name or flag.module or _defining_module()
    flag_values.add(flag)
    if required:
        mark_flag_as_required(flag.name, flag_values)
    return flag


def DEFINE(parser, name, default, help, flag_values=FLAGS, serializer=None, module_name=None, required=False, **args):
    """Adds a flag whose text the parser reads."""
    return DEFINE_flag(Flag(parser, serializer, name, default, help, **args), flag_values, module_name, required)


def _definer(make_parser, bounds=False):
    def define(*args, **kwargs):
        return plain(*args, **_with_old_names(kwargs))

    if bounds:
        def plain(name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, required=False, **args):
            return DEFINE(make_parser(lower_bound, upper_bound), name, default, help, flag_values, required=required, **args)
    else:
        def plain(name, default, help, flag_values=FLAGS, required=False, **args):
            return DEFINE(make_parser(), name, default, help, flag_values, required=required, **args)
    return define


DEFINE_string = _definer(ArgumentParser)
DEFINE_list = _definer(ListParser)
DEFINE_integer = _definer(IntegerParser, bounds=True)
DEFINE_float = _definer(FloatParser, bounds=True)


def DEFINE_boolean(*args, **kwargs):
    """A flag that is set by --NAME and unset by --noNAME."""
    return _define_boolean(*args, **_with_old_names(kwargs))


DEFINE_bool = DEFINE_boolean


def _define_boolean(name, default, help, flag_values=FLAGS, module_name=None, required=False, **args):
    return DEFINE_flag(BooleanFlag(name, default, help, **args), flag_values, module_name, required)


def DEFINE_enum(name, default, enum_values, help, flag_values=FLAGS, module_name=None, required=False, **args):
    """A flag whose value is one of some words."""
    help = '<%s>: %s' % ('|'.join(enum_values), help)
    return DEFINE(EnumParser(enum_values), name, default, help, flag_values, None, module_name, required, **args)


def DEFINE_spaceseplist(name, default, help, comma_compat=False, flag_values=FLAGS, required=False, **args):
    """A list of words between blanks."""
    return DEFINE(WhitespaceSeparatedListParser(comma_compat), name, default, help, flag_values, required=required, **args)


def DEFINE_multi(parser, serializer, name, default, help, flag_values=FLAGS, module_name=None, required=False, **args):
    """A flag that may stand more than once."""
    return DEFINE_flag(MultiFlag(parser, serializer, name, default, help, **args), flag_values, module_name, required)


def DEFINE_multi_string(name, default, help, flag_values=FLAGS, required=False, **args):
    return DEFINE_multi(ArgumentParser(), None, name, default, help, flag_values, required=required, **args)


def DEFINE_multi_integer(name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, required=False, **args):
    parser = IntegerParser(lower_bound, upper_bound)
    return DEFINE_multi(parser, None, name, default, help, flag_values, required=required, **args)


def DEFINE_multi_float(name, default, help, lower_bound=None, upper_bound=None, flag_values=FLAGS, required=False, **args):
    parser = FloatParser(lower_bound, upper_bound)
    return DEFINE_multi(parser, None, name, default, help, flag_values, required=required, **args)


def DEFINE_multi_enum(name, default, enum_values, help, flag_values=FLAGS, case_sensitive=True, required=False, **args):
    parser = EnumParser(enum_values, case_sensitive)
    help = '<%s>: %s' % ('|'.join(enum_values), help)
    return DEFINE_multi(parser, None, name, default, help, flag_values, required=required, **args)


def DEFINE_alias(name, original_name, flag_values=FLAGS, module_name=None):
    """Another name of a flag."""
    if original_name not in flag_values:
        raise UnrecognizedFlagError(original_name)
    flag_values._flags()[name] = flag_values[original_name]
    return flag_values[original_name]


def register_validator(flag_name, checker, message='Flag validation failed', flag_values=FLAGS):
    """After parsing, and when the value is set, checker(value) must be true."""
    flag_values.add_validator([flag_name], lambda: checker(flag_values[flag_name].value), message)


def register_multi_flags_validator(flag_names, multi_flags_checker, message='Flags validation failed', flag_values=FLAGS):
    """After parsing, and when one is set, checker({name: value}) must be true."""
    flag_values.add_validator(
        list(flag_names), lambda: multi_flags_checker({name: flag_values[name].value for name in flag_names}), message)


def validator(flag_name, message='Flag validation failed', flag_values=FLAGS):
    """register_validator as a decorator."""
    def decorate(function):
        register_validator(flag_name, function, message, flag_values)
        return function
    return decorate


def multi_flags_validator(flag_names, message='Flag validation failed', flag_values=FLAGS):
    """register_multi_flags_validator as a decorator."""
    def decorate(function):
        register_multi_flags_validator(flag_names, function, message, flag_values)
        return function
    return decorate


def mark_flag_as_required(flag_name, flag_values=FLAGS):
    """After parsing, the flag must have a value."""
    register_validator(flag_name, lambda value: value is not None,
                       'Flag --%s must have a value other than None.' % flag_name, flag_values)


def mark_flags_as_required(flag_names, flag_values=FLAGS):
    for name in flag_names:
        mark_flag_as_required(name, flag_values)


def mark_flags_as_mutual_exclusive(flag_names, required=False, flag_values=FLAGS):
    """Only one of them may have a value; with required, one must."""
    def check(values):
        given = sum(value is not None for value in values.values())
        if given == 1 or not required and given == 0:
            return True
        raise ValidationError('%s one of (%s) must have a value other than None.' % (
            'Exactly' if required else 'At most', ', '.join(flag_names)))
    register_multi_flags_validator(flag_names, check, flag_values=flag_values)


def adopt_module_key_flags(module, flag_values=FLAGS):
    """--help lists the module's flags with the caller's."""
    for flag in flag_values.flags_by_module().get(module.__name__, ()):
        flag.module = _defining_module()


def declare_key_flag(flag_name, flag_values=FLAGS):
    flag_values[flag_name].module = _defining_module()


def disclaim_key_flags():
    pass


def get_help_width():
    """Columns of a line of help."""
    return 80


def text_wrap(text, length=None, indent='', firstline_indent=None):
    """Text in lines of `length` columns."""
    import textwrap
    first = indent if firstline_indent is None else firstline_indent
    return '\n'.join('\n'.join(textwrap.wrap(line, (length or get_help_width()) - 1, initial_indent=first, subsequent_indent=indent))
                     for line in text.strip().splitlines())


def _define_help_flags():
    """--help, --helpshort and --helpfull, which tf.app.run understands."""
    for name, text in (('help', 'show this help'), ('helpshort', 'show this help'), ('helpfull', 'show full help')):
        if name not in FLAGS:
            DEFINE_flag(BooleanFlag(name, False, text, short_name='?' if name == 'help' else None), module_name='tf.app')


def _print_help_if_asked(argv):
    """What --help prints, and exit status 1."""
    asked = [name for name in _HELP_FLAGS if FLAGS[name].value]
    if not asked:
        return
    text = sys.modules['__main__'].__doc__
    if text:
        places = text.count('%') - 2 * text.count('%%')
        try:
            text %= (argv[0],) * places
        except (TypeError, ValueError):
            pass
    else:
        import textwrap
        text = '\n' + textwrap.fill('USAGE: %s [flags]' % argv[0], 80, initial_indent=' ' * 7, subsequent_indent=' ' * 7)
    flags = FLAGS.get_help() if asked[0] == 'helpfull' else FLAGS.main_module_help()
    sys.stdout.write(text + ('\nflags:\n' + flags if flags else '') + '\n')
    if asked[0] != 'helpfull':
        print('Try --helpfull to get a list of all flags.')
    sys.exit(1)
