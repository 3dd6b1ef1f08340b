"""Regular expressions."""
import numpy as np

from op_cases import case, shape


def strings(*items):
    return np.array([i if isinstance(i, bytes) else i.encode() for i in items], dtype=object)


def text(string):
    return np.array(string.encode(), dtype=object)


TEXTS = strings('', 'a', 'abc', 'aab', 'foobar', 'Foo Bar', '2019-08-06', 'x1y22z333', 'one\ntwo', 's3://bucket/a.b', 'ä–ö', '[a.b]*', ' \t ',
                'aXbXc', 'baz_9')
PATTERNS = ['', 'a*', '.*', '(?s).*', 'a+b?', '[a-c]+', '[^a-c]*', '^s3://.*', '\\d{4}-\\d\\d-\\d{1,2}', '(foo|f)(bar|oobar)', '(?i)FOO.BAR',
            '\\w+', '\\W*', '[[:alpha:]]+', '[\\s\\d]*', 'a|b|abc', '(a|ab)(c|bcd)*', '(?:x\\d+|y\\d+|z\\d+){3}', '\\Q[a.b]*\\E', '.–.', '[ä-ü]–ö',
            'one$.*', '(?m)one$\\ntwo', '(?P<first>a+)b', '\\x61\\x{62}c', '[]a-]*', 'a{2}b', 'a{,2}b', '(a*)*b', '(a*)+b', 'a??b*?c', '\\bFoo\\b \\bBar',
            'Foo\\B.*', '[^\\n]*', 'x{0}.*', '(|a)+c?']
for i, pattern in enumerate(PATTERNS):
    case('match_%d' % i, 'StaticRegexFullMatch', TEXTS, pattern=pattern)
for i, (pattern, rewrite) in enumerate([('a', 'X'), ('a*', '-'), ('', '.'), ('(\\w)(\\d+)', '\\2\\1'), ('\\b', '|'), ('X', '\\\\'), ('[aeiou]', '<\\0>'),
                                        ('(a)|(b)', '[\\1\\2]'), ('^', '>'), ('$', '<'), ('.', ''), ('o+?', '0'), ('(?i)foo', 'X'), ('b*?', '_'),
                                        ('(a+)(b*)', '\\2\\1')]):
    case('replace_%d' % i, 'StaticRegexReplace', TEXTS, pattern=pattern, rewrite=rewrite)
    case('replace_first_%d' % i, 'StaticRegexReplace', TEXTS, pattern=pattern, rewrite=rewrite, replace_global=False)
case('match_input', 'RegexFullMatch', TEXTS.reshape(3, 5), text('a.*'))
case('replace_input', 'RegexReplace', TEXTS.reshape(3, 5), text('a.'), text('(\\0)'))
case('match_empty', 'StaticRegexFullMatch', strings(), pattern='a')
case('match_scalar', 'StaticRegexFullMatch', text('aa'), pattern='a*')
for i, pattern in enumerate(['(', ')', '[a', 'a**', '*a', 'a{1001}', '\\', '(?<a>b)', '[b-a]', 'x(?!y)', '\\1']):
    case('wrong_%d' % i, 'RegexFullMatch', TEXTS, text(pattern), error='INVALID_ARGUMENT')
case('match_pattern_vector', 'RegexFullMatch', TEXTS, strings('a'), error='INVALID_ARGUMENT')
for op, attrs in (('StaticRegexFullMatch', {'pattern': 'a'}), ('StaticRegexReplace', {'pattern': 'a', 'rewrite': 'b'})):
    shape(op, op, ('string', [None, 3]), **attrs)
shape('RegexFullMatch', 'RegexFullMatch', ('string', [None, 3]), ('string', []))
shape('RegexReplace', 'RegexReplace', ('string', None), ('string', []), ('string', None))
