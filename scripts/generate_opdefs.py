#!/usr/bin/env python3
"""Makes C++ of the op signatures in src/opdef, whose heads say how they are written.

usage: generate_opdefs.py OUTPUT REFERENCE FURTHER…

OUTPUT is a table of name and signature, sorted by name: every op of REFERENCE, and of each FURTHER file those whose names
the files before it lack; and a second table of those that a FURTHER file writes otherwise than the files before it.
"""

import pathlib
import re
import sys

HEAD = """#include <string_view>

#include "opdef/builtin_ops.h"

namespace icecore::inline v0 {
namespace {

using namespace std::string_view_literals;

// Literals that know their lengths: clang gives up on counting the characters of them all.
constexpr BuiltinOp kBuiltinOps[] = {
"""
MIDDLE = """};

constexpr BuiltinOp kLaterOps[] = {
"""
TAIL = """};

}  // namespace

std::span<const BuiltinOp> builtin_ops() {
  return kBuiltinOps;
}

std::span<const BuiltinOp> later_ops() {
  return kLaterOps;
}

}  // namespace icecore::inline v0
"""


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"sv'


def rows(ops):
    return "".join(f"    {{{literal(name)}, {literal(ops[name])}}},\n" for name in sorted(ops))


def main(output, *files):
    ops, later = {}, {}
    for file in files:
        for number, line in enumerate(pathlib.Path(file).read_text().splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            name = re.match(r"[\w>.]+", line)
            if not name:
                sys.exit(f"{file}:{number}: no op signature: {line}")
            if ops.setdefault(name[0], line) != line:
                later[name[0]] = line
    path = pathlib.Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + rows(ops) + MIDDLE + rows(later) + TAIL)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
