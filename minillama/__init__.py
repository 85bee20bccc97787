"""minillama: the LLaMA stack in small, readable PyTorch.

Shape letters used throughout: B batch, T new tokens, S tokens attended to, C dim (width of
the residual stream), H query heads, K key-value heads, D head_dim, F hidden_dim, V vocabulary.

Parts are imported from the module that teaches them: ``from minillama.rope import apply_rope``.
"""

from importlib import import_module

__version__ = "0.1.0"

# Public name -> module. Resolved on first use, so that `import minillama` stays fast.
_HOMES = {
    "ModelConfig": "config",
    "PRESETS": "config",
    "Llama": "model",
    "KVCache": "cache",
    "FixedCache": "fixed_cache",
    "RingCache": "ring_cache",
    "Int8Cache": "quantized_cache",
    "FastLlama": "fast",
    "CompiledLlama": "compiled",
    "generate": "generation",
    "generate_batch": "generation",
    "endless_cache": "generation",
    "sample": "sampling",
    "Sampling": "sampling",
    "speculate": "speculative",
    "Tokenizer": "tokenizer",
    "load_tokenizer": "formats.tokenizer_files",
    "save_tokenizer": "formats.tokenizer_files",
    "train_byte_level": "tokenizer_training",
    "train_sentencepiece_style": "tokenizer_training",
    "load_gguf": "formats.gguf",
    "load_huggingface": "formats.huggingface",
    "save_huggingface": "formats.huggingface_writer",
    "CheckpointError": "formats.names",
    "pack_documents": "packing",
    "write_shards": "shards",
    "TokenShards": "shards",
    "Loader": "data",
    "next_token_loss": "loss",
    "bits_per_byte": "loss",
    "make_optimizer": "optimizer",
    "TrainConfig": "train_config",
    "Step": "train_config",
    "train": "training",
    "evaluate_loss": "training",
    "fuse_layers": "fusion",
    "recompute_activations": "recompute",
    "save_checkpoint": "checkpoint",
    "load_checkpoint": "checkpoint",
    "Grid": "quantization",
    "QuantizedLinear": "quantized_layers",
    "quantize_model": "quantized_layers",
    "load_gguf_quantized": "formats.gguf_quantized",
    "save_quantized": "quantized_checkpoint",
    "load_quantized": "quantized_checkpoint",
    "start_processes": "parallel.mesh",
    "make_mesh": "parallel.mesh",
    "Layout": "parallel.layout",
    "broadcast_weights": "parallel.data",
    "average_gradients": "parallel.data",
    "shard_weights": "parallel.shard",
    "shard_tensors": "parallel.tensor",
    "make_plan": "parallel.planner",
    "search_layouts": "parallel.planner",
    "Workload": "parallel.memory_plan",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Import a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"minillama has no public name {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
