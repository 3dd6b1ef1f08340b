"""Functions of ops, variables and initializers (icecore/tf/ops)."""

TABLE = {
    'ops.array_ops': '''
        batch_gather batch_to_space boolean_mask broadcast_dynamic_shape broadcast_static_shape concat
        depth_to_space expand_dims extract_image_patches fill gather gather_nd image.extract_image_patches
        linalg.diag=matrix_diag linalg.diag_part=matrix_diag_part linalg.matrix_transpose
        linalg.set_diag=matrix_set_diag linalg.transpose=matrix_transpose manip.gather_nd manip.reshape matrix_diag
        matrix_diag_part matrix_set_diag matrix_transpose meshgrid nn.depth_to_space nn.space_to_batch
        nn.space_to_depth one_hot ones ones_like pad parallel_stack rank repeat required_space_to_batch_paddings
        reshape reverse_sequence searchsorted sequence_mask setdiff1d shape shape_n size slice space_to_batch
        space_to_depth split squeeze stack strided_slice transpose unique unique_with_counts unstack where where_v2
        zeros zeros_like
    ''',
    'ops.candidate_sampling_ops': '''
        nn.all_candidate_sampler nn.compute_accidental_hits nn.fixed_unigram_candidate_sampler
        nn.learned_unigram_candidate_sampler nn.log_uniform_candidate_sampler nn.uniform_candidate_sampler
        random.all_candidate_sampler random.fixed_unigram_candidate_sampler random.learned_unigram_candidate_sampler
        random.log_uniform_candidate_sampler random.uniform_candidate_sampler
    ''',
    'ops.check_ops': '''
        assert_equal assert_greater assert_greater_equal assert_integer assert_less assert_less_equal assert_near
        assert_negative assert_non_negative assert_non_positive assert_none_equal assert_positive
        assert_proper_iterable assert_rank assert_rank_at_least assert_rank_in assert_same_float_dtype assert_scalar
        assert_type ensure_shape debugging.assert_equal debugging.assert_greater debugging.assert_greater_equal
        debugging.assert_integer debugging.assert_less debugging.assert_less_equal debugging.assert_near
        debugging.assert_negative debugging.assert_non_negative debugging.assert_non_positive
        debugging.assert_none_equal debugging.assert_positive debugging.assert_proper_iterable debugging.assert_rank
        debugging.assert_rank_at_least debugging.assert_rank_in debugging.assert_same_float_dtype
        debugging.assert_scalar debugging.assert_type debugging.is_non_decreasing debugging.is_numeric_tensor
        debugging.is_strictly_increasing is_non_decreasing is_numeric_tensor is_strictly_increasing
        math.is_non_decreasing math.is_strictly_increasing
    ''',
    'ops.clip_ops': '''
        clip_by_average_norm clip_by_global_norm clip_by_norm clip_by_value global_norm linalg.global_norm
    ''',
    'ops.confusion_matrix': '''
        confusion_matrix=confusion_matrix_v1 math.confusion_matrix=confusion_matrix_v1
    ''',
    'ops.ctc_labels': 'nn.collapse_repeated nn.ctc_unique_labels',
    'ops.embedding_ops': '''
        nn.embedding_lookup
    ''',
    'ops.image_ops_impl': '''
        image.ResizeMethod=ResizeMethodV1 image.adjust_brightness image.adjust_gamma image.central_crop
        image.convert_image_dtype image.crop_and_resize=crop_and_resize_v1 image.crop_to_bounding_box image.flip_left_right
        image.flip_up_down image.grayscale_to_rgb image.non_max_suppression image.pad_to_bounding_box image.per_image_standardization
        image.random_brightness image.random_flip_left_right image.random_flip_up_down image.resize=resize_images
        image.resize_bicubic image.resize_bilinear image.resize_image_with_crop_or_pad image.resize_images
        image.resize_nearest_neighbor image.resize_with_crop_or_pad=resize_image_with_crop_or_pad
        image.rgb_to_grayscale image.transpose image.transpose_image=transpose
    ''',
    'ops.embedding_sparse': 'nn.embedding_lookup_sparse nn.safe_embedding_lookup_sparse',
    'ops.histogram_ops': 'histogram_fixed_width histogram_fixed_width_bins',
    'ops.image_colors': '''
        image.adjust_contrast image.adjust_hue image.adjust_jpeg_quality image.adjust_saturation image.random_contrast
        image.random_hue image.random_jpeg_quality image.random_saturation image.rgb_to_yiq image.rgb_to_yuv
        image.yiq_to_rgb image.yuv_to_rgb
    ''',
    'ops.image_decoding': 'image.decode_image image.is_jpeg io.decode_image io.is_jpeg',
    'ops.image_measures': '''
        image.image_gradients image.psnr image.sobel_edges image.ssim image.ssim_multiscale image.total_variation
    ''',
    'ops.image_shapes': '''
        image.combined_non_max_suppression image.draw_bounding_boxes image.extract_glimpse image.extract_patches
        image.non_max_suppression_overlaps=non_max_suppression_with_overlaps image.non_max_suppression_padded
        image.non_max_suppression_with_scores image.resize_image_with_pad image.rot90 image.sample_distorted_bounding_box
    ''',
    'ops.gradient_checker': 'test.compute_gradient test.compute_gradient_error',
    'ops.init_ops': '''
        constant_initializer=Constant glorot_normal_initializer=GlorotNormal
        glorot_uniform_initializer=GlorotUniform initializers.constant=Constant
        initializers.glorot_normal=GlorotNormal initializers.glorot_uniform=GlorotUniform initializers.he_normal
        initializers.he_uniform initializers.identity=Identity initializers.lecun_normal initializers.lecun_uniform
        initializers.ones=Ones initializers.orthogonal=Orthogonal initializers.random_normal=RandomNormal
        initializers.random_uniform=RandomUniform initializers.truncated_normal=TruncatedNormal
        initializers.uniform_unit_scaling=UniformUnitScaling initializers.variance_scaling=VarianceScaling
        initializers.zeros=Zeros keras.initializers.Constant keras.initializers.Identity
        keras.initializers.Initializer keras.initializers.Ones keras.initializers.Orthogonal
        keras.initializers.VarianceScaling keras.initializers.Zeros keras.initializers.constant=Constant
        keras.initializers.glorot_normal=glorot_normal_initializer
        keras.initializers.glorot_uniform=glorot_uniform_initializer keras.initializers.he_normal
        keras.initializers.he_uniform keras.initializers.identity=Identity keras.initializers.lecun_normal
        keras.initializers.lecun_uniform keras.initializers.ones=Ones keras.initializers.orthogonal=Orthogonal
        keras.initializers.zeros=Zeros ones_initializer=Ones orthogonal_initializer=Orthogonal
        random_normal_initializer=RandomNormal random_uniform_initializer=RandomUniform
        truncated_normal_initializer=TruncatedNormal uniform_unit_scaling_initializer=UniformUnitScaling
        variance_scaling_initializer=VarianceScaling zeros_initializer=Zeros
    ''',
    'ops.keras_initializers': '''
        keras.initializers.RandomNormal keras.initializers.RandomUniform keras.initializers.TruncatedNormal
        keras.initializers.normal=RandomNormal keras.initializers.random_normal=RandomNormal
        keras.initializers.random_uniform=RandomUniform keras.initializers.truncated_normal=TruncatedNormal
        keras.initializers.uniform=RandomUniform
    ''',
    'ops.linalg_ops': '''
        cholesky_solve eye linalg.adjoint linalg.cholesky_solve linalg.eigh=self_adjoint_eig
        linalg.eigvalsh=self_adjoint_eigvals linalg.eye linalg.logdet linalg.lstsq=matrix_solve_ls linalg.norm
        linalg.normalize linalg.svd matrix_solve_ls norm self_adjoint_eig self_adjoint_eigvals svd
    ''',
    'ops.logging_ops': 'print=print_v2',
    'ops.losses.losses_impl': '''
        losses.Reduction losses.absolute_difference losses.compute_weighted_loss losses.cosine_distance
        losses.hinge_loss losses.huber_loss losses.log_loss losses.mean_pairwise_squared_error
        losses.mean_squared_error losses.sigmoid_cross_entropy losses.softmax_cross_entropy
        losses.sparse_softmax_cross_entropy
    ''',
    'ops.losses.util': '''
        losses.add_loss losses.get_losses losses.get_regularization_loss losses.get_regularization_losses
        losses.get_total_loss
    ''',
    'ops.manip_ops': 'manip.roll roll',
    'ops.math_ops': '''
        abs accumulate_n add_n angle argmax argmin bincount=bincount_v1 cast complex conj count_nonzero cumprod
        cumsum div div_no_nan divide dtypes.cast dtypes.complex dtypes.saturate_cast equal floordiv imag
        linalg.matmul linalg.matvec linalg.tensordot linalg.trace log_sigmoid logical_xor math.abs math.accumulate_n
        math.add_n math.angle math.argmax math.argmin math.bincount=bincount_v1 math.conj math.count_nonzero
        math.cumprod math.cumsum math.cumulative_logsumexp math.divide math.divide_no_nan=div_no_nan math.equal
        math.floordiv math.imag math.log_sigmoid math.logical_xor math.multiply math.multiply_no_nan math.not_equal
        math.polyval math.pow math.real math.reciprocal_no_nan math.reduce_all=reduce_all_v1
        math.reduce_any=reduce_any_v1 math.reduce_euclidean_norm math.reduce_logsumexp=reduce_logsumexp_v1
        math.reduce_max=reduce_max_v1 math.reduce_mean=reduce_mean_v1 math.reduce_min=reduce_min_v1
        math.reduce_prod=reduce_prod_v1 math.reduce_std math.reduce_sum=reduce_sum_v1 math.reduce_variance
        math.round math.scalar_mul math.sigmoid math.subtract math.truediv math.unsorted_segment_mean
        math.unsorted_segment_sqrt_n matmul multiply nn.sigmoid not_equal pow range real reduce_all=reduce_all_v1
        reduce_any=reduce_any_v1 reduce_logsumexp=reduce_logsumexp_v1 reduce_max=reduce_max_v1
        reduce_mean=reduce_mean_v1 reduce_min=reduce_min_v1 reduce_prod=reduce_prod_v1 reduce_sum=reduce_sum_v1
        round saturate_cast scalar_mul sigmoid sparse.segment_mean=sparse_segment_mean sparse.segment_sqrt_n=sparse_segment_sqrt_n
        sparse.segment_sum=sparse_segment_sum sparse_segment_mean sparse_segment_sqrt_n sparse_segment_sum subtract
        tensordot to_bfloat16 to_complex128 to_complex64 to_double
        to_float to_int32 to_int64 trace truediv unsorted_segment_mean unsorted_segment_sqrt_n
    ''',
    'ops.matrix_exponential': 'linalg.expm=matrix_exponential',
    'ops.metric_counts': '''
        metrics.false_negatives metrics.false_positives metrics.precision metrics.recall metrics.true_negatives
        metrics.true_positives
    ''',
    'ops.metric_means': '''
        metrics.mean_cosine_distance metrics.mean_iou metrics.mean_per_class_accuracy metrics.mean_relative_error
        metrics.mean_tensor metrics.percentage_below metrics.root_mean_squared_error
    ''',
    'ops.metric_thresholds': '''
        metrics.auc metrics.false_negatives_at_thresholds metrics.false_positives_at_thresholds
        metrics.precision_at_thresholds metrics.recall_at_thresholds metrics.sensitivity_at_specificity
        metrics.specificity_at_sensitivity metrics.true_negatives_at_thresholds metrics.true_positives_at_thresholds
    ''',
    'ops.metrics_impl': '''
        metrics.accuracy metrics.mean metrics.mean_absolute_error metrics.mean_squared_error
    ''',
    'ops.nn_impl': '''
        linalg.l2_normalize math.l2_normalize math.zero_fraction nn.batch_norm_with_global_normalization
        nn.batch_normalization nn.depthwise_conv2d nn.fused_batch_norm nn.l2_normalize nn.log_poisson_loss
        nn.moments nn.normalize_moments nn.relu_layer nn.separable_conv2d nn.sigmoid_cross_entropy_with_logits
        nn.sufficient_statistics nn.swish nn.weighted_cross_entropy_with_logits nn.weighted_moments nn.zero_fraction
    ''',
    'ops.nn_ops': '''
        math.in_top_k math.log_softmax math.softmax math.top_k nn.atrous_conv2d nn.atrous_conv2d_transpose
        nn.avg_pool nn.avg_pool1d nn.avg_pool2d=avg_pool nn.avg_pool3d nn.bias_add nn.conv1d nn.conv2d
        nn.conv2d_backprop_filter nn.conv2d_backprop_input nn.conv2d_transpose nn.conv3d=conv3d_v1
        nn.conv3d_transpose nn.convolution nn.crelu nn.dropout nn.in_top_k nn.leaky_relu nn.log_softmax nn.max_pool
        nn.max_pool1d nn.max_pool2d nn.max_pool3d nn.max_pool_with_argmax=max_pool_with_argmax_v1 nn.pool nn.relu6
        nn.softmax nn.softmax_cross_entropy_with_logits
        nn.softmax_cross_entropy_with_logits_v2=softmax_cross_entropy_with_logits_v2_helper
        nn.sparse_softmax_cross_entropy_with_logits nn.top_k nn.with_space_to_batch nn.xw_plus_b
    ''',
    'ops.nn_pool': 'nn.avg_pool_v2 nn.max_pool_v2',
    'ops.nn_transposed': '''
        nn.conv1d_transpose nn.conv_transpose nn.dilation2d nn.erosion2d
    ''',
    'ops.parsing_ops': '''
        decode_csv decode_raw=decode_raw_v1 io.decode_csv io.decode_raw=decode_raw_v1 io.parse_example
        io.parse_single_example parse_example parse_single_example
    ''',
    'ops.parsing_features': '''
        FixedLenFeature FixedLenSequenceFeature SparseFeature VarLenFeature io.FixedLenFeature
        io.FixedLenSequenceFeature io.SparseFeature io.VarLenFeature
    ''',
    'ops.partitioned_variables': '''
        create_partitioned_variables fixed_size_partitioner min_max_variable_partitioner
        variable_axis_size_partitioner
    ''',
    'ops.plain': '''
        acos acosh add arg_max arg_min as_string asin asinh atan atan2 atanh audio.decode_wav audio.encode_wav
        batch_to_space_nd betainc bitcast bitwise.bitwise_and bitwise.bitwise_or bitwise.bitwise_xor bitwise.invert
        bitwise.left_shift bitwise.right_shift broadcast_to ceil check_numerics cholesky cos cosh cross
        debugging.check_numerics debugging.is_finite debugging.is_inf debugging.is_nan decode_base64 decode_compressed
        decode_json_example dequantize diag diag_part digamma dtypes.as_string dynamic_partition dynamic_stitch
        encode_base64 erf erfc exp expm1 extract_volume_patches fake_quant_with_min_max_args
        fake_quant_with_min_max_args_gradient fake_quant_with_min_max_vars fake_quant_with_min_max_vars_gradient
        fake_quant_with_min_max_vars_per_channel fake_quant_with_min_max_vars_per_channel_gradient fft fft2d fft3d
        floor floor_div floormod=floor_mod greater greater_equal guarantee_const identity_n ifft ifft2d ifft3d igamma
        igammac image.decode_and_crop_jpeg image.decode_bmp image.decode_gif image.decode_jpeg image.decode_png
        image.encode_jpeg image.encode_png image.extract_jpeg_shape image.hsv_to_rgb image.resize_area
        image.rgb_to_hsv invert_permutation io.decode_and_crop_jpeg io.decode_base64 io.decode_bmp
        io.decode_compressed io.decode_gif io.decode_jpeg io.decode_json_example io.decode_png
        io.decode_proto=decode_proto_v2 io.encode_base64 io.encode_jpeg io.encode_proto io.extract_jpeg_shape
        io.matching_files io.parse_tensor io.read_file io.serialize_tensor io.write_file is_finite is_inf is_nan less
        less_equal lgamma lin_space linalg.band_part=matrix_band_part linalg.cholesky linalg.cross
        linalg.det=matrix_determinant linalg.inv=matrix_inverse linalg.logm=matrix_logarithm linalg.lu linalg.qr
        linalg.slogdet=log_matrix_determinant linalg.solve=matrix_solve linalg.sqrtm=matrix_square_root
        linalg.tensor_diag=diag linalg.tensor_diag_part=diag_part linalg.triangular_solve=matrix_triangular_solve
        linspace=lin_space log log1p logical_and logical_not logical_or manip.batch_to_space_nd
        manip.reverse=reverse_v2 manip.scatter_nd manip.space_to_batch_nd manip.tile matching_files math.acos
        math.acosh math.add math.asin math.asinh math.atan math.atan2 math.atanh math.bessel_i0e math.bessel_i1e
        math.betainc math.ceil math.cos math.cosh math.digamma math.erf math.erfc math.exp math.expm1 math.floor
        math.floormod=floor_mod math.greater math.greater_equal math.igamma math.igammac math.invert_permutation
        math.is_finite math.is_inf math.is_nan math.less math.less_equal math.lgamma math.log math.log1p
        math.logical_and math.logical_not math.logical_or math.maximum math.minimum math.mod=floor_mod
        math.negative=neg math.nextafter=next_after math.polygamma math.reciprocal math.rint math.rsqrt
        math.segment_max math.segment_mean math.segment_min math.segment_prod math.segment_sum math.sign math.sin
        math.sinh math.softplus math.softsign math.sqrt math.square math.squared_difference math.tan math.tanh
        math.unsorted_segment_max math.unsorted_segment_min math.unsorted_segment_prod math.unsorted_segment_sum
        math.xdivy math.xlogy math.zeta matrix_band_part matrix_determinant matrix_inverse matrix_solve
        matrix_square_root matrix_triangular_solve maximum minimum mod=floor_mod negative=neg
        nn.conv3d_backprop_filter=conv3d_backprop_filter_v2 nn.conv3d_backprop_filter_v2
        nn.depthwise_conv2d_backprop_filter=depthwise_conv2d_native_backprop_filter
        nn.depthwise_conv2d_backprop_input=depthwise_conv2d_native_backprop_input nn.depthwise_conv2d_native
        nn.depthwise_conv2d_native_backprop_filter nn.depthwise_conv2d_native_backprop_input nn.elu nn.l2_loss
        nn.local_response_normalization=lrn nn.lrn nn.quantized_avg_pool nn.quantized_conv2d nn.quantized_max_pool
        nn.quantized_relu_x nn.relu nn.selu nn.softplus nn.softsign nn.tanh parse_tensor polygamma qr
        quantization.dequantize quantization.fake_quant_with_min_max_args
        quantization.fake_quant_with_min_max_args_gradient quantization.fake_quant_with_min_max_vars
        quantization.fake_quant_with_min_max_vars_gradient quantization.fake_quant_with_min_max_vars_per_channel
        quantization.fake_quant_with_min_max_vars_per_channel_gradient quantization.quantized_concat quantized_concat
        read_file realdiv=real_div reciprocal reverse=reverse_v2 reverse_v2 rint rsqrt scatter_nd segment_max
        segment_mean segment_min segment_prod segment_sum serialize_tensor sign signal.fft signal.fft2d signal.fft3d
        signal.ifft signal.ifft2d signal.ifft3d sin sinh space_to_batch_nd sparse_matmul=sparse_mat_mul spectral.fft
        spectral.fft2d spectral.fft3d spectral.ifft spectral.ifft2d spectral.ifft3d sqrt square squared_difference
        string_join string_strip string_to_hash_bucket_fast string_to_hash_bucket_strong strings.as_string
        strings.join=string_join strings.lower=string_lower strings.strip=string_strip
        strings.to_hash_bucket_fast=string_to_hash_bucket_fast
        strings.to_hash_bucket_strong=string_to_hash_bucket_strong strings.unicode_script strings.unicode_transcode
        strings.unsorted_segment_join strings.upper=string_upper tan tanh tensor_scatter_add
        tensor_scatter_nd_add=tensor_scatter_add tensor_scatter_nd_sub=tensor_scatter_sub
        tensor_scatter_nd_update=tensor_scatter_update tensor_scatter_sub tensor_scatter_update tile timestamp
        train.sdca_fprint train.sdca_optimizer train.sdca_shrink_l1 truncatediv=truncate_div truncatemod=truncate_mod
        unravel_index unsorted_segment_max unsorted_segment_min unsorted_segment_prod unsorted_segment_sum write_file
        zeta
    ''',
    'ops.quantization': '''
        quantization.quantize quantization.quantize_and_dequantize quantize quantize_v2
    ''',
    'ops.random_ops': '''
        image.random_crop multinomial random.categorical random.multinomial random.normal=random_normal
        random.shuffle=random_shuffle random.truncated_normal random.uniform=random_uniform random_crop
        random_normal random_shuffle random_uniform truncated_normal
    ''',
    'ops.raw_ops': '''
        raw_ops=*
    ''',
    'ops.sampled_losses': 'nn.nce_loss nn.sampled_softmax_loss',
    'ops.sets_impl': '''
        sets.difference=set_difference sets.intersection=set_intersection sets.set_difference sets.set_intersection
        sets.set_size sets.set_union sets.size=set_size sets.union=set_union
    ''',
    'ops.signal.fft_ops': 'signal.fftshift signal.ifftshift',
    'ops.signal.mel_ops': 'signal.linear_to_mel_weight_matrix',
    'ops.signal.reconstruction_ops': 'signal.inverse_stft_window_fn signal.overlap_and_add',
    'ops.signal.shape_ops': 'signal.frame',
    'ops.signal.window_ops': 'signal.hamming_window signal.hann_window',
    'ops.sort_ops': 'argsort sort',
    'ops.sparse_ops': '''
        sparse.add=sparse_add sparse.fill_empty_rows=sparse_fill_empty_rows sparse.from_dense
        sparse.matmul=sparse_tensor_dense_matmul sparse.maximum=sparse_maximum sparse.merge=sparse_merge
        sparse.minimum=sparse_minimum sparse.reduce_max=sparse_reduce_max
        sparse.reduce_max_sparse=sparse_reduce_max_sparse sparse.reduce_sum=sparse_reduce_sum
        sparse.reduce_sum_sparse=sparse_reduce_sum_sparse sparse.reorder=sparse_reorder sparse.retain=sparse_retain
        sparse.softmax=sparse_softmax sparse.sparse_dense_matmul=sparse_tensor_dense_matmul
        sparse.to_dense=sparse_tensor_to_dense sparse.to_indicator=sparse_to_indicator sparse_add
        sparse_fill_empty_rows sparse_maximum sparse_merge sparse_minimum sparse_reduce_max sparse_reduce_max_sparse
        sparse_reduce_sum sparse_reduce_sum_sparse sparse_reorder sparse_retain sparse_softmax
        sparse_tensor_dense_matmul sparse_tensor_to_dense sparse_to_dense sparse_to_indicator
    ''',
    'ops.sparse_pieces': '''
        sparse.concat=sparse_concat sparse.expand_dims=sparse_expand_dims sparse.eye=sparse_eye
        sparse.mask=sparse_mask sparse.reset_shape=sparse_reset_shape sparse.reshape=sparse_reshape
        sparse.slice=sparse_slice sparse.split=sparse_split sparse.transpose=sparse_transpose sparse_concat
        sparse_mask sparse_reset_shape sparse_reshape sparse_slice sparse_split sparse_transpose
    ''',
    'ops.special_math_ops': 'einsum lbeta linalg.einsum math.bessel_i0 math.bessel_i1 math.lbeta',
    'ops.stateless_random_ops': '''
        random.stateless_categorical random.stateless_multinomial random.stateless_normal=stateless_random_normal
        random.stateless_truncated_normal random.stateless_uniform=stateless_random_uniform
    ''',
    'ops.state_ops': '''
        assign assign_add assign_sub batch_scatter_update count_up_to scatter_add scatter_div scatter_max scatter_min scatter_mul
        scatter_nd_add scatter_nd_sub scatter_nd_update scatter_sub scatter_update
    ''',
    'ops.string_ops': '''
        reduce_join regex_replace string_split string_to_hash_bucket=string_to_hash_bucket_v1
        string_to_number=string_to_number_v1 strings.format=string_format strings.length=string_length
        strings.reduce_join strings.regex_full_match strings.regex_replace strings.split=strings_split strings.substr
        strings.to_hash_bucket=string_to_hash_bucket_v1 strings.to_number=string_to_number_v1
        substr=substr_deprecated
    ''',
    'ops.template': 'make_template',
    'ops.variable_scope': '''
        AUTO_REUSE VariableScope disable_resource_variables enable_resource_variables get_local_variable
        get_variable get_variable_scope no_regularizer resource_variables_enabled
        variable_creator_scope=variable_creator_scope_v1 variable_op_scope variable_scope
    ''',
    'ops.variables': '''
        Variable=VariableV1 VariableAggregation VariableSynchronization all_variables assert_variables_initialized
        global_variables global_variables_initializer initialize_all_variables initialize_local_variables
        initialize_variables initializers.global_variables=global_variables_initializer
        initializers.local_variables=local_variables_initializer initializers.variables=variables_initializer
        is_variable_initialized local_variables local_variables_initializer model_variables moving_average_variables
        report_uninitialized_variables trainable_variables variables_initializer
    ''',
}
