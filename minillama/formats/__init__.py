"""Other programs' files: names, layouts and number formats of Hugging Face, Meta and GGUF checkpoints."""
