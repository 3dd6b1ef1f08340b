#!/usr/bin/env python3
"""Prints the units of a units.json for which 1.15.5's frozen graph is recorded: the ones that `check.py freeze` compares node by node.

  frozen115.py UNITS.json > FILTERED.json"""
import json
import sys

if len(sys.argv) != 2:
    sys.exit(__doc__)
with open(sys.argv[1], encoding='utf-8') as file:
    json.dump([unit for unit in json.load(file) if 'frozen115' in unit], sys.stdout)
