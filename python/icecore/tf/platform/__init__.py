"""Files, flags, logging: what tensorflow.python.platform is to scripts."""
