"""What numpy has dropped since 1.18: aliases of Python's types (1.24), and the names that 2.0 and later took out."""
import builtins
import functools
import importlib
import warnings

# numpy 1.18's aliases of Python's own types.
PYTHON_TYPES = {'bool': bool, 'int': int, 'float': float, 'complex': complex, 'object': object, 'str': str, 'long': int,
                'unicode': str}
# Another spelling -> the one that stays.
RENAMED = {
    'float_': 'float64', 'complex_': 'complex128', 'singlecomplex': 'complex64', 'cfloat': 'complex128',
    'clongfloat': 'clongdouble', 'longcomplex': 'clongdouble', 'longfloat': 'longdouble', 'string_': 'bytes_',
    'unicode_': 'str_', 'str0': 'str_', 'bytes0': 'bytes_', 'object0': 'object_', 'bool8': 'bool_', 'int0': 'intp',
    'uint0': 'uintp', 'Inf': 'inf', 'Infinity': 'inf', 'infty': 'inf', 'PINF': 'inf', 'NaN': 'nan', 'NAN': 'nan',
    'product': 'prod', 'cumproduct': 'cumprod', 'sometrue': 'any', 'alltrue': 'all', 'round_': 'round',
    'row_stack': 'vstack', 'trapz': 'trapezoid', 'mat': 'asmatrix', 'rank': 'ndim', 'typeDict': 'sctypeDict',
}


# Modules that numpy imported, which scripts took from it.
MODULES = ('math', 'warnings', 'os', 'sys')


def restore(numpy):
    have = vars(numpy)
    names = dict(PYTHON_TYPES)
    names.update({old: have[new] for old, new in RENAMED.items() if new in have})
    names.update({'NINF': -numpy.inf, 'PZERO': 0.0, 'NZERO': -0.0})
    names.update({function.__name__: functools.partial(function, numpy) for function in FUNCTIONS})
    names.update({name: importlib.import_module(name) for name in MODULES})
    for name, value in names.items():
        # What numpy has, though deprecated, stays; numpy 2 has a long and a bool of its own.
        if name not in have:
            setattr(numpy, name, value)
    if 'sctypes' not in have:
        numpy.sctypes = _sctypes(numpy)
    if 'cast' not in have:
        numpy.cast = _Cast(numpy)
    if 'nbytes' not in have:
        numpy.nbytes = _Nbytes(numpy)
    if 'pad' not in vars(numpy.lib):
        numpy.lib.pad = numpy.pad
    _restore_binary_fromstring(numpy)
    if int(numpy.__version__.split('.')[0]) >= 2:
        # Scalars in lists are printed as numbers: [0.5], not [np.float32(0.5)].
        numpy.set_printoptions(legacy='1.25')
        _restore_copy_where_needed(numpy)


def _sctypes(numpy):
    return {'int': [numpy.int8, numpy.int16, numpy.int32, numpy.int64],
            'uint': [numpy.uint8, numpy.uint16, numpy.uint32, numpy.uint64],
            'float': [numpy.float16, numpy.float32, numpy.float64, numpy.longdouble],
            'complex': [numpy.complex64, numpy.complex128, numpy.clongdouble],
            'others': [builtins.bool, builtins.object, builtins.bytes, builtins.str, numpy.void]}


class _Cast(dict):
    """np.cast[dtype](values)."""

    def __init__(self, numpy):
        super().__init__()
        self._numpy = numpy

    def __missing__(self, dtype):
        return lambda values: self._numpy.asarray(values).astype(dtype)


class _Nbytes(dict):
    """np.nbytes[dtype]: the size of an element."""

    def __init__(self, numpy):
        super().__init__()
        self._numpy = numpy

    def __missing__(self, dtype):
        return self._numpy.dtype(dtype).itemsize


def _restore_copy_where_needed(numpy):
    """np.array(values, copy=False) copies where it must; in numpy 2 it refuses to."""
    original = numpy.array

    @functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))
    def array(*values, **options):
        if options and options.get('copy', True) is False:
            options['copy'] = None
        return original(*values, **options)

    numpy.array = array


def _restore_binary_fromstring(numpy):
    """np.fromstring(bytes, dtype): numpy 2.3 has only the text form left."""
    original = numpy.fromstring

    @functools.wraps(original, assigned=('__name__', '__doc__', '__module__'))
    def fromstring(string, dtype=float, count=-1, sep='', **more):
        if sep == '' and not isinstance(string, builtins.str):
            return numpy.frombuffer(string, dtype=dtype, count=count).copy()
        with warnings.catch_warnings():
            warnings.simplefilter('ignore', DeprecationWarning)
            return original(string, dtype=dtype, count=count, sep=sep, **more)

    numpy.fromstring = fromstring


def asscalar(numpy, a):
    """The only element of an array, as a Python number."""
    return a.item()


def alen(numpy, a):
    """The length of an array's first dimension; 1 of a scalar."""
    return len(numpy.array(a, ndmin=1))


def asfarray(numpy, a, dtype=None):
    """An array of floats."""
    dtype = numpy.float64 if dtype is None else dtype
    if not numpy.issubdtype(dtype, numpy.inexact):
        dtype = numpy.float64
    return numpy.asarray(a, dtype=dtype)


def msort(numpy, a):
    """A copy, sorted along the first axis."""
    return numpy.sort(a, axis=0)


def in1d(numpy, ar1, ar2, assume_unique=False, invert=False, **more):
    """Of each element of ar1, whether it is in ar2; flat."""
    return numpy.isin(numpy.asarray(ar1).ravel(), ar2, assume_unique=assume_unique, invert=invert, **more)


def issubclass_(numpy, arg1, arg2):
    """issubclass, False where arg1 is no class."""
    try:
        return issubclass(arg1, arg2)
    except TypeError:
        return False


def issctype(numpy, rep):
    """Whether this is a scalar type of numpy's."""
    try:
        return rep is not None and issubclass(numpy.dtype(rep).type, numpy.generic)
    except TypeError:
        return False


def obj2sctype(numpy, rep, default=None):
    """The scalar type of an array or of what names a dtype."""
    try:
        return rep.dtype.type if isinstance(rep, numpy.ndarray) else numpy.dtype(rep).type
    except TypeError:
        return default


def sctype2char(numpy, sctype):
    """The one-letter code of a scalar type."""
    return numpy.dtype(sctype).char


def find_common_type(numpy, array_types, scalar_types):
    """The dtype that holds the arrays; scalars count only where they are of a higher kind (floats among integers)."""
    arrays = [numpy.dtype(kind) for kind in array_types]
    scalars = [numpy.dtype(kind) for kind in scalar_types]
    if not arrays or not scalars:
        types = arrays or scalars
        return numpy.result_type(*types) if types else None
    array, scalar = numpy.result_type(*arrays), numpy.result_type(*scalars)
    return numpy.promote_types(array, scalar) if _rank(scalar) > _rank(array) else array


def _rank(dtype):
    return 'buifcSUVO'.find(dtype.kind)


def disp(numpy, mesg, device=None, linefeed=True):
    """Prints a message."""
    print(mesg, end='\n' if linefeed else '', file=device)


def byte_bounds(numpy, a):
    """First and past-the-last address of an array."""
    module = getattr(numpy.lib, 'array_utils', None)
    return module.byte_bounds(a)


def safe_eval(numpy, source):
    """A literal's value."""
    import ast
    return ast.literal_eval(source)


def issubsctype(numpy, arg1, arg2):
    """Whether the scalar type of one is of the kind of the other's."""
    kinds = [arg if issubclass_(numpy, arg, numpy.generic) else obj2sctype(numpy, arg) for arg in (arg1, arg2)]
    return issubclass(*kinds)


def maximum_sctype(numpy, t):
    """The largest scalar type of the same kind."""
    largest = {'i': numpy.int64, 'u': numpy.uint64, 'f': numpy.longdouble, 'c': numpy.clongdouble}
    return largest.get(numpy.dtype(t).kind, numpy.dtype(t).type)


def fastCopyAndTranspose(numpy, a):
    """A copy, transposed."""
    return numpy.array(a).T.copy()


def loads(numpy, *arguments, **options):
    """pickle.loads."""
    import pickle
    return pickle.loads(*arguments, **options)


FUNCTIONS = (issubsctype, maximum_sctype, fastCopyAndTranspose, loads, asscalar, alen, asfarray, msort, in1d, issubclass_, issctype, obj2sctype, sctype2char, find_common_type, disp,
             byte_bounds, safe_eval)
