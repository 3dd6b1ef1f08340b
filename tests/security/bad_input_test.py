#!/usr/bin/env python3
"""What a user sees of paths and files that aren't what they should be: one clear line, the exit status, nothing written.

  ICECORE=build/release/icecore bad_input_test.py"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'golden'))
import table  # noqa: E402
import varint  # noqa: E402

GOLDEN = os.path.join(ROOT, 'tests', 'data', 'golden')
ICECORE = os.path.abspath(os.environ['ICECORE'])
INDEX, DATA, META = 'm/model.ckpt.index', 'm/model.ckpt.data-00000-of-00001', 'm/model.ckpt.meta'
LFS = b'version https://git-lfs.github.com/spec/v1\noid sha256:' + b'0' * 64 + b'\nsize 9362\n'


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        os.chdir(self.folder.name)
        self.addCleanup(os.chdir, ROOT)
        shutil.copytree(os.path.join(GOLDEN, 'freeze', 'reference'), 'm')
        os.mkdir('v1')
        shutil.copy(os.path.join(GOLDEN, 'v1', 'order', 'model.ckpt'), 'v1')

    def files(self):
        return {os.path.join(at, name): os.stat(os.path.join(at, name)).st_size for at, _, names in os.walk('.') for name in names}

    def run_icecore(self, *words):
        return subprocess.run([ICECORE, *words], capture_output=True, timeout=60, text=True)

    def works(self, *words):
        done = self.run_icecore(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def refused(self, *words, says='.'):
        before = self.files()
        done = self.run_icecore(*words)
        self.assertEqual(done.returncode, 2, (words, done))
        lines = [line for line in done.stderr.splitlines() if not line.startswith('note: ')]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertRegex(lines[0], '^icecore: ')
        self.assertRegex(lines[0].lower(), says.lower())
        self.assertEqual(done.stdout, '')
        self.assertEqual(self.files(), before, 'something was written')

    def damaged(self, path, says='.'):
        done = self.run_icecore('verify', path)
        self.assertEqual(done.returncode, 1, done)
        self.assertRegex((done.stdout + done.stderr).lower(), says.lower())

    def put(self, path, content):
        with open(path, 'wb') as file:
            file.write(content)

    def entries(self):
        with open(INDEX, 'rb') as file:
            return table.read(file.read())

    def cut(self, path, size):
        os.truncate(path, size)

    def flip(self, path, at):
        with open(path, 'r+b') as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1]))

    def test_any_file_of_a_checkpoint_names_it(self):
        wanted = self.works('list', 'm/model.ckpt')
        for path in (INDEX, DATA, META, 'm'):
            self.assertEqual(self.works('list', path), wanted)

    def test_brackets_in_a_path_are_plain_letters(self):
        os.rename('m', 'run[1]')
        self.assertIn('net/w', self.works('list', 'run[1]/model.ckpt'))

    def test_meta_and_text_graphs_are_graphs(self):
        self.assertIn('MatMul', self.works('graph', META))
        self.works('graph', os.path.join(GOLDEN, 'graphs', 'by_hand.pbtxt'))

    def test_a_missing_file_or_step_lists_what_is_there(self):
        self.refused('list', 'm/model.ckpt-999', says='model.ckpt')
        self.refused('verify', 'nix', says='no checkpoint')
        self.refused('graph', 'nix.pb', says='nix.pb')

    def test_something_else_in_the_index_place(self):
        for content, says in ((LFS, 'git-lfs'), (b'<!DOCTYPE html><html></html>', 'html'), (b'PK\3\4' + bytes(60), 'zip'),
                              (b'', 'empty'), (bytes(200), 'zero')):
            self.put(INDEX, content)
            self.refused('list', 'm/model.ckpt', says=says)

    def test_something_else_in_the_graph_place(self):
        for content, says in ((LFS, 'git-lfs'), (b'<!DOCTYPE html><html></html>', 'html'), (b'PK\3\4' + bytes(60), 'zip')):
            self.put('graph.pb', content)
            self.refused('graph', 'graph.pb', says=says)

    def test_a_pytorch_file_named_model_ckpt(self):
        self.put('model.ckpt', b'\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.')
        self.refused('list', 'model.ckpt', says='pytorch')

    def test_a_cut_or_flipped_index(self):
        self.flip(INDEX, 20)
        self.refused('list', 'm/model.ckpt', says='checksum')
        self.damaged('m/model.ckpt', says='checksum')
        self.cut(INDEX, 100)
        self.refused('list', 'm/model.ckpt', says='index')

    def test_a_flipped_data_file_names_the_tensor(self):
        self.flip(DATA, 0)
        self.damaged('m/model.ckpt', says='net/b')
        self.refused('show', 'm/model.ckpt', 'net/b', says='net/b.*checksum|checksum.*net/b')
        self.refused('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', says='checksum')

    def test_a_cut_data_file(self):
        self.cut(DATA, 10)
        self.damaged('m/model.ckpt', says='10')
        self.refused('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', says='10')

    def test_a_missing_shard(self):
        os.remove(DATA)
        self.damaged('m/model.ckpt', says='missing')
        self.refused('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', says='missing')

    def test_a_cut_or_flipped_v1_file(self):
        self.flip('v1/model.ckpt', 20)
        self.damaged('v1/model.ckpt')
        self.cut('v1/model.ckpt', 150)
        self.refused('list', 'v1/model.ckpt')

    def test_a_cut_meta(self):
        self.cut(META, 3000)
        self.refused('graph', META, says='model.ckpt.meta')

    def test_an_unknown_output_offers_the_nearest(self):
        self.refused('freeze', META, '--outputs', 'scalde', '-o', 'f.pb', says='scaled')

    def test_a_variable_that_the_checkpoint_lacks(self):
        entries = [entry for entry in self.entries() if entry[0] != b'net/b']
        self.put(INDEX, table.write(entries))
        self.refused('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', says='net/b')

    def test_more_than_2_gib_is_refused_before_anything_is_written(self):
        count = 1 << 29
        dim = b'\x08' + varint.encode(count)
        shape = b'\x12' + varint.encode(len(dim)) + dim
        entry = b'\x08\x01\x12' + varint.encode(len(shape)) + shape + b'\x28' + varint.encode(4 * count) + b'\x35' + bytes(4)
        self.put(INDEX, table.write([self.entries()[0], (b'w', entry)]))
        self.cut(DATA, 4 * count)  # Longer, of zeros that take no room on the disk.
        self.put('graph.pbtxt', (
            'node { name: "w" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" '
            'value { shape { dim { size: %d } } } } } node { name: "y" op: "Identity" input: "w" '
            'attr { key: "T" value { type: DT_FLOAT } } }' % count).encode())
        self.refused('freeze', 'graph.pbtxt', 'm/model.ckpt', '--outputs', 'y', '-o', 'f.pb', says='gib')

    def test_nothing_is_overwritten_without_force(self):
        self.put('f.pb', b'precious')
        self.refused('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', says='--force')
        self.works('freeze', META, '--outputs', 'scaled', '-o', 'f.pb', '--force')

    def test_a_full_disk_is_an_error(self):
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([ICECORE, 'list', 'm/model.ckpt'], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_bad_usage(self):
        for words in ((), ('bogus',), ('list',), ('show', 'm/model.ckpt'), ('freeze', META), ('list', 'm', '--bogus')):
            self.refused(*words)


if __name__ == '__main__':
    unittest.main()
