#!/usr/bin/env python3
"""Makes the C++ op functions of the signatures in src/opdef: the header icecore/ops.h and the files that implement it.

  generate_op_functions.py OUT_HEADER OUT_SOURCE_PREFIX FILES SIGNATURES

OUT_SOURCE_PREFIX0.cc … are written, FILES of them, the functions spread evenly. Every op whose name doesn't begin with an
underscore gets a function of Python's name for it (Conv2D: conv2d), in namespace icecore::ops."""
import re
import sys

ARGUMENT_TYPES = {'string': 'std::string', 'int': 'std::int64_t', 'float': 'float', 'bool': 'bool', 'type': 'DType',
                  'shape': 'Shape', 'tensor': 'Tensor', 'func': 'FunctionName'}
# C++ keywords, and names that the C library defines as macros.
TAKEN = {'abs', 'assert', 'auto', 'bool', 'break', 'case', 'char', 'class', 'const', 'continue', 'default', 'delete', 'do', 'double',
         'else', 'enum', 'errno', 'export', 'false', 'float', 'for', 'if', 'int', 'long', 'namespace', 'new', 'not', 'or', 'and',
         'register', 'return', 'short', 'signed', 'sizeof', 'static', 'switch', 'template', 'this', 'true', 'try', 'union',
         'unsigned', 'void', 'while', 'xor'} - {'abs'}

HEADER = '''// One function for each of TensorFlow's ops: adds the op to a graph, as the Python function of that name does.
// Made at build time of the signatures (src/opdef) by scripts/generate_op_functions.py.
//
//   Output y = ops::conv2d(graph, x, w, {{.strides = {{{{1, 1, 1, 1}}}}, .padding = "SAME"}});
//
// Inputs are symbolic tensors or values, which become constants (icecore/graph_builder.h: Input). Attributes that follow from
// the inputs are left out; one that isn't given has its op's default, which stands behind it; one without a default must be
// given. `name` opens a name scope; empty, it is the op's. Errors are those of GraphBuilder::apply_op.
//
// That an op has a function says nothing of whether a Session can run it: docs/ops.md lists those.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0::ops {{
{functions}
}}  // namespace icecore::inline v0::ops
'''

SOURCE = '''#include <icecore/ops.h>

#include "graph/op_function.h"

namespace icecore::inline v0::ops {{
{functions}
}}  // namespace icecore::inline v0::ops
'''


def split_outside(text, separator):
    """The parts between separators that stand outside of brackets and quotes."""
    parts, depth, quoted, begin, i = [], 0, False, 0, 0
    while i < len(text):
        c = text[i]
        if quoted:
            i += c == '\\'
            quoted = c != '"'
        elif c == '"':
            quoted = True
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        elif depth == 0 and text.startswith(separator, i):
            parts.append(text[begin:i])
            begin = i + len(separator)
        i += 1
    return parts + [text[begin:]] if text else []


class Argument:
    def __init__(self, text):
        self.name, self.type = text.split(': ', 1)
        inner = re.sub(r'^Ref\((.*)\)$', r'\1', self.type)
        self.attrs = re.findall(r'\w+', inner)
        self.is_list = '*' in inner or inner.startswith('list(')


class Attribute:
    def __init__(self, text):
        self.name, rest = text.split(': ', 1)
        self.kind = re.match(r'list\(\w+\)|\w+', rest)[0]
        self.rest = rest[len(self.kind):].strip()
        default = re.search(r'(?:^|\s)= (.*)$', self.rest)
        self.default = default[1] if default else None
        inner = re.match(r'list\((\w+)\)', self.kind)
        self.type = 'std::vector<%s>' % ARGUMENT_TYPES[inner[1]] if inner else ARGUMENT_TYPES[self.kind]


class Op:
    def __init__(self, line):
        self.line = line
        match = re.match(r'([\w>.]+)\((.*?)\) -> \((.*?)\)(?= \{| \[|$)(.*)$', line)
        # Arguments hold brackets ("Ref(T)"): the first split that balances is the right one.
        self.name = match[1]
        inputs, rest = self.balanced(line[len(self.name):])
        outputs, rest = self.balanced(rest[len(' -> '):])
        attrs = []
        if rest.startswith(' {'):
            inner, rest = self.balanced(rest[1:])
            attrs = split_outside(inner, '; ')
        self.inputs = [Argument(a) for a in split_outside(inputs, ', ')]
        self.outputs = [Argument(a) for a in split_outside(outputs, ', ')]
        inferred = {a for argument in self.inputs for a in argument.attrs}
        self.attrs = [a for a in map(Attribute, attrs) if a.name not in inferred]

    @staticmethod
    def balanced(text):
        depth, quoted, i = 0, False, 0
        while True:
            c = text[i]
            if quoted:
                i += c == '\\'
                quoted = c != '"'
            elif c == '"':
                quoted = True
            elif c in '([{':
                depth += 1
            elif c in ')]}':
                depth -= 1
                if depth == 0:
                    return text[1:i], text[i + 1:]
            i += 1


def snake_case(name):
    out = ''
    for i, c in enumerate(name):
        if c.isupper() and i and (name[i - 1].islower() or (name[i - 1].isupper() and name[i + 1:i + 2].islower())):
            out += '_'
        out += c.lower()
    return out


def identifier(name):
    name = re.sub(r'\W', '_', name)
    return name + '_' if name in TAKEN else name


def parameter(name):
    name = identifier(name)
    return name + '_' if name in ('graph', 'name', 'attrs', 'op', 'list') else name


def result_type(op):
    if not op.outputs:
        return 'Operation'
    if len(op.outputs) == 1:
        return 'std::vector<Output>' if op.outputs[0].is_list else 'Output'
    return op.name + 'Outputs'


def declaration(op, with_defaults):
    parameters = ['GraphBuilder& graph']
    for argument in op.inputs:
        parameters.append(('const std::vector<Input>& ' if argument.is_list else 'const Input& ') + parameter(argument.name))
    if op.attrs:
        optional = all(a.default is not None for a in op.attrs)
        parameters.append('const %sAttrs& attrs' % op.name + (' = {}' if optional and with_defaults else ''))
    parameters.append('std::string_view name' + (' = {}' if with_defaults else ''))
    return '%s %s(%s)' % (result_type(op), identifier(snake_case(op.name)), ', '.join(parameters))


def comment(text):
    """One line of a comment, which no line end and no backslash at its end may break."""
    return text.replace('\\', '/').replace('??', '?')


def header_part(op):
    lines = ['', '// ' + comment(op.line)]
    if op.attrs:
        lines.append('struct %sAttrs {' % op.name)
        for a in op.attrs:
            lines.append('  std::optional<%s> %s = {};  // %s' % (a.type, identifier(a.name), comment((a.kind + ' ' + a.rest).strip())))
        lines.append('};')
    if len(op.outputs) > 1:
        lines.append('struct %s {' % result_type(op))
        for o in op.outputs:
            lines.append('  %s %s;' % ('std::vector<Output>' if o.is_list else 'Output', identifier(o.name)))
        lines.append('};')
    lines.append('ICECORE_API %s;' % declaration(op, True))
    return '\n'.join(lines)


def source_part(op):
    lines = ['', declaration(op, False) + ' {', '  AttrList list;']
    for a in op.attrs:
        lines.append('  add_attr(list, "%s", attrs.%s);' % (a.name, identifier(a.name)))
    inputs = ', '.join('OpInput(%s)' % parameter(argument.name) for argument in op.inputs)
    lines.append('  const Operation op = graph.apply_op("%s", {%s}, list, name);' % (op.name, inputs))
    if not op.outputs:
        lines.append('  return op;')
    elif len(op.outputs) == 1:
        lines.append('  return op.output();' if not op.outputs[0].is_list else '  return op.outputs();')
    else:
        parts = ', '.join('named_output%s(op, "%s")' % ('s' if o.is_list else '', o.name) for o in op.outputs)
        lines.append('  return {%s};' % parts)
    return '\n'.join(lines + ['}'])


def main():
    header, prefix, files, signatures = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    with open(signatures, encoding='utf-8') as text:
        ops = [Op(line.rstrip('\n')) for line in text if line.strip() and not line.startswith(('#', '_'))]
    functions, seen = [], set()
    for op in ops:
        name = snake_case(op.name)
        assert name not in seen, name
        seen.add(name)
        functions.append(op)
    with open(header, 'w', encoding='utf-8') as out:
        out.write(HEADER.format(functions='\n'.join(map(header_part, functions))))
    for i in range(files):
        with open('%s%d.cc' % (prefix, i), 'w', encoding='utf-8') as out:
            out.write(SOURCE.format(functions='\n'.join(map(source_part, functions[i::files]))))


if __name__ == '__main__':
    main()
