"""tf.layers, tf.losses."""

TABLE = {
}
