"""python -m icecore.tf [--no-legacy] SCRIPT.py | -m MODULE [ARGUMENT...]: runs a script of TensorFlow 1.x on Icecore."""
import argparse
import builtins
import importlib.util
import os
import runpy
import sys
import types


def parse(words):
    parser = argparse.ArgumentParser(
        prog='python -m icecore.tf',
        description='Runs a script of TensorFlow 1.x on Icecore: in it, `import tensorflow` means icecore.tf.')
    parser.add_argument('--no-legacy', action='store_true',
                        help="don't restore names that numpy and the standard library have dropped (np.float, ...)")
    parser.add_argument('-m', action='store_true', dest='is_module',
                        help="what follows is a module's name, as tensorflow.python.tools.freeze_graph")
    parser.add_argument('script', help='the script')
    parser.add_argument('arguments', nargs=argparse.REMAINDER, help='what the script finds in sys.argv[1:]')
    if not set(words) - {'--no-legacy'}:
        parser.error('a script is needed')
    return parser.parse_args(words)


def compiled(script):
    try:
        with open(script, 'rb') as source:
            text = source.read()
    except OSError as error:
        sys.exit("icecore.tf: can't open %s: %s" % (script, error.strerror))
    return compile(text, script, 'exec', dont_inherit=True)


def begin_tracebacks_at(script):
    """Uncaught exceptions are printed as if Python itself had run the script."""
    print_exception = sys.excepthook

    def hook(kind, value, trace):
        first = trace
        while first is not None and first.tb_frame.f_code.co_filename != script:
            first = first.tb_next
        if first is not None or isinstance(value, SyntaxError):
            trace = first
            value = value.with_traceback(first)
        print_exception(kind, value, trace)

    sys.excepthook = hook


def run(script, arguments):
    sys.argv[:] = [script, *arguments]  # As it was typed; __file__ is absolute, as Python has it.
    script = os.path.abspath(script)
    # Python has put the current folder there.
    sys.path[0] = os.path.dirname(script)
    begin_tracebacks_at(script)
    module = types.ModuleType('__main__')
    module.__file__ = script
    module.__builtins__ = builtins
    code = compiled(script)
    # The old one is kept: its globals are this function's.
    old, sys.modules['__main__'] = sys.modules['__main__'], module
    exec(code, vars(module))
    return old


def run_module(name, arguments):
    if name.partition('.')[0] == 'tensorflow':
        try:
            name = importlib.import_module(name).__name__
        except ImportError as error:
            sys.exit('icecore.tf: %s' % error)
        sys.modules.pop(name, None)  # It is run once more, as the main one.
    elif importlib.util.find_spec(name) is None:
        sys.exit('icecore.tf: no module named %s' % name)
    sys.argv[:] = [name, *arguments]  # The first becomes the file's path.
    runpy.run_module(name, run_name='__main__', alter_sys=True)


def main():
    options = parse(sys.argv[1:])
    from icecore.tf import children
    children.install(not options.no_legacy)
    (run_module if options.is_module else run)(options.script, options.arguments)


if __name__ == '__main__':
    main()
