"""One file per module: functions that take an answer and raise ``Wrong``."""
