"""Where TensorFlow 2.21 answers cases of ops otherwise than 1.15.5, and why. make_op_goldens.py --check lets it, and complains
of what stands here and doesn't differ. Icecore answers as 1.15.5 does."""
import fnmatch

# Family, cases (as in a shell), what 2.21 does.
KNOWN = [
    ('array', 'gather_batch_later', '1.15.5 adds the gradient of a batched Gather at the wrong batch; mended since'),
    ('array', 'fill_with_one', 'a vector of one is taken for a number; it was refused'),
    ('array', 'fill_of_scalar', 'a number is taken for a vector of one; it was refused'),
    ('array', 'concat_axis_of_one', 'a vector of one is taken for a number; it was refused'),
    ('array', 'concat_old_axis_vector', 'the same'),
    ('array', 'range_of_vector', 'the same'),
    ('bias', 'bias_nchw_2d', 'matrices have channels first, too; they were refused'),
    ('decompositions', 'inverse_float??_adjoint', 'the gradient of the matrix; it was that of its adjoint'),
    ('decompositions', 'triangular_singular', 'the solution is infinite; it was refused'),
    ('decompositions', 'cholesky_indefinite', 'the factor is NaN; it was refused'),
    ('functions', 'Sign_odd', 'the sign of NaN is NaN; it was 0'),
    ('functions', 'Rsqrt_odd', 'of -0 it is -infinity; it was infinity'),
    ('functions', 'Digamma_odd', 'at poles it is NaN; it was infinity'),
    ('functions', 'Round_int*', 'whole numbers give zeros'),
    ('image', 'nms*_3', 'of equal scores the first box is chosen; it was the order of a heap'),
    ('image', 'nms*_30', 'the same'),
    ('image', 'nms_many', 'the same'),
    ('image', 'nms_exact', 'an overlap of just the threshold is let; it was not'),
    ('losses', 'sparse_int*', 'the gradient of the second output counts too'),
    ('normalization', 'train', 'the estimates that training ignores have no gradient; it was zeros'),
    ('normalization', 'trainV?', 'the same'),
    ('normalization', 'grad*_[01]', 'the unused outputs are empty; they were scalars'),
    ('normalization', 'grad_empty', 'the same'),
    ('normalization', 'train_estimates', 'training takes estimates, for a moving average; it refused them'),
    ('places', 'unravel_beyond', 'an index beyond the dimensions is refused; it went round'),
    ('places', 'format_strings', 'bytes beyond ASCII are shown as they are; they were escaped'),
    ('quantized', 'fake_channels_8', 'a value half way between two levels becomes the other one'),
    ('reduction', '*_axis_twice', 'an axis that is named twice is refused'),
    ('reduction', 'euclideannorm_ones', 'where nothing is summed it is the absolute value; it was the value'),
    ('reduction', 'euclideannorm_none', 'the same'),
    ('reduction', 'mean_wraps', 'bytes are summed in a wider type'),
    ('reduction', 'm??_nan', 'NaN goes through; it was left out'),
    ('strings', 'to_number_long', 'digits beyond those that a number holds are taken; they were refused'),
]


def is_known(family, case):
    return any(family == of and fnmatch.fnmatchcase(case, pattern) for of, pattern, _ in KNOWN)
