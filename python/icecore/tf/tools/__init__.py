"""Programs of TensorFlow that scripts call as modules."""
