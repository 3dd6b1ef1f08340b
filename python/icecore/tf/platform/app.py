"""tf.app.run: parses the flags, calls main and exits with what it returns."""
import sys

from . import flags


def run(main=None, argv=None):
    """sys.exit(main(what is left of argv)). Flags that nobody defined are left for main; --help prints what there is."""
    main = main or sys.modules['__main__'].main
    argv = sys.argv if argv is None else argv
    flags._define_help_flags()
    rest = flags.FLAGS(argv, known_only=True)
    flags._print_help_if_asked(argv)
    sys.exit(main(rest))
