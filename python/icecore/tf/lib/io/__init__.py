"""Files: what tensorflow.python.lib.io is to scripts."""
