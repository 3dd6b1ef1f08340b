# Files: what works, and which error says what doesn't.
import os
import tensorflow as tf
g = tf.gfile


def tried(what, *arguments, **named):
    try:
        result = what(*arguments, **named)
    except Exception as error:
        print(what.__name__, arguments, type(error).__name__, str(error).replace(os.getcwd(), 'HERE'))
    else:
        print(what.__name__, arguments, sorted(result) if isinstance(result, list) else result)


with g.GFile('a.txt', 'w') as f:
    f.write('one\n')
    f.write(b'two\n')
    print(f.tell(), f.name, f.mode)
print(g.GFile('a.txt').read(), g.GFile('a.txt', 'rb').read(), g.GFile('a.txt').readlines(), list(g.GFile('a.txt')))
with g.GFile('a.txt', 'a') as f:
    f.write('three')
f = g.Open('a.txt', 'r')
print(repr(f.read(3)), f.tell(), f.size(), f.seekable())
f.seek(1)
print(repr(f.readline()), f.tell())
f.seek(-5, 2)
print(repr(f.read()))
f.seek(0)
f.seek(2, whence=1)
print(repr(f.read(2)))
tried(f.seek)
tried(f.seek, 1, 5)
tried(f.write, 'x')
f.close()
print(repr(f.read()))
tried(g.GFile('none.txt').read)
tried(g.GFile('w.txt', 'w').read)
tried(g.GFile, 'x', 'z')
tried(g.GFile('none/x', 'w').write, 'x')
tried(g.GFile('.', 'w').write, 'x')
with g.FastGFile('empty.txt', 'w') as f:
    pass
tried(g.Exists, 'empty.txt')
tried(g.Exists, 'a.txt')
tried(g.Exists, '.')
tried(g.MkDir, 'd')
tried(g.MkDir, 'd')
tried(g.MkDir, 'x/y')
tried(g.MakeDirs, 'd/e/f')
tried(g.MakeDirs, 'd/e/f')
tried(g.IsDirectory, 'd')
tried(g.IsDirectory, 'a.txt')
tried(g.IsDirectory, 'none')
tried(g.Copy, 'a.txt', 'd/b.txt')
tried(g.Copy, 'a.txt', 'd/b.txt')
tried(g.Copy, 'a.txt', 'd/b.txt', overwrite=True)
tried(g.Copy, 'none', 'd/c.txt')
tried(g.Rename, 'd/b.txt', 'd/e/c.txt')
tried(g.Rename, 'd/b.txt', 'd/e/d.txt')
tried(g.Rename, 'a.txt', 'd/e/c.txt')
tried(g.Rename, 'a.txt', 'd/e/c.txt', overwrite=True)
tried(g.Remove, 'a.txt')
with g.GFile('d/.hidden', 'w') as f:
    f.write('x')
with g.GFile('d/z[1].txt', 'w') as f:
    f.write('x')
print(sorted(g.ListDirectory('d')))
tried(g.ListDirectory, 'none')
for pattern in ('d/*', 'd/?', '*/*/*', 'none*', 'd/e', 'd/e/c.[tx]xt', 'd/*.txt', ['d/e', 'd'], './d/*e*', 'd/**'):
    tried(g.Glob, pattern)
print([(a, sorted(b), sorted(c)) for a, b, c in g.Walk('d')])
print([(a, sorted(b), sorted(c)) for a, b, c in g.Walk('d', in_order=False)])
print(list(g.Walk('none')))
print(g.Stat('d/e/c.txt').length, g.Stat('d').is_directory, g.Stat('d/e/c.txt').mtime_nsec > 1e18)
tried(g.Stat, 'none')
tried(g.Remove, 'none')
tried(g.Remove, 'd')
tried(g.DeleteRecursively, 'none')
tried(g.DeleteRecursively, 'd')
tried(g.Exists, 'd')
with tf.io.gfile.GFile('n.txt', 'w') as f:
    f.write('1\n\n2')
print(tf.io.gfile.exists('n.txt'), tf.io.gfile.glob('n*'), tf.io.gfile.isdir('.'), tf.io.gfile.listdir('.'), tf.io.gfile.stat('n.txt').length)
print(tf.gfile.GFile('n.txt').readlines())
tf.io.gfile.copy('n.txt', 'm.txt')
tf.io.gfile.rename('m.txt', 'o.txt')
tf.io.gfile.remove('o.txt')
tf.io.gfile.makedirs('q/r')
tf.io.gfile.rmtree('q')
print(sorted(os.listdir('.')), [x for x in tf.io.gfile.walk('.')])
with tf.Session() as session:
    print([session.run(tf.matching_files(pattern)).tolist() for pattern in ('n*', './n*', 'n.txt', '?one')])
