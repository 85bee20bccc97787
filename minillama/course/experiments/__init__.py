"""Experiments too long for a notebook: each ships its table and trains one row of it live."""
