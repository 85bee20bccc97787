"""Measurements side by side with other programs; `python -m benchmarks.NAME` runs one."""
