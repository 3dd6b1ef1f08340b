"""tf.summary, and files of records."""
TABLE = {
    'lib.io.tf_record': '''
        io.TFRecordCompressionType io.TFRecordOptions io.TFRecordWriter io.tf_record_iterator
        python_io.TFRecordCompressionType python_io.TFRecordOptions python_io.TFRecordWriter python_io.tf_record_iterator
    ''',
    'summary.summary': '''
        summary.audio summary.get_summary_description summary.histogram summary.image summary.merge summary.merge_all
        summary.scalar summary.tensor_summary summary.text
    ''',
    'summary.summary_iterator': 'train.summary_iterator',
    'summary.writer.writer': 'summary.FileWriter',
    'summary.writer.writer_cache': 'summary.FileWriterCache',
}
