"""What `import tensorflow as tf` means to a script of TensorFlow 1.x, on Icecore.

`import icecore.tf as tf` gives the names, signatures, defaults, node names and errors of TensorFlow 1.15.5.
`python -m icecore.tf script.py` runs a script in which `tensorflow` is this module. docs/tf-api.md lists every public name
of TensorFlow 1.15 with yes or no. Names are loaded when first asked for, numpy too.
"""
from . import names as _names

__version__ = '1.15.5'
__git_version__ = 'icecore'
__compiler_version__ = ''
__cxx11_abi_flag__ = 1
__monolithic_build__ = 0
# numpy's, which is None; said here so that a slice by it needs no numpy.
newaxis = None

__getattr__, __dir__ = _names.lazy(__name__)
