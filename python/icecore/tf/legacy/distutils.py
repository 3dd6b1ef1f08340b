"""What scripts took from distutils, which Python 3.12 has no more; setuptools brings its own, which comes first."""


def _distutils(module):
    module.__path__ = []
    module.__version__ = '3.7'


class _Version:
    """A version, which can be compared with another or with its text."""

    def __init__(self, vstring=None):
        if vstring:
            self.parse(vstring)

    def _order(self, other):
        """-1, 0 or 1."""
        if isinstance(other, str):
            other = type(self)(other)
        mine, others = self._key(), other._key()
        return (mine > others) - (mine < others)

    def __eq__(self, other):
        return self._order(other) == 0

    def __lt__(self, other):
        return self._order(other) < 0

    def __le__(self, other):
        return self._order(other) <= 0

    def __gt__(self, other):
        return self._order(other) > 0

    def __ge__(self, other):
        return self._order(other) >= 0

    def __repr__(self):
        return "%s ('%s')" % (type(self).__name__, self)


class LooseVersion(_Version):
    """Numbers and words between dots, one after the other: '1.15.5', '2.0rc1'."""

    def parse(self, vstring):
        import re
        self.vstring = vstring
        parts = [part for part in re.split(r'(\d+|[a-z]+|\.)', vstring) if part and part != '.']
        self.version = [int(part) if part.isdigit() else part for part in parts]

    def _key(self):
        return self.version

    def __str__(self):
        return self.vstring


class StrictVersion(_Version):
    """Two or three numbers, and perhaps a or b with one more: '1.4', '1.4.0b2'.

    Raises:
      ValueError: where it is no such text.
    """

    def parse(self, vstring):
        import re
        found = re.match(r'^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$', vstring)
        if not found:
            raise ValueError("invalid version number '%s'" % vstring)
        major, minor, patch, letter, number = found.groups()
        self.version = (int(major), int(minor), int(patch or 0))
        self.prerelease = (letter, int(number)) if letter else None

    def _key(self):
        # Nothing comes after 'a' and 'b'.
        return self.version, self.prerelease or ('c', 0)

    def __str__(self):
        numbers = self.version if self.version[2] else self.version[:2]
        return '.'.join(map(str, numbers)) + ('%s%d' % self.prerelease if self.prerelease else '')


def _version(module):
    module.LooseVersion, module.StrictVersion = LooseVersion, StrictVersion


def strtobool(val):
    """1 of 'yes' and what means the same, 0 of 'no'. ValueError for anything else."""
    val = val.lower()
    if val in ('y', 'yes', 't', 'true', 'on', '1'):
        return 1
    if val in ('n', 'no', 'f', 'false', 'off', '0'):
        return 0
    raise ValueError('invalid truth value %r' % (val,))


def _util(module):
    module.strtobool = strtobool


def _spawn(module):
    import shutil

    def find_executable(executable, path=None):
        """Where the program is; None where there is none."""
        return shutil.which(executable, path=path)

    module.find_executable = find_executable


def _dir_util(module):
    import os
    import shutil

    def copy_tree(src, dst, *_, **__):
        """Copies a folder into another; gives the paths of the files."""
        shutil.copytree(src, dst, dirs_exist_ok=True)
        return [os.path.join(dst, os.path.relpath(os.path.join(folder, name), src))
                for folder, _, names in os.walk(src) for name in names]

    def mkpath(name, mode=0o777, **_):
        """Makes a folder, and those above it."""
        os.makedirs(name, mode, exist_ok=True)

    module.copy_tree, module.mkpath = copy_tree, mkpath
    module.remove_tree = lambda directory, *_, **__: shutil.rmtree(directory)


MODULES = {'distutils': _distutils, 'distutils.version': _version, 'distutils.util': _util, 'distutils.spawn': _spawn,
           'distutils.dir_util': _dir_util}
