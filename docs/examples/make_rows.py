"""Write a few rows of the town's text as bytes: data for the rehearsal, made in seconds and without a tokenizer."""

import sys
from collections.abc import Iterator
from itertools import islice

from minillama.packing import pack_documents
from minillama.shards import write_shards
from minillama.world.documents import documents

BOS, EOS, ROW = 256, 257, 65


def ids() -> Iterator[list[int]]:
    """Documents as their bytes, between two more tokens."""
    for document in islice(documents(1, "train"), 200):
        yield [BOS, *document.text.encode(), EOS]


shards = write_shards(sys.argv[1], pack_documents(ids(), ROW, BOS), ROW, 258, bos_id=BOS, eos_id=EOS)
print(f"{len(shards):,} rows of {ROW} tokens in {sys.argv[1]}")
