"""Classes drawn for losses over many classes."""
from icecore.tf.framework.random_seed import get_seed
from icecore.tf.ops import plain


def uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None):
    """Drawn with equal chances: the classes, and how often true and drawn ones are to be expected."""
    seed, seed2 = get_seed(seed)
    return plain.uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=seed,
                                           seed2=seed2, name=name)


def log_uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None):
    """Drawn by Zipf's law, the low numbers most often."""
    seed, seed2 = get_seed(seed)
    return plain.log_uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=seed,
                                               seed2=seed2, name=name)


def learned_unigram_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None):
    """Drawn as often as they were true so far."""
    seed, seed2 = get_seed(seed)
    return plain.learned_unigram_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=seed,
                                                   seed2=seed2, name=name)


def fixed_unigram_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, vocab_file='',
                                    distortion=1.0, num_reserved_ids=0, num_shards=1, shard=0, unigrams=(), seed=None,
                                    name=None):
    """Drawn by counts that a file or a list tells."""
    seed, seed2 = get_seed(seed)
    return plain.fixed_unigram_candidate_sampler(
        true_classes, num_true, num_sampled, unique, range_max, vocab_file=vocab_file, distortion=distortion,
        num_reserved_ids=num_reserved_ids, num_shards=num_shards, shard=shard, unigrams=unigrams, seed=seed,
        seed2=seed2, name=name)


def all_candidate_sampler(true_classes, num_true, num_sampled, unique, seed=None, name=None):
    """Every class, for tests."""
    seed, seed2 = get_seed(seed)
    return plain.all_candidate_sampler(true_classes, num_true, num_sampled, unique, seed=seed, seed2=seed2, name=name)


def compute_accidental_hits(true_classes, sampled_candidates, num_true, seed=None, name=None):
    """Where a drawn class is a true one: rows, places among the drawn, and weights that take them out."""
    seed, seed2 = get_seed(seed)
    return plain.compute_accidental_hits(true_classes, sampled_candidates, num_true, seed=seed, seed2=seed2, name=name)
