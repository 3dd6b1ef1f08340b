"""tf.signal: windows over a signal, and what turns its axes."""
