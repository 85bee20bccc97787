"""One file per module: its exercises with difficulty, time and hints."""
