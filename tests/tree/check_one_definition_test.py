#!/usr/bin/env python3
"""scripts/check_one_definition.py sees classes that two files define, and takes nothing else for one."""
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'scripts', 'check_one_definition.py')
FIRST = 'namespace icecore::inline v0 {\nclass Sums {\n  struct Flows {\n    int a;\n  };\n};\n}  // namespace icecore::inline v0\n'


class CheckOneDefinition(unittest.TestCase):
    def run_on(self, text, first=FIRST):
        with tempfile.TemporaryDirectory() as root:
            for path, content in {'src/train/sums.h': first, 'src/ops/second.cc': text}.items():
                os.makedirs(os.path.dirname(f'{root}/{path}'), exist_ok=True)
                with open(f'{root}/{path}', 'w', encoding='utf-8') as file:
                    file.write(content)
            done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True)
            return done.returncode, done.stdout

    def assert_seen(self, text, name, line, **other):
        status, said = self.run_on(text, **other)
        self.assertEqual(status, 1, said)
        self.assertIn(f'{name} is defined in src/ops/second.cc:{line} and src/train/sums.h:', said)

    def assert_passes(self, text, **other):
        status, said = self.run_on(text, **other)
        self.assertEqual(status, 0, said)

    def test_a_class_of_two_files_is_seen(self):
        self.assert_seen('namespace icecore::inline v0 {\nstruct ICECORE_API Sums final : Base<int> {};\n}\n', 'icecore::v0::Sums', 2)

    def test_a_namespace_may_be_written_in_steps(self):
        self.assert_seen('namespace icecore {\ninline namespace v0 {\nenum class Sums : int { kOne };\n}\n}\n', 'icecore::v0::Sums', 3)

    def test_a_member_is_seen(self):
        self.assert_seen('namespace icecore::v0 {\nstruct Sums::Flows {\n};\n}\n', 'icecore::v0::Sums::Flows', 2)

    def test_templates_are_seen_but_not_their_specialisations(self):
        first = 'template <class T, int n = (3 > 2)>\nstruct Row {};\n'
        self.assert_seen('template <typename T, int n>\nclass alignas(64) Row {};\n', 'Row', 2, first=first)
        self.assert_passes('template <>\nstruct Row<int, 1> {};\n', first=first)
        self.assert_seen('template <>\nstruct Row<int> {};\n', 'Row< int >', 2, first='template <> class Row<int> {};')

    def test_what_other_files_cannot_see_may_share_a_name(self):
        self.assert_passes('namespace icecore::inline v0 {\nnamespace {\nclass Sums {};\n}\nvoid f() {\n  class Sums {};\n}\n}\n')

    def test_other_namespaces_and_classes_may_have_the_name(self):
        self.assert_passes('namespace icecore::v0::ops {\nclass Sums {};\n}\nnamespace icecore::v0 { class Other { class Sums {}; }; }\n')

    def test_declarations_variables_and_functions_are_no_definitions(self):
        self.assert_passes('namespace icecore::v0 {\nclass Sums;\nstruct Sums sums{};\nstruct Sums made() { return {}; }\n'
                           'struct stat Sums{};\ntemplate <class Sums>\nvoid f(class Sums* s = nullptr) {}\n}\n')

    def test_comments_literals_and_macros_are_passed_over(self):
        self.assert_passes('namespace icecore::v0 {\n// class Sums {};\n/* class Sums {}; */\n#define SUMS \\\n  class Sums {};\n'
                           'const char* a = "}} class Sums {};", *b = R"x(" class Sums {};)x";\nconst int c = 1\'000, d = \'"\';\n}\n')

    def test_scopes_are_followed_past_other_braces(self):
        self.assert_seen('namespace a {\nint x[] = {1, 2};\nextern "C" { int f(); }\nauto g = [] { struct S {}; };\n}\n'
                         'namespace b = a;\nusing namespace a;\nnamespace icecore::v0 {\nunion Sums {};\n}\n', 'icecore::v0::Sums', 9)


if __name__ == '__main__':
    unittest.main()
