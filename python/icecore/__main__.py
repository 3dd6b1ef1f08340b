"""python -m icecore VERB [ARGUMENT...]: the program `icecore`, found from this Python.

`run-script` works without the program; for the other verbs it is looked for where ICECORE names it, beside this Python, in
the build folder that the package stands in, and on the PATH.
"""
import os
import shutil
import sys


def program():
    """The path of the program, or None."""
    named = os.environ.get('ICECORE')
    if named:
        return shutil.which(named)
    from icecore import _core
    build = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(_core.__file__))))
    for path in (os.path.join(os.path.dirname(sys.executable), 'icecore'), os.path.join(build, 'icecore')):
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return shutil.which('icecore')


def main():
    words = sys.argv[1:]
    if words[:1] == ['run-script']:
        from icecore.tf import __main__ as runner
        sys.argv[1:] = words[1:]
        return runner.main()
    found = program()
    if found:
        sys.stdout.flush()
        os.execv(found, [found, *words])
    import icecore
    if words[:1] == ['--version']:
        print('icecore', icecore.__version__)
    elif not words:
        print('Icecore %s in %s\n\n'
              'python -m icecore run-script SCRIPT.py   runs a script of TensorFlow 1.x\n'
              'python -c "import icecore; help(icecore)"\n\n'
              'The verbs list, show, graph, freeze, run, ... belong to the program `icecore`, which is not on the PATH.'
              % (icecore.__version__, os.path.dirname(os.path.abspath(__file__))))
    else:
        sys.exit("icecore: '%s' is a verb of the program `icecore`, which this Python's package does not contain and which "
                 'is not on the PATH; ICECORE=FILE names it. In Python: help(icecore).' % words[0])


if __name__ == '__main__':
    main()
