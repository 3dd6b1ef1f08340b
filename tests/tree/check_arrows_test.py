#!/usr/bin/env python3
"""scripts/check_arrows.py sees each kind of broken arrow that is planted in a small tree, and nothing in a clean one."""
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'scripts', 'check_arrows.py')

CLEAN = {
    'include/icecore/error.h': '#pragma once\n#include <string>\n',
    'include/icecore/tensor.h': '#pragma once\n#include <icecore/error.h>\n',
    'include/icecore/checkpoint.h': '#pragma once\n#include <icecore/tensor.h>\n',
    'src/base/crc32c.h': '#pragma once\n#include <icecore/error.h>\n',
    'src/io/file.cc': '#include "io/file.h"\n\n#include <cstdio>\n\n#include "base/crc32c.h"\n',
    'src/io/file.h': '#pragma once\n',
    'src/io/CMakeLists.txt': 'icecore_module(io\n  SOURCES file.cc\n  DEPENDS base)\n',
    'src/checkpoint/table.cc': '#include <snappy.h>\n#include <icecore/checkpoint.h>\n#include "io/file.h"\n',
    'src/cli/main.cc': '#include <CLI/CLI.hpp>\n#include <icecore/checkpoint.h>\n#include "checkpoint/table.h"\n',
}


class CheckArrows(unittest.TestCase):
    def run_on(self, planted):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**CLEAN, **planted}.items():
                os.makedirs(os.path.dirname(f'{root}/{path}'), exist_ok=True)
                with open(f'{root}/{path}', 'w', encoding='utf-8') as file:
                    file.write(text)
            done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True)
            return done.returncode, done.stdout

    def assert_seen(self, planted, *words):
        status, said = self.run_on(planted)
        self.assertEqual(status, 1, said)
        for word in words:
            self.assertIn(word, said)
        self.assertIn('1 broken', said)

    def test_a_clean_tree_passes(self):
        status, said = self.run_on({})
        self.assertEqual((status, said), (0, 'arrows: 4 in use, 0 broken\n'))

    def test_an_include_of_a_higher_module_is_seen(self):
        self.assert_seen({'src/io/bad.cc': '\n#include "checkpoint/table.h"\n'}, 'src/io/bad.cc:2:', 'io includes checkpoint/table.h')

    def test_an_include_of_a_sibling_is_seen(self):
        self.assert_seen({'src/graph/bad.h': '#include "locate/locate.h"\n'}, 'src/graph/bad.h:1:')

    def test_a_public_header_of_a_higher_module_is_seen(self):
        self.assert_seen({'src/base/bad.cc': '#  include <icecore/checkpoint.h>\n'}, 'base includes icecore/checkpoint.h')

    def test_a_public_header_that_reaches_up_is_seen(self):
        self.assert_seen({'include/icecore/shape.h': '#include <icecore/checkpoint.h>\n'}, 'include/icecore/shape.h:1:')

    def test_a_public_header_of_no_module_is_seen(self):
        self.assert_seen({'include/icecore/stray.h': '#pragma once\n'}, 'stray.h', 'belongs to no module')

    def test_a_header_that_icecore_h_lacks_is_seen(self):
        sys.path.insert(0, os.path.dirname(SCRIPT))
        import check_arrows
        names = sorted(set(check_arrows.PUBLIC) - {'icecore.h', 'fmt.h', 'shape.h'})
        whole = ''.join(f'#include <icecore/{name}>\n' for name in names)
        self.assert_seen({'include/icecore/icecore.h': whole}, 'icecore.h:1: lacks <icecore/shape.h>')

    def test_a_folder_that_is_no_module_is_seen(self):
        self.assert_seen({'src/utils/strings.h': '#pragma once\n'}, 'utils is no module of the house')

    def test_an_include_beside_the_file_is_seen(self):
        self.assert_seen({'src/io/bad.cc': '#include "file.h"\n'}, 'is not written from src/')

    def test_a_header_only_library_below_the_program_is_seen(self):
        self.assert_seen({'src/io/bad.cc': '#include <nlohmann/json.hpp>\n'}, 'no part of libicecore')

    def test_a_dependency_of_a_build_file_is_seen(self):
        self.assert_seen({'src/base/CMakeLists.txt': 'icecore_module(base SOURCES a.cc\n  DEPENDS io LIBRARIES x)\n'},
                         'base depends on io')


if __name__ == '__main__':
    unittest.main()
