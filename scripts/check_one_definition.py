#!/usr/bin/env python3
"""Looks for classes of one name that two files of src/ and include/ define: the linker takes either for both, without a word.

  check_one_definition.py [ROOT]

Counts classes, structs, unions and enumerations outside functions and anonymous namespaces, by their qualified names, each
specialisation of a template for itself. Prints each name that is defined in two files and exits with status 1 where there is one."""
import os
import re
import sys

TOKEN = re.compile(r'''
    (?P<skip> \s+ | //(?:\\\n|[^\n])* | /\*.*?\*/ | (?:^|(?<=\n))[ \t]*\#(?:\\\n|[^\n])* )
  | (?P<raw> R"(?P<fence>[^()\\\s]*)\(.*?\)(?P=fence)" )
  | (?P<quoted> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' )
  | (?P<number> \.?\d(?:'?[\w.]|(?<=[eEpP])[+-])* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<sign> :: | . )''', re.VERBOSE | re.DOTALL)
KEYS = ('class', 'struct', 'union', 'enum')
CLOSING = {'(': ')', '[': ']', '<': '>'}


def tokens_of(text):
    """Words and signs, each with its line; literals as one sign."""
    found, line = [], 1
    for match in TOKEN.finditer(text):
        if match['word'] or match['sign']:
            found.append((match[0], line))
        elif not match['skip']:
            found.append(('""', line))
        line += match[0].count('\n')
    return found


class Reader:
    """The definitions of one file."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.at = 0
        self.scopes = []  # Names of namespaces and classes that are open; '' where names aren't seen from outside.
        self.found = []   # (qualified name, line)

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead][0] if self.at + ahead < len(self.tokens) else ''

    def bracketed(self):
        """Steps over what stands in brackets, and gives it as text."""
        opening, depth, begin = self.peek(), 0, self.at
        while self.at < len(self.tokens):
            depth += {opening: 1, CLOSING[opening]: -1}.get(self.peek(), 0)
            self.at += 1
            if depth == 0 or self.peek() in ('{', ';') and opening == '<':
                break
        return ' '.join(token for token, _ in self.tokens[begin:self.at])

    def read(self):
        while self.at < len(self.tokens):
            token = self.peek()
            if token == 'namespace':
                self.namespace()
            elif token in KEYS:
                self.definition()
            else:
                self.at += 1
                if token == '{':
                    self.scopes.append('')
                elif token == '}' and self.scopes:
                    self.scopes.pop()
                elif token == 'extern' and self.peek() == '""' and self.peek(1) == '{':
                    self.at += 2
                    self.scopes.append(None)
                elif token == 'template' and self.peek() == '<':
                    self.bracketed()
        return self.found

    def namespace(self):
        self.at += 1
        names = []
        while self.peek() not in ('{', ';', '=', ''):
            if self.peek() == '[':
                self.bracketed()
                continue
            names += [self.peek()] if self.peek() not in ('::', 'inline') else []
            self.at += 1
        if self.peek() == '{':
            self.at += 1
            self.scopes.append('::'.join(names))

    def definition(self):
        """A definition's head up to its brace; at anything else stops, and leaves that to read()."""
        line = self.tokens[self.at][1]
        while self.peek() in KEYS:
            self.at += 1
        name = ''
        while True:
            token = self.peek()
            if token == '[' or token == 'alignas':
                self.at += token == 'alignas'
                self.bracketed()
            elif token == '<' and name:
                name += self.bracketed()
            elif token == '::' and name:
                name += token
                self.at += 1
            elif re.match(r'[A-Za-z_]', token) and token != 'final':
                if name and not name.endswith('::'):
                    if name.upper() != name:  # `struct stat info{}` is a variable; a macro such as ICECORE_API may lead the name.
                        return
                    name = ''
                name += token
                self.at += 1
            else:
                break
        self.at += self.peek() == 'final'
        if self.peek() == ':':
            while self.peek() not in ('{', ';', ')', ''):
                self.at += 1
        if self.peek() != '{':
            return
        self.at += 1
        if name and '' not in self.scopes:
            self.found.append(('::'.join([*filter(None, self.scopes), name]), line))
        self.scopes.append(name)


def definitions(root):
    """Qualified name -> file -> line of its first definition there."""
    found = {}
    for top in ('include', 'src'):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(('.h', '.cc', '.inc')):
                    path = os.path.join(folder, name)
                    with open(path, encoding='utf-8') as text:
                        for qualified, line in Reader(text.read()).read():
                            found.setdefault(qualified, {}).setdefault(os.path.relpath(path, root), line)
    return found


def main():
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    root = sys.argv[1] if len(sys.argv) == 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
    found = definitions(os.path.normpath(root))
    twice = {name: places for name, places in found.items() if len(places) > 1}
    for name, places in sorted(twice.items()):
        print(f'{name} is defined in ' + ' and '.join(f'{path}:{line}' for path, line in places.items()))
    print(f'classes: {len(found)}, {len(twice)} defined twice')
    return 1 if twice else 0


if __name__ == '__main__':
    sys.exit(main())
