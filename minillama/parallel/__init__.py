"""Training on many processes: how to split a model, what it costs, and how it runs."""
