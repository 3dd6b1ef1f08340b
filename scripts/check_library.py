#!/usr/bin/env python3
"""Checks what libicecore needs and what it gives away.

  check_library.py libicecore.so

It may need Snappy, ISA-L and the compiler's own libraries, nothing else: who only reads and freezes models ships neither oneDNN
nor image codecs, and nothing of it clashes with TensorFlow's libraries in one process. It may give away names of namespace
icecore alone."""
import re
import subprocess
import sys

NEEDS = re.compile(r'^(libsnappy|libisal|libstdc\+\+|libm|libgcc_s|libc|ld-linux-[\w-]+)\.so\.\d+$')
GIVES = re.compile(r'^_Z(N|NK|NKR|TI|TS|TV)(N)?7icecore2v0')


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    library = sys.argv[1]
    needed = re.findall(r'\(NEEDED\).*\[(.*)\]', output('readelf', '-d', '-W', library))
    given = [line.split()[-1].split('@')[0] for line in output('nm', '-D', '--defined-only', library).splitlines()]
    faults = [f'needs {name}' for name in needed if not NEEDS.match(name)]
    faults += [f'gives away {name}' for name in given if not GIVES.match(name)]
    if not given:
        faults.append('gives nothing away')
    for fault in faults:
        print(f'{library} {fault}')
    print(f'needs {", ".join(needed)}; gives {len(given)} names away; {len(faults)} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
