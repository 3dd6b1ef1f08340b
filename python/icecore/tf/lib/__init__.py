"""What tensorflow.python.lib is to scripts."""
