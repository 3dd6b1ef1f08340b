"""Message classes that are public names."""
TABLE = {
    'protos': '''
        AttrValue ConfigProto Event GPUOptions GraphDef GraphOptions HistogramProto LogMessage MetaGraphDef NameAttrList NodeDef
        OptimizerOptions RunMetadata RunOptions SessionLog Summary SummaryMetadata TensorInfo
        summary.Event summary.SessionLog summary.Summary summary.SummaryDescription summary.TaggedRunMetadata
        train.BytesList train.ClusterDef train.Example train.Feature train.FeatureList train.FeatureLists train.Features
        train.FloatList train.Int64List train.JobDef train.SaverDef train.SequenceExample train.ServerDef
    ''',
}
