"""Flags and the set of them: what FLAGS is."""
import difflib
import os
import shlex
import sys
import textwrap

from .flag_parsers import BooleanParser


class Error(Exception):
    """What is wrong with flags."""


class CantOpenFlagFileError(Error):
    """--flagfile names a file that can't be read."""


class DuplicateFlagError(Error):
    """A name that is taken."""


class IllegalFlagValueError(Error):
    """A value that the flag, or a validator, refuses."""


class UnparsedFlagAccessError(Error):
    """A value was asked for before the flags were parsed."""


class ValidationError(Error):
    """A validator's refusal."""


class UnrecognizedFlagError(Error):
    """A flag that nobody defined."""

    def __init__(self, flagname, flagvalue='', suggestions=None):
        self.flagname, self.flagvalue = flagname, flagvalue
        tip = '. Did you mean: %s ?' % ', '.join(suggestions) if suggestions else ''
        super().__init__("Unknown command line flag '%s'%s" % (flagname, tip))


class Flag(object):
    """One flag: what its text means, its default, its help, and its value now."""

    def __init__(self, parser, serializer, name, default, help_string, short_name=None, boolean=False, module='', **_):
        self.parser, self.serializer = parser, serializer
        self.name, self.short_name = name, short_name
        self.help = help_string or '(no help available)'
        self.boolean, self.module = boolean, module
        self.present, self.using_default_value = 0, True
        self.validators = []
        self.default = self._parse(default)
        self.value = self.default

    def _parse(self, text):
        if text is None:
            return None
        try:
            return self.parser.parse(text)
        except (TypeError, ValueError) as error:
            raise IllegalFlagValueError('flag --%s=%s: %s' % (self.name, text, error)) from None

    def parse(self, argument):
        """The value of a text that stands on the command line."""
        self.value = self._parse(argument)
        self.present += 1
        self.using_default_value = False

    def unparse(self):
        self.value, self.present, self.using_default_value = self.default, 0, True

    def text_of(self, value):
        if value is None:
            return None
        if self.boolean:
            return 'true' if value else 'false'
        return self.parser.text(value) if hasattr(self.parser, 'text') else str(value)

    def serialize(self):
        """The words of a command line that give this value."""
        if self.value is None:
            return ''
        if self.boolean:
            return '--%s%s' % ('' if self.value else 'no', self.name)
        return '--%s=%s' % (self.name, self.text_of(self.value))

    def flag_type(self):
        return self.parser.flag_type()

    def help_text(self):
        """The lines of --help."""
        name = '--[no]' + self.name if self.boolean else '--' + self.name
        names = '-%s,%s' % (self.short_name, name) if self.short_name else name
        indented = {'width': 79, 'subsequent_indent': '    '}
        lines = textwrap.wrap('%s: %s' % (names, self.help), initial_indent='  ', **indented)
        if self.repeats:
            lines[-1] += ';'
            lines += ['    repeat this option to specify a list of values']
        if self.default is not None:
            lines += textwrap.wrap("(default: '%s')" % self.text_of(self.default), initial_indent='    ', **indented)
        if self.parser.syntactic_help:
            lines.append('    (%s)' % self.parser.syntactic_help)
        return '\n'.join(lines)

    repeats = False


class BooleanFlag(Flag):
    """--NAME and --noNAME."""

    def __init__(self, name, default, help, short_name=None, **more):
        super().__init__(BooleanParser(), None, name, default, help, short_name, boolean=True, **more)


class MultiFlag(Flag):
    """A flag that may stand more than once: its value is the list."""

    repeats = True

    def _parse(self, text):
        if text is None:
            return None
        many = text if isinstance(text, (list, tuple)) else [text]
        return [super(MultiFlag, self)._parse(one) for one in many]

    def parse(self, argument):
        new = self._parse(argument)
        self.value = self.value + new if self.present else new
        self.present += len(new)
        self.using_default_value = False

    def serialize(self):
        return '\n'.join('--%s=%s' % (self.name, item) for item in self.value or ())


class _Validator(object):
    def __init__(self, names, check, message):
        self.names, self.check, self.message = names, check, message


class FlagValues(object):
    """All flags. FLAGS.NAME is a value, FLAGS['NAME'] the flag; FLAGS(argv) parses and gives what is left of argv."""

    def __init__(self):
        self.__dict__.update({'__flags': {}, '_parsed': False, '_validators': []})

    def _flags(self):
        return self.__dict__['__flags']

    def add(self, flag):
        """Adds a flag. DuplicateFlagError where its name is taken by another module, or in this one by other settings."""
        for name in filter(None, (flag.name, flag.short_name)):
            there = self._flags().get(name)
            if there is not None and there.name != '':
                raise DuplicateFlagError("The flag '%s' is defined twice. First from %s, Second from %s.  Description from first "
                                         'occurrence: %s' % (name, there.module, flag.module, there.help))
        for name in filter(None, (flag.name, flag.short_name)):
            self._flags()[name] = flag

    def __getitem__(self, name):
        return self._flags()[name]

    def __setitem__(self, name, flag):
        self.add(flag)

    def __getattr__(self, name):
        flags = self._flags()
        if name not in flags:
            raise AttributeError(name)
        if not self._parsed:
            # As TensorFlow does: who reads a flag first parses them.
            self(sys.argv)
        return flags[name].value

    def __setattr__(self, name, value):
        flag = self._flags().get(name)
        if flag is None:
            raise UnrecognizedFlagError(name)
        before = flag.value, flag.using_default_value
        flag.value, flag.using_default_value = value, False
        try:
            self._validate([flag.name])
        except Error:
            flag.value, flag.using_default_value = before
            raise

    def __delattr__(self, name):
        flag = self._flags().get(name)
        if flag is None:
            raise AttributeError(name)
        for key in [key for key, value in self._flags().items() if value is flag]:
            del self._flags()[key]
        self._validators[:] = [validator for validator in self._validators if flag.name not in validator.names]

    def __contains__(self, name):
        return name in self._flags()

    def __iter__(self):
        return iter(self._flags())

    def __len__(self):
        return len(self._flags())

    def __dir__(self):
        return sorted({*self._flags(), *dir(type(self))})

    def is_parsed(self):
        return self._parsed

    def mark_as_parsed(self):
        self.__dict__['_parsed'] = True

    def unparse_flags(self):
        """Back to the defaults."""
        for flag in self._flags().values():
            flag.unparse()
        self.__dict__['_parsed'] = False

    def flag_values_dict(self):
        return {name: flag.value for name, flag in self._flags().items()}

    def get_flag_value(self, name, default):
        value = self._flags()[name].value if name in self._flags() else None
        return default if value is None else value

    def set_default(self, name, value):
        """Another default, and value while none is given."""
        flag = self._flags().get(name)
        if flag is None:
            raise UnrecognizedFlagError(name)
        flag.default = flag._parse(value)
        if flag.using_default_value:
            flag.value = flag.default
        self._validate([name])

    def flags_into_string(self):
        """A file of flags that gives these values."""
        unique = {id(flag): flag for flag in self._flags().values()}.values()
        return '\n'.join(filter(None, (flag.serialize() for flag in unique))) + '\n'

    def append_flags_into_file(self, filename):
        with open(filename, 'a', encoding='utf-8') as out:
            out.write(self.flags_into_string())

    # Validators.

    def add_validator(self, names, check, message):
        for name in names:
            if name not in self._flags():
                raise AttributeError(name)
        validator = _Validator(names, check, message)
        self._validators.append(validator)
        return validator

    def _validate(self, names=None):
        for validator in list(self._validators):
            if names is not None and not set(names) & set(validator.names):
                continue
            said = ', '.join('flag --%s=%s' % (name, self._flags()[name].value) for name in validator.names)
            try:
                if not validator.check():
                    raise ValidationError(validator.message)
            except ValidationError as error:
                raise IllegalFlagValueError('%s: %s' % (said, error)) from None

    # Parsing.

    def __call__(self, argv, known_only=False):
        """Parses argv[1:], and gives argv without its flags; with known_only, flags that nobody defined stay in it."""
        if isinstance(argv, str):
            raise TypeError('argv should be a tuple/list of strings, not bytes or string.')
        argv = list(argv)
        if not argv:
            raise ValueError('argv cannot be an empty list, and must contain the program name as the first element.')
        rest, unknown = self._parse(argv[1:], known_only)
        for name, value in unknown:
            near = difflib.get_close_matches(name[2:] if name.startswith('no') else name, list(self._flags()), 1, 0.8)
            raise UnrecognizedFlagError(name, value, near)
        self.mark_as_parsed()
        self._validate()
        return argv[:1] + rest

    def _parse(self, words, known_only):
        rest, unknown, undefok = [], [], set()
        words = iter(words)
        for word in words:
            if word == '--':
                rest += [word] * known_only + list(words)
            elif not word.startswith('-') or word == '-':
                rest.append(word)
            else:
                self._parse_flag(word, words, known_only, rest, unknown, undefok)
        unknown = [(name, value) for name, value in unknown if name not in undefok and name[2:] not in undefok]
        return [word for word in rest if not (word.startswith('-') and word.lstrip('-').split('=')[0] in undefok)], unknown

    def _parse_flag(self, word, words, known_only, rest, unknown, undefok):
        name, sign, value = word.lstrip('-').partition('=')
        value = value if sign else None
        if name in ('undefok', 'flagfile'):
            value = self._value_of(name, value, words)
            if name == 'undefok':
                undefok.update(name.strip() for name in value.split(','))
            else:
                self._parse_file(value, known_only, rest, unknown)
            return
        flag = self._flags().get(name)
        if flag is None and name.startswith('no') and getattr(self._flags().get(name[2:]), 'boolean', False):
            if value is not None:
                raise ValueError('%s does not take an argument' % word)
            self._flags()[name[2:]].parse('false')
        elif flag is None:
            if known_only:
                rest.append(word)
            else:
                unknown.append((name, value))
        elif flag.boolean:
            flag.parse('true' if value is None else value)
        else:
            flag.parse(self._value_of(name, value, words))

    @staticmethod
    def _value_of(name, value, words):
        value = next(words, None) if value is None else value
        if value is None:
            raise Error('Missing value for flag --' + name)
        return value

    def _parse_file(self, path, known_only, rest, unknown):
        """The flags of a file, one a line; # begins a comment."""
        try:
            with open(os.path.expanduser(path), encoding='utf-8') as lines:
                words = [word for line in lines if line.strip() and not line.lstrip().startswith(('#', '//'))
                         for word in shlex.split(line) if word.startswith('-')]
        except OSError as error:
            raise CantOpenFlagFileError('ERROR:: Unable to open flagfile: %s' % error) from None
        more_rest, more_unknown = self._parse(words, known_only)
        rest += more_rest
        unknown += more_unknown

    # Help.

    def flags_by_module(self):
        """module -> its flags, sorted by name."""
        found = {}
        for name, flag in sorted(self._flags().items()):
            if name == flag.name:
                found.setdefault(flag.module, []).append(flag)
        return found

    def module_help(self, module):
        flags = self.flags_by_module().get(module, [])
        return '\n%s:\n%s\n' % (module, '\n'.join(flag.help_text() for flag in flags)) if flags else ''

    def main_module_help(self):
        return self.module_help(sys.argv[0])

    def get_help(self):
        modules = sorted(self.flags_by_module(), key=lambda module: (module != sys.argv[0], module))
        return ''.join(self.module_help(module) for module in modules)

    def __str__(self):
        return self.get_help()
