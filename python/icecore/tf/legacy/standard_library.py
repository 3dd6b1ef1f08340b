"""What the standard library and PyYAML have dropped: names, and modules that are gone as a whole."""
import functools

from . import distutils


def _add(module, name, value):
    if name not in vars(module):
        setattr(module, name, value)


def _collections(module):
    import collections.abc
    for name in collections.abc.__all__:
        if name != 'Buffer':
            _add(module, name, getattr(collections.abc, name))


def _inspect(module):
    _add(module, 'formatargspec', _formatargspec)
    if 'getargspec' in vars(module):
        return
    import collections
    ArgSpec = collections.namedtuple('ArgSpec', 'args varargs keywords defaults')

    def getargspec(func):
        """Names and defaults of a function's arguments: (args, varargs, keywords, defaults)."""
        full = module.getfullargspec(func)
        if full.kwonlyargs or full.annotations:
            raise ValueError('Function has keyword-only parameters or annotations, use inspect.signature() API which can '
                             'support them')
        return ArgSpec(full.args, full.varargs, full.varkw, full.defaults)

    module.ArgSpec = ArgSpec
    module.getargspec = getargspec


def _formatargspec(args, varargs=None, varkw=None, defaults=None, kwonlyargs=(), kwonlydefaults=None, annotations=None, *_, **__):
    """'(a, b=1, *c)' of what getargspec() or getfullargspec() gives."""
    import inspect
    annotations = annotations or {}

    def shown(name, *default):
        text = name
        if name in annotations:
            text += ': ' + inspect.formatannotation(annotations[name])
        return text + ''.join('=%r' % (value,) for value in default)

    defaults = tuple(defaults or ())
    first = len(args) - len(defaults)
    parts = [shown(name, *defaults[i - first:i - first + 1] if i >= first else ()) for i, name in enumerate(args)]
    if varargs is not None:
        parts.append('*' + shown(varargs))
    elif kwonlyargs:
        parts.append('*')
    parts += [shown(name, *([kwonlydefaults[name]] if name in (kwonlydefaults or {}) else [])) for name in kwonlyargs]
    if varkw is not None:
        parts.append('**' + shown(varkw))
    result = ' -> ' + inspect.formatannotation(annotations['return']) if 'return' in annotations else ''
    return '(%s)%s' % (', '.join(parts), result)


def _time(module):
    _add(module, 'clock', module.process_time)


def _fractions(module):
    import math

    def gcd(a, b):
        """The greatest common divisor; of the sign of b, as it was."""
        found = math.gcd(a, b)
        return -found if (b or a) < 0 else found

    _add(module, 'gcd', gcd)


def _base64(module):
    _add(module, 'encodestring', module.encodebytes)
    _add(module, 'decodestring', module.decodebytes)


def _threading(module):
    if not hasattr(module.Thread, 'isAlive'):
        module.Thread.isAlive = module.Thread.is_alive


def _os(module):
    import errno
    _add(module, 'errno', errno)


def _platform(module):
    def linux_distribution(distname='', version='', id='', supported_dists=(), full_distribution_name=1):
        """(name, version, codename) of the distribution, from /etc/os-release."""
        try:
            release = module.freedesktop_os_release()
        except (OSError, AttributeError):
            return (distname, version, id)
        return (release.get('NAME', distname), release.get('VERSION_ID', version), release.get('VERSION_CODENAME', id))

    _add(module, 'linux_distribution', linux_distribution)
    _add(module, 'dist', linux_distribution)


def _html_parser(module):
    if not hasattr(module.HTMLParser, 'unescape'):
        import html
        module.HTMLParser.unescape = lambda self, text: html.unescape(text)


def _cgi_escape(module):
    import html
    _add(module, 'escape', lambda s, quote=None: html.escape(s, quote=bool(quote)))


def _yaml(module):
    """yaml.load(f) as it was before PyYAML 6, which asks for a Loader."""
    for name in ('load', 'load_all'):
        original = getattr(module, name)

        def loads(stream, Loader=None, _original=original):
            return _original(stream, Loader=Loader or module.FullLoader)

        setattr(module, name, functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))(loads))


def _json(module):
    """json.load and loads take `encoding`, which had no meaning since Python 3.1."""
    for name in ('load', 'loads'):
        original = getattr(module, name)

        def loads(stream, *, encoding=None, _original=original, **options):
            return _original(stream, **options)

        setattr(module, name, functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))(loads))


def _random(module):
    """random.shuffle(x, random), with a function that gives numbers from 0 to 1; random.sample() of a set."""
    original = module.shuffle

    def shuffle(x, random=None):
        if random is None:
            return original(x)
        for i in reversed(range(1, len(x))):
            j = int(random() * (i + 1))
            x[i], x[j] = x[j], x[i]

    module.shuffle = functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))(shuffle)
    draw = module.sample

    def sample(population, k, **options):
        return draw(tuple(population) if isinstance(population, (set, frozenset)) else population, k, **options)

    module.sample = functools.wraps(draw, assigned=('__name__', '__doc__', '__module__'))(sample)


def _element_tree(module):
    import xml.etree.ElementTree
    vars(module).update({name: value for name, value in vars(xml.etree.ElementTree).items() if not name.startswith('__')})


def _imp(module):
    """The three functions of imp that scripts used."""
    import importlib
    import importlib.util
    import sys
    import types

    def load_source(name, pathname, file=None):
        spec = importlib.util.spec_from_file_location(name, pathname)
        loaded = importlib.util.module_from_spec(spec)
        sys.modules[name] = loaded
        spec.loader.exec_module(loaded)
        return loaded

    module.reload = importlib.reload
    module.new_module = types.ModuleType
    module.load_source = load_source


def _unittest(module):
    """The second names of TestCase's methods, and what made suites."""
    renamed = {'assertEquals': 'assertEqual', 'assertNotEquals': 'assertNotEqual', 'assert_': 'assertTrue',
               'assertAlmostEquals': 'assertAlmostEqual', 'assertNotAlmostEquals': 'assertNotAlmostEqual',
               'assertRegexpMatches': 'assertRegex', 'assertNotRegexpMatches': 'assertNotRegex',
               'assertRaisesRegexp': 'assertRaisesRegex'}
    for old, new in renamed.items():
        if not hasattr(module.TestCase, old):
            setattr(module.TestCase, old, getattr(module.TestCase, new))

    def make_suite(testCaseClass, prefix='test', sortUsing=None, suiteClass=module.TestSuite):
        loader = module.TestLoader()
        loader.testMethodPrefix, loader.suiteClass = prefix, suiteClass
        return loader.loadTestsFromTestCase(testCaseClass)

    if not hasattr(module, 'makeSuite'):
        module.makeSuite = make_suite


def _configparser(module):
    _add(module, 'SafeConfigParser', module.ConfigParser)
    if not hasattr(module.RawConfigParser, 'readfp'):
        module.RawConfigParser.readfp = lambda self, fp, filename=None: self.read_file(fp, source=filename)


def _locale(module):
    def format(percent, value, grouping=False, monetary=False, *additional):
        """format_string() of one value."""
        return module.format_string(percent, (value, *additional), grouping, monetary)

    _add(module, 'format', format)


def _asyncio(module):
    import types
    _add(module, 'coroutine', types.coroutine)


def _pipes(module):
    import shlex
    module.quote = shlex.quote


RESTORERS = {
    'collections': _collections,
    'inspect': _inspect,
    'time': _time,
    'fractions': _fractions,
    'base64': _base64,
    'threading': _threading,
    'os': _os,
    'platform': _platform,
    'html.parser': _html_parser,
    'cgi': _cgi_escape,
    'yaml': _yaml,
    'json': _json,
    'random': _random,
    'unittest': _unittest,
    'configparser': _configparser,
    'locale': _locale,
    'asyncio': _asyncio,
}

GONE = {
    'xml.etree.cElementTree': _element_tree,
    'imp': _imp,
    'cgi': _cgi_escape,
    'pipes': _pipes,
    **distutils.MODULES,
}
