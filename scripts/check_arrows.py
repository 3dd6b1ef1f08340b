#!/usr/bin/env python3
"""Reads the includes of src/ and include/ and fails on any that goes against an arrow of the house (docs/architecture.md).

  check_arrows.py [ROOT]

A module may include itself, what stands right of its arrow in HOUSE, and what those may include. Public headers belong to the
module that PUBLIC names. The same holds for what a module's CMakeLists.txt names under DEPENDS. Prints each broken arrow and
exits with status 1 where there is one."""
import os
import re
import sys

# module -> what it stands on. Lowest floor first.
HOUSE = {
    'base': [],
    'io': ['base'],
    'proto': ['io'],
    'state': ['base'],
    'opdef': ['proto'],
    'locate': ['io', 'proto'],
    'checkpoint': ['locate'],
    'graph': ['opdef', 'io', 'proto'],
    'compose': ['graph'],
    'variables': ['compose'],
    'layers': ['variables'],
    'model': ['checkpoint', 'graph'],
    'saver': ['model', 'state', 'variables'],
    'freeze': ['model', 'state'],
    'library': ['saver', 'freeze', 'layers'],  # All of libicecore.
    # libicecore_runtime begins here.
    'ops': ['compose', 'checkpoint', 'state'],
    'runtime': ['ops', 'model'],
    'train': ['runtime', 'saver'],
    'runtime_library': ['train', 'library'],  # Both: the header <icecore/icecore.h>.
    'cli': ['runtime_library'],
}

# include/icecore/NAME -> its module.
PUBLIC = {
    'array.h': 'compose',
    'attr_value.h': 'graph',
    'case.h': 'compose',
    'checkpoint.h': 'checkpoint',
    'checkpoint_state.h': 'locate',
    'checkpoint_writer.h': 'checkpoint',
    'clip.h': 'train',
    'control_flow.h': 'graph',
    'dtype.h': 'base',
    'error.h': 'base',
    'export.h': 'base',
    'fmt.h': 'base',
    'freeze.h': 'freeze',
    'gradient_context.h': 'compose',
    'gradients.h': 'train',
    'graph.h': 'graph',
    'graph_builder.h': 'graph',
    'host_function.h': 'state',
    'icecore.h': 'runtime_library',
    'import_graph_def.h': 'graph',
    'init_from_checkpoint.h': 'saver',
    'kernel.h': 'ops',
    'layers.h': 'layers',
    'learning_rates.h': 'train',
    'load_graph.h': 'model',
    'losses.h': 'layers',
    'math.h': 'compose',
    'moving_average.h': 'train',
    'nn.h': 'compose',
    'meta_graph.h': 'saver',
    'node_info.h': 'graph',
    'node_runner.h': 'state',
    'op_set.h': 'graph',
    'optimizers.h': 'train',
    'progress.h': 'base',
    'random.h': 'compose',
    'ops.h': 'graph',  # Generated.
    'saver.h': 'saver',
    'saver_def.h': 'model',
    'session.h': 'runtime',
    'shape.h': 'base',
    'shape_context.h': 'graph',
    'tensor.h': 'base',
    'tensor_slice.h': 'base',
    'tensor_text.h': 'base',
    'variable.h': 'variables',
    'variable_data.h': 'graph',
    'variable_store.h': 'state',
}

# Header-only libraries would not show in the shared library's needs; libicecore has none but these.
THIRD_PARTY = re.compile(r'^(CLI|fmt|nlohmann|openssl|google|leveldb|gtest|gmock|benchmark|Eigen|dnnl|oneapi|re2)/|^dnnl\.h')
THIRD_PARTY_ALLOWED = {'cli': THIRD_PARTY, 'ops': re.compile(r'^(Eigen|dnnl|oneapi|re2)/|^dnnl\.h'), 'fmt.h': re.compile('^fmt/')}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
DEPENDS = re.compile(r'\bicecore_module\s*\(\s*(\w+)(.*?)\)', re.DOTALL)


def below(module):
    """The module and all that it may include."""
    found, todo = set(), [module]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += HOUSE[name]
    return found


def files_of(folder):
    for path, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(('.h', '.cc', '.inc')):
                yield os.path.join(path, name)


class Arrows:
    def __init__(self, root):
        self.root = root
        self.faults = []
        self.arrows = set()

    def fault(self, path, line, what):
        self.faults.append(f'{os.path.relpath(path, self.root)}:{line}: {what}')

    def check_file(self, path, module, allowed_third_party):
        with open(path, encoding='utf-8') as text:
            for line, content in enumerate(text, 1):
                match = INCLUDE.match(content)
                if match:
                    self.check_include(path, line, module, match[1] == '"', match[2], allowed_third_party)

    def check_include(self, path, line, module, quoted, name, allowed_third_party):
        if name.startswith('icecore/'):
            target = PUBLIC.get(name[len('icecore/'):])
            if target is None:
                return self.fault(path, line, f'<{name}> belongs to no module: add it to PUBLIC in scripts/check_arrows.py')
        elif quoted:
            target = name.split('/')[0]
            if '/' not in name or target not in HOUSE:
                return self.fault(path, line, f'"{name}" is not written from src/, as "module/file.h"')
        elif THIRD_PARTY.match(name) and not (allowed_third_party and allowed_third_party.match(name)):
            return self.fault(path, line, f'{module} includes <{name}>, which is no part of libicecore')
        else:
            return None
        if target not in below(module):
            return self.fault(path, line, f'{module} includes {name} of {target}; it may include only '
                                          f'{", ".join(m for m in HOUSE if m in below(module))}')
        if target != module:
            self.arrows.add((module, target))
        return None

    def check_sources(self):
        src = os.path.join(self.root, 'src')
        for module in sorted(os.listdir(src)):
            folder = os.path.join(src, module)
            if not os.path.isdir(folder):
                continue
            if module not in HOUSE:
                self.fault(folder, 0, f'{module} is no module of the house: give it a place in scripts/check_arrows.py')
                continue
            for path in files_of(folder):
                self.check_file(path, module, THIRD_PARTY_ALLOWED.get(module))
            self.check_depends(os.path.join(folder, 'CMakeLists.txt'))

    def check_depends(self, path):
        if not os.path.exists(path):
            return
        with open(path, encoding='utf-8') as text:
            for name, rest in DEPENDS.findall(text.read()):
                depends = re.search(r'\bDEPENDS\b((?:\s+[a-z_]+)*)', rest)
                for target in depends[1].split() if depends else []:
                    if target not in below(name):
                        self.fault(path, 1, f'{name} depends on {target}, against the arrows')

    def check_public(self):
        folder = os.path.join(self.root, 'include', 'icecore')
        for path in files_of(folder):
            name = os.path.relpath(path, folder)
            if name in PUBLIC:
                self.check_file(path, PUBLIC[name], THIRD_PARTY_ALLOWED.get(name))
            else:
                self.fault(path, 1, 'belongs to no module: add it to PUBLIC in scripts/check_arrows.py')
        self.check_whole(os.path.join(folder, 'icecore.h'))

    def check_whole(self, path):
        """icecore.h has all public headers but itself and the one for users of fmt."""
        if os.path.exists(path):
            with open(path, encoding='utf-8') as text:
                there = {match[2] for match in map(INCLUDE.match, text) if match}
            for name in sorted(PUBLIC):
                if name not in ('icecore.h', 'fmt.h') and 'icecore/' + name not in there:
                    self.fault(path, 1, f'lacks <icecore/{name}>')


def main():
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    root = sys.argv[1] if len(sys.argv) == 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
    check = Arrows(os.path.normpath(root))
    check.check_sources()
    check.check_public()
    for fault in check.faults:
        print(fault)
    print(f'arrows: {len(check.arrows)} in use, {len(check.faults)} broken')
    return 1 if check.faults else 0


if __name__ == '__main__':
    sys.exit(main())
