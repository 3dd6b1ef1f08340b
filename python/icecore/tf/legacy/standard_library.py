"""What the standard library and PyYAML have dropped: names, and modules that are gone as a whole."""
import functools


def _add(module, name, value):
    if name not in vars(module):
        setattr(module, name, value)


def _collections(module):
    import collections.abc
    for name in collections.abc.__all__:
        if name != 'Buffer':
            _add(module, name, getattr(collections.abc, name))


def _inspect(module):
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
    """random.shuffle(x, random), with a function that gives numbers from 0 to 1."""
    original = module.shuffle

    def shuffle(x, random=None):
        if random is None:
            return original(x)
        for i in reversed(range(1, len(x))):
            j = int(random() * (i + 1))
            x[i], x[j] = x[j], x[i]

    module.shuffle = functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))(shuffle)


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
}

GONE = {
    'xml.etree.cElementTree': _element_tree,
    'imp': _imp,
}
