"""A small simulated town, written out in the seven kinds of source of the LLaMA mixture, with its exact entropy."""
