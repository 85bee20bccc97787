"""``python -m minillama`` is the command ``minillama``; torchrun starts it in this form."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
