"""What a flag's text means: numbers with bounds, booleans, lists, words of a choice."""


class ArgumentParser(object):
    """Text as it is. `syntactic_help` says in the help what is asked for."""

    syntactic_help = ''

    def parse(self, argument):
        if not isinstance(argument, str):
            raise TypeError('flag value must be a string, found "{}"'.format(type(argument)))
        return argument

    def flag_type(self):
        return 'string'


class _NumericParser(ArgumentParser):
    def __init__(self, lower_bound=None, upper_bound=None):
        self.lower_bound, self.upper_bound = lower_bound, upper_bound
        self.syntactic_help = self._help(lower_bound, upper_bound)

    def _help(self, lower, upper):
        name = '%s %s' % (self.article, self.kind)
        if lower is not None and upper is not None:
            return '%s in the range [%s, %s]' % (name, lower, upper)
        for bound, sign in self.signs.items():
            if bound == (lower, upper):
                return 'a %s %s' % (sign, self.kind)
        if upper is not None:
            return '%s <= %s' % (name, upper)
        return name if lower is None else '%s >= %s' % (name, lower)

    def parse(self, argument):
        value = self.convert(argument)
        if (self.lower_bound is not None and value < self.lower_bound
                or self.upper_bound is not None and value > self.upper_bound):
            raise ValueError('%s is not %s' % (value, self.syntactic_help))
        return value


class FloatParser(_NumericParser):
    article, kind = 'a', 'number'
    signs = {(0, None): 'non-negative', (None, 0): 'non-positive'}

    def convert(self, argument):
        if isinstance(argument, bool) or not isinstance(argument, (int, float, str)):
            raise TypeError('Expect argument to be a string, int, or float, found {}'.format(type(argument)))
        return float(argument)

    def flag_type(self):
        return 'float'


class IntegerParser(_NumericParser):
    article, kind = 'an', 'integer'
    signs = {(1, None): 'positive', (None, -1): 'negative', (0, None): 'non-negative', (None, 0): 'non-positive'}

    def convert(self, argument):
        if isinstance(argument, str):
            base = {'0x': 16, '0o': 8}.get(argument[:2], 10)
            return int(argument, base)
        if isinstance(argument, int) and not isinstance(argument, bool):
            return argument
        raise TypeError('Expect argument to be a string or int, found {}'.format(type(argument)))

    def flag_type(self):
        return 'int'


class BooleanParser(ArgumentParser):
    def parse(self, argument):
        if isinstance(argument, str):
            if argument.lower() in ('true', 't', '1'):
                return True
            if argument.lower() in ('false', 'f', '0'):
                return False
            raise ValueError('Non-boolean argument to boolean flag', argument)
        if isinstance(argument, int) and argument in (0, 1):
            return bool(argument)
        raise TypeError('Non-boolean argument to boolean flag', argument)

    def flag_type(self):
        return 'bool'


class EnumParser(ArgumentParser):
    def __init__(self, enum_values, case_sensitive=True):
        if not enum_values:
            raise ValueError('enum_values cannot be empty, found "{}"'.format(enum_values))
        self.enum_values, self.case_sensitive = enum_values, case_sensitive

    def parse(self, argument):
        for value in self.enum_values:
            if argument == value or not self.case_sensitive and argument.lower() == value.lower():
                return value
        raise ValueError('value should be one of <%s>' % '|'.join(self.enum_values))

    def flag_type(self):
        return 'string enum'


class ListParser(ArgumentParser):
    """Words between commas."""
    syntactic_help = 'a comma separated list'
    separator = ','

    def parse(self, argument):
        if isinstance(argument, (list, tuple)):
            return list(argument)
        words = argument.split(',') if self.separator == ',' else argument.split()
        return [word.strip() for word in words] if argument else []

    def text(self, value):
        return ','.join(str(item) for item in value)

    def flag_type(self):
        return 'comma separated list of strings'


class WhitespaceSeparatedListParser(ListParser):
    """Words between blanks; with comma_compat, commas are blanks."""
    syntactic_help = 'a whitespace separated list'
    separator = None

    def __init__(self, comma_compat=False):
        self._comma_compat = comma_compat
        if comma_compat:
            self.syntactic_help = 'a whitespace or comma separated list'

    def parse(self, argument):
        if isinstance(argument, str) and self._comma_compat:
            argument = argument.replace(',', ' ')
        return super().parse(argument)

    def text(self, value):
        return ' '.join(str(item) for item in value)

    def flag_type(self):
        return 'whitespace separated list of strings'
