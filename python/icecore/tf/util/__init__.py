"""Strings and structures: what tensorflow.python.util is to scripts."""
