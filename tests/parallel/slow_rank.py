"""Be `minillama`, but read data slowly on the rank that SLOW_RANK names: a disk that fails, for test_faults.py."""

import os
import sys
import time

from minillama.cli import main
from minillama.data import Loader

if os.environ["RANK"] == os.environ["SLOW_RANK"]:
    read = Loader.__next__

    def read_slowly(loader: Loader) -> object:
        """Read a batch, late."""
        time.sleep(0.1)
        return read(loader)

    Loader.__next__ = read_slowly

sys.exit(main())
