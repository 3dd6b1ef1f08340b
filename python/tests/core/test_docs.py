"""Everything public has a docstring, an annotation, and a way to show itself."""
import ast
import doctest
import inspect
import os
import re

import pytest

import icecore
from icecore import _core

CLASSES = sorted({value for home in (icecore, _core) for name in (dir(home) if home is _core else icecore.__all__)
                  for value in [getattr(home, name)] if inspect.isclass(value)}, key=lambda c: (c.__module__, c.__name__))
FUNCTIONS = sorted({(name, value) for home in (icecore, _core) for name in (dir(home) if home is _core else icecore.__all__)
                    for value in [getattr(home, name)] if callable(value) and not inspect.isclass(value)},
                   key=lambda pair: (pair[0], str(type(pair[1]))))


def said(thing):
    """What a docstring says, without the signature that the extension puts before it."""
    if hasattr(thing, '__nb_signature__'):
        return thing.__nb_signature__[0][1]
    return thing.__doc__


def public(cls):
    """The public members that a class itself has."""
    return {name: member for name, member in vars(cls).items() if not name.startswith('_')}


def is_slot(member):
    return inspect.ismemberdescriptor(member)


@pytest.mark.parametrize('cls', CLASSES, ids=lambda cls: cls.__name__)
def test_a_class_and_its_members_say_what_they_are(cls):
    assert cls.__doc__
    for name, member in public(cls).items():
        if is_slot(member):
            assert name in cls.__doc__, '%s.%s' % (cls.__name__, name)
        elif isinstance(member, (property, staticmethod, classmethod)) or callable(member):
            got = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
            assert said(got), '%s.%s has no docstring' % (cls.__name__, name)


def test_functions_say_what_they_do():
    assert [name for name, function in FUNCTIONS if not said(function)] == []


@pytest.mark.parametrize('cls', CLASSES, ids=lambda cls: cls.__name__)
def test_the_examples_of_members_are_true(cls):
    for name, member in public(cls).items():
        text = said(member.__func__ if isinstance(member, (staticmethod, classmethod)) else member)
        test = doctest.DocTestParser().get_doctest(text if isinstance(text, str) else '', {}, name, None, 0)
        assert doctest.DocTestRunner().run(test).failed == 0, name


def signatures():
    for cls in CLASSES:
        for name, member in vars(cls).items():
            for signature in getattr(member, '__nb_signature__', ()):
                yield cls.__name__ + '.' + name, signature[0]
    for name, function in FUNCTIONS:
        for signature in getattr(function, '__nb_signature__', ()):
            yield name, signature[0]


def test_paths_are_annotated_as_paths_and_nothing_as_any_object():
    wrong = [(name, text) for name, text in signatures()
             if re.search(r'\b(path|prefix|folder|filename|prefixes): (object|str\b(?! \|))', text) or
             re.search(r'\b(?!arg\b|args\b|value\b)\w+: object\b', text) or
             re.search(r'-> (object|list|dict)$', text)]
    assert wrong == []


def test_the_stub_of_the_extension_has_every_name():
    """Where a stub was made beside the extension."""
    path = os.path.join(os.path.dirname(_core.__file__), '_core.pyi')
    with open(path, encoding='utf-8') as text:
        tree = ast.parse(text.read())
    told = {node.name: node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    assert {name for name in dir(_core) if not name.startswith('_')} == set(told)
    for cls in CLASSES:
        if cls.__module__ == 'icecore._core':
            members = {node.name for node in told[cls.__name__].body if isinstance(node, ast.FunctionDef)}
            assert set(public(cls)) <= members, cls


def test_functions_of_the_package_are_annotated():
    for name in icecore.__all__:
        value = getattr(icecore, name)
        members = [value] if inspect.isfunction(value) else list(public(value).values()) if inspect.isclass(value) else []
        for member in members:
            function = member.fget if isinstance(member, property) else member
            if inspect.isfunction(function):
                signature = inspect.signature(function)
                assert signature.return_annotation is not inspect.Signature.empty, function
                for parameter in signature.parameters.values():
                    assert parameter.name == 'self' or parameter.annotation is not inspect.Parameter.empty, function


def objects():
    graph = icecore.GraphBuilder()
    x = graph.placeholder('float32', [None, 2], name='x')
    w = icecore.make_variable(graph, [[1.0], [2.0]], name='w')
    y = graph.apply_op('MatMul', [x, w], name='y')
    session, saver = icecore.Session(graph), icecore.Saver(graph)
    session.run(w.initializer)
    path = saver.save(session, 'm', global_step=1)
    checkpoint = icecore.Checkpoint(path)
    frozen = icecore.freeze_graph('m-1.meta', path, 'y')
    return {'graph': graph, 'x': x, 'w': w, 'y': y, 'session': session, 'saver': saver, 'checkpoint': checkpoint,
            'info': checkpoint.info('w'), 'frozen': frozen, 'nodes': frozen.graph, 'node': frozen.graph['y'],
            'state': icecore.get_checkpoint_state('.')}


def test_what_a_person_prints_shows_itself():
    made = objects()
    for name, value in made.items():
        assert ' object at 0x' not in repr(value), name
        html = value._repr_html_()
        assert html.startswith('<table>') and html.endswith('</table>'), name
    assert '<td style="text-align:left">w</td><td style="text-align:left">float32</td>' in made['session']._repr_html_()
    assert 'm-1' in made['saver']._repr_html_() and '[?,2]' in made['x']._repr_html_()
    made['session'].close()
    assert 'closed' in made['session']._repr_html_()
    graph = made['graph']
    with graph.name_scope('a') as _:
        assert repr(graph.name_scope('b')) == "<icecore.Scope 'a/b/'>"
    assert repr(icecore.Session(graph).prepare(['x:0'], ['y:0', 'w:0'])) == (
        "<icecore.PreparedRun of ['y:0', 'w:0'], which takes 1 value>")


def test_long_tables_say_what_they_leave_out():
    graph = icecore.GraphBuilder()
    for _ in range(205):
        graph.constant(1.0)
    assert 'of which 5 aren&#x27;t shown' in graph._repr_html_() and 'Const_204' not in graph._repr_html_()


def test_a_name_that_is_not_there_brings_the_nearest():
    graph = icecore.GraphBuilder()
    w = icecore.make_variable(graph, [1.0], name='weights')
    session, saver = icecore.Session(graph), icecore.Saver(graph)
    session.run(w.initializer)
    checkpoint = icecore.Checkpoint(saver.save(session, 'm'))
    with pytest.raises(KeyError, match="variable 'Weights' not found in m; the nearest: 'weights'"):
        checkpoint['Weights']
    with pytest.raises(KeyError, match="the nearest: 'weights'"):
        checkpoint.info('weight')
    with pytest.raises(KeyError, match='none is 5'):
        checkpoint[5]
    nodes = icecore.Graph(graph)
    with pytest.raises(KeyError, match="no node 'Weights'; the nearest: 'weights'"):
        nodes['Weights']
    with pytest.raises(icecore.NotFoundError, match="no 'weight:0'; nearest: 'weights'"):
        session.run('weight:0')
    assert checkpoint.get('Weights') is None and 'Weights' not in nodes


def test_arguments_of_another_type_are_type_errors_that_say_so():
    made = objects()
    graph, session = made['graph'], made['session']
    with pytest.raises(TypeError, match='inputs is a list'):
        graph.apply_op('Neg', made['x'])
    with pytest.raises(TypeError, match='a Saver saves variables.*not 1'):
        icecore.Saver(graph, var_list=[1])
    with pytest.raises(TypeError, match='another type'):
        icecore.Saver(graph, max_to_keep='many')
    with pytest.raises(TypeError, match='feeds is a dict'):
        session.run('y:0', 5)


def test_one_tensor_may_stand_for_a_list_of_one():
    graph = icecore.GraphBuilder()
    x = graph.placeholder('float32', [])
    dx, = icecore.gradients(graph, graph.apply_op('Square', [x]).output(), x)
    assert icecore.Session(graph).run(dx, {x: 3}) == 6


def test_what_an_operation_lacks_is_a_value_error():
    graph = icecore.GraphBuilder()
    op = graph.apply_op('Neg', [1.0])
    for wrong in (lambda: op.input(1), lambda: op.output(-1), lambda: op.get_attr('q'),
                  lambda: graph.update_input(op, 5, op.output())):
        with pytest.raises(ValueError):
            wrong()


def test_plain_values_take_the_dtype_of_the_variable():
    graph = icecore.GraphBuilder()
    icecore.make_variable(graph, [1.0, 2.0], name='w')
    icecore.make_variable(graph, [1.0, 2.0], name='r', use_resource=True)
    session = icecore.Session(graph)
    session.assign_variable('w', [3, 4])
    assert session.variable_value('w').tolist() == [3, 4]
    session.run('r/Assign')
    session.assign_variable('r', [5, 6])
    session.assign_variable('w', (7.5, 8))
    assert session.variable_value('r').tolist() == [5, 6] and session.variable_value('w').tolist() == [7.5, 8]
    import numpy
    with pytest.raises(icecore.InvalidArgumentError, match='float32'):
        session.assign_variable('w', numpy.zeros(2))
    with pytest.raises(icecore.NotFoundError, match="'v'"):
        session.assign_variable('v', [1])
