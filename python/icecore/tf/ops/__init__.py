"""Op functions."""
