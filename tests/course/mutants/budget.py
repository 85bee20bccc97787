"""Plausible wrong answers to the exercises of chapter 06 on counting."""

from minillama.budget import forward_flops, kv_cache_bytes, parameters_by_part

from . import mutant


def _with(config, **changed):
    return {**parameters_by_part(config), **changed}


@mutant("budget.parameters_by_part", "every matrix is counted as C x C")
def square_matrices(config):
    return _with(config, attention=config.n_layers * 4 * config.dim**2)


@mutant("budget.parameters_by_part", "they have n_kv_heads")
def ignores_shared_heads(config):
    return _with(config, attention=config.n_layers * 4 * config.dim * config.n_heads * config.head_dim)


@mutant("budget.parameters_by_part", "multiply by n_layers")
def counts_one_block(config):
    return _with(config, attention=parameters_by_part(config)["attention"] // config.n_layers)


@mutant("budget.parameters_by_part", "with o_proj")
def forgets_o_proj(config):
    width = config.head_dim * (config.n_heads + 2 * config.n_kv_heads)
    return _with(config, attention=config.n_layers * config.dim * width)


@mutant("budget.parameters_by_part", "three matrices: gate, up and down")
def forgets_the_gate(config):
    return _with(config, **{"feed-forward": config.n_layers * 2 * config.dim * config.hidden_dim})


@mutant("budget.parameters_by_part", "after the last block is missing")
def forgets_the_final_norm(config):
    return _with(config, norms=2 * config.n_layers * config.dim)


@mutant("budget.parameters_by_part", "two norms in each block")
def counts_one_norm(config):
    return _with(config, norms=(config.n_layers + 1) * config.dim)


@mutant("budget.parameters_by_part", "a gain and no bias")
def counts_biases(config):
    return _with(config, norms=2 * (2 * config.n_layers + 1) * config.dim)


@mutant("budget.parameters_by_part", "counted there")
def counts_a_tied_head(config):
    return _with(config, head=config.vocab_size * config.dim)


@mutant("budget.parameters_by_part", "without tying")
def never_counts_the_head(config):
    return _with(config, head=0)


@mutant("budget.parameters_by_part", "expected ['embedding'")
def names_them_otherwise(config):
    return {"feedforward" if part == "feed-forward" else part: n for part, n in parameters_by_part(config).items()}


@mutant("budget.parameters_by_part", "whole numbers")
def divides(config):
    return {part: count / 1 for part, count in parameters_by_part(config).items()}


@mutant("budget.parameters_by_part", "expected a dict")
def returns_the_total(config):
    return sum(parameters_by_part(config).values())


@mutant("budget.kv_cache_bytes", "a key and a value")
def counts_keys_only(config, n_tokens=1, bytes_per_element=2):
    return kv_cache_bytes(config, n_tokens, bytes_per_element) / 2


@mutant("budget.kv_cache_bytes", "multiply by n_layers")
def counts_one_layer(config, n_tokens=1, bytes_per_element=2):
    return kv_cache_bytes(config, n_tokens, bytes_per_element) / config.n_layers


@mutant("budget.kv_cache_bytes", "only key-value heads are cached")
def counts_query_heads(config, n_tokens=1, bytes_per_element=2):
    return 2 * config.n_layers * config.n_heads * config.head_dim * n_tokens * bytes_per_element


@mutant("budget.kv_cache_bytes", "multiply by n_tokens")
def ignores_tokens(config, n_tokens=1, bytes_per_element=2):
    return kv_cache_bytes(config, 1, bytes_per_element)


@mutant("budget.kv_cache_bytes", "use bytes_per_element")
def assumes_float16(config, n_tokens=1, bytes_per_element=2):
    return kv_cache_bytes(config, n_tokens)


@mutant("budget.kv_cache_bytes", "return statement")
def returns_nothing(config, n_tokens=1, bytes_per_element=2):
    kv_cache_bytes(config, n_tokens, bytes_per_element)


def _looking_back(config, n_context):
    return 4 * config.n_layers * config.n_heads * config.head_dim * n_context


@mutant("budget.forward_flops", "2 operations")
def counts_multiplications_only(config, n_context=0):
    return forward_flops(config) // 2 + _looking_back(config, n_context)


@mutant("budget.forward_flops", "all parameters are counted")
def twice_all_parameters(config, n_context=0):
    return 2 * sum(parameters_by_part(config).values()) + _looking_back(config, n_context)


@mutant("budget.forward_flops", "norms are counted")
def counts_the_norms(config, n_context=0):
    return forward_flops(config, n_context) + 2 * parameters_by_part(config)["norms"]


@mutant("budget.forward_flops", "the head is missing")
def forgets_the_head(config, n_context=0):
    return forward_flops(config, n_context) - 2 * config.vocab_size * config.dim


@mutant("budget.forward_flops", "multiplies by the V x C matrix all the same")
def gets_a_tied_head_for_free(config, n_context=0):
    parts = parameters_by_part(config)
    return 2 * (parts["attention"] + parts["feed-forward"] + parts["head"]) + _looking_back(config, n_context)


@mutant("budget.forward_flops", "n_context is not used")
def ignores_the_context(config, n_context=0):
    return forward_flops(config)


@mutant("budget.forward_flops", "weighted sum too")
def counts_scores_only(config, n_context=0):
    return forward_flops(config) + _looking_back(config, n_context) // 2


@mutant("budget.forward_flops", "count the query heads")
def counts_shared_heads_once(config, n_context=0):
    shared = config.n_heads // config.n_kv_heads
    return forward_flops(config) + _looking_back(config, n_context) // shared


@mutant("budget.forward_flops", "attention happens in every layer")
def counts_one_layer_of_attention(config, n_context=0):
    return forward_flops(config) + _looking_back(config, n_context) // config.n_layers
