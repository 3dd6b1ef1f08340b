"""Dtypes, shapes, errors, graphs: what tensorflow.python.framework is to scripts."""
