"""tf.contrib.learn.datasets."""
TABLE = {
    'contrib.learn.datasets.base': '''
        contrib.learn.datasets.base.Dataset contrib.learn.datasets.base.Datasets contrib.learn.datasets.base.maybe_download
        contrib.learn.datasets.base.urlretrieve_with_retry
    ''',
    'contrib.learn.datasets.mnist': '''
        contrib.learn.datasets.mnist.DataSet contrib.learn.datasets.mnist.dense_to_one_hot
        contrib.learn.datasets.mnist.extract_images contrib.learn.datasets.mnist.extract_labels
        contrib.learn.datasets.mnist.load_mnist contrib.learn.datasets.mnist.read_data_sets
    ''',
}
