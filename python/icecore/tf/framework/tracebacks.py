"""Where the operations of a graph were made: the lines of the program, without those of Icecore.

A stack is taken when Python first has an object for a node, and counts for all nodes since the one before. It is kept as code
objects and places in them, which is quick; lines and their text are looked up when somebody asks.
"""
import bisect
import os
import re
import sys

_OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep


# Whether a file is one of Icecore's, by its name.
_is_ours = {}


def _ask(file):
    ours = _is_ours[file] = file.startswith((_OURS, '<frozen'))
    return ours


def _stack(frame):
    """[code, place in it, ...] of the program's frames, the innermost first, to the top of a module."""
    found = []
    known = _is_ours.get
    while frame is not None:
        code = frame.f_code
        ours = known(code.co_filename)
        if ours is None:
            ours = _ask(code.co_filename)
        if not ours:
            found += (code, frame.f_lasti)
            if code.co_name == '<module>':
                break
        frame = frame.f_back
    return found


class Tracebacks:
    """Of one graph."""

    def __init__(self):
        self.end = 0  # The nodes before this one have a stack.
        self._ends = []
        self._stacks = []

    def note(self, end, depth=4):
        """Nodes up to number `end` that have no stack yet get the caller's, of which `depth` calls are Icecore's.

        4: this, Graph._operation() and two of its callers.
        """
        if end <= self.end:
            return
        stack = _stack(sys._getframe(depth))
        self.end = end
        if self._stacks and self._stacks[-1] == stack:
            self._ends[-1] = end
        else:
            self._ends.append(end)
            self._stacks.append(stack)

    def of(self, number):
        """Of a node: ((file, line, function, text of the line, first line of the function), ...), the outermost first."""
        at = bisect.bisect_right(self._ends, number)
        if at == len(self._ends):
            return ()
        stack = self._stacks[at]
        return tuple(_described(stack[i], stack[i + 1]) for i in reversed(range(0, len(stack), 2)))


def _described(code, place):
    import linecache
    line = _line(code, place)
    text = linecache.getline(code.co_filename, line).strip()
    return code.co_filename, line, code.co_name, text, code.co_firstlineno


def _line(code, place):
    import dis
    line = code.co_firstlineno
    for start, number in dis.findlinestarts(code):
        if start > place:
            break
        line = number or line
    return line


def with_places(message, op):
    """A run's message, which says of the operation where it was made."""
    made = op.traceback
    if not made:
        return message
    node = re.escape(op.name)
    if '[[' not in message:
        message += '\n\t [[node %s]]' % op.name
    place = '[[node %s (defined at %s:%d) ]]' % (op.name, *made[-1][:2])
    return re.sub(r'\[\[(?:node %s(?: \(op \w+\))?|\{\{node %s\}\})\]\]' % (node, node), lambda _: place, message)
