"""Session.partial_run: a run in several steps, of which each is given some more of the feeds.

A step computes what it is asked for of all that was fed so far. What an earlier step computed with an operation that isn't
a function of its inputs alone (random numbers, functions of Python) is kept and fed to the later ones, so that there is one
value of it in the whole run.
"""
from icecore.errors import InvalidArgumentError, UnimplementedError
from icecore.tf.client import feeds, fetches
from icecore.tf.framework.operation import Operation

# They keep nothing of a run, though they count as operations with a state: a variable's place.
_PLACES = frozenset(['Variable', 'VariableV2', 'VarHandleOp', 'Placeholder', 'PlaceholderWithDefault'])


def _invalid(message, *names):
    return InvalidArgumentError(None, None, message % names)


class PartialRuns:
    """Those of one session."""

    def __init__(self, session):
        self._session = session
        self._runs = {}
        self._count = 0

    def setup(self, wanted, feed_list):
        """The handle of a new one."""
        graph = self._session.graph
        elements = fetches.Fetches(graph, wanted).elements
        if not elements:
            raise _invalid('Must specify at least one target to fetch or execute.')
        fed = [feeds.tensor_of(graph, key) for key in feed_list or ()]
        for tensor in fed:
            feeds.check_feedable(graph, tensor)
        names = [','.join(sorted(tensor.name for tensor in fed)),
                 ','.join(e.name for e in elements if not isinstance(e, Operation)),
                 ','.join(e.name for e in elements if isinstance(e, Operation))]
        self._count += 1
        handle = '%s->%s/%s/1/;%d' % (*names, self._count)
        self._runs[handle] = _PartialRun(self._session, elements, fed)
        return handle

    def run(self, handle, wanted, feed_dict):
        if handle not in self._runs:
            raise _invalid("Must run 'setup' before performing partial runs!")
        run = self._runs[handle]
        results = run.step(wanted, feed_dict)
        if run.is_done():
            del self._runs[handle]
        return results


class _PartialRun:
    def __init__(self, session, elements, fed):
        self._session = session
        self._to_fetch = dict.fromkeys(elements, True)  # Whether it is still to come.
        self._to_feed = dict.fromkeys(fed, True)
        self._values = {}  # What was fed, and what is kept.
        self._executed = set()

    def is_done(self):
        return not any(self._to_fetch.values()) and not any(self._to_feed.values())

    def step(self, wanted, feed_dict):
        graph = self._session.graph
        structure = fetches.Fetches(graph, wanted)
        given = feeds.arrays(graph, feed_dict) if feed_dict else {}
        for what, items, pending in (('feed', given, self._to_feed), ('fetch', structure.elements, self._to_fetch)):
            for item in items:
                if item not in pending:
                    raise _invalid('The %s %s was not specified in partial_run_setup.', what, item.name)
                if not pending[item]:
                    raise _invalid('The %s %s has already been %s.', what, item.name, 'fed' if what == 'feed' else 'fetched')
        values = {**self._values, **given}
        executed, kept = self._needed(structure.elements, values)
        results, made = self._session.run([wanted, kept], values or None)
        self._to_feed.update(dict.fromkeys(given, False))
        self._to_fetch.update(dict.fromkeys(structure.elements, False))
        self._values = {**values, **dict(zip(kept, made))}
        self._executed |= executed
        return results

    def _needed(self, elements, values):
        """The operations with a state that the step runs, and their tensors that later steps must find again."""
        executed, kept, seen = set(), [], set()
        waiting = list(elements)
        while waiting:
            item = waiting.pop()
            if item in values or item in seen:
                continue
            if self._to_feed.get(item):
                raise _invalid("Fetch %s can't be computed from the feeds that have been fed so far.", item.name)
            seen.add(item)
            op = item if isinstance(item, Operation) else item.op
            if op in seen and op is not item:
                continue
            seen.add(op)
            waiting.extend(op.inputs)
            waiting.extend(op.control_inputs)
            if op.op_def.is_stateful and op.type not in _PLACES or op.type.startswith('Assign'):
                if op in self._executed:
                    raise UnimplementedError(None, None, "A partial run that would run the operation '%s' in two of its "
                                                         'steps is not in Icecore.' % op.name)
                executed.add(op)
                kept.extend(tensor for tensor in op.outputs
                            if not tensor.dtype._is_ref_dtype and tensor.dtype.name not in ('resource', 'variant'))
        return executed, kept
