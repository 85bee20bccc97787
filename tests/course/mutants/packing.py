"""Plausible wrong answers to the exercise of chapter 07 on packing."""

from . import mutant


def _pack(documents, row_length, bos_id, opens=0, choose=max):
    waiting, rows = list(documents), []
    while waiting:
        row = list(waiting.pop(opens))
        while fitting := [d for d in waiting if len(d) <= row_length - len(row)]:
            chosen = choose(fitting, key=len)
            waiting.remove(chosen)
            row += chosen
        rows.append(row)
    return [row + [bos_id] * (row_length - len(row)) for row in rows]


@mutant("packing.pack_rows", "the longest one that fits")
def takes_the_next_that_fits(documents, row_length, bos_id):
    return _pack(documents, row_length, bos_id, choose=lambda fitting, key: fitting[0])


@mutant("packing.pack_rows", "the longest one that fits")
def takes_the_shortest(documents, row_length, bos_id):
    return _pack(documents, row_length, bos_id, choose=min)


@mutant("packing.pack_rows", "must wait for")
def cuts_the_stream(documents, row_length, bos_id):
    stream = [token for document in documents for token in document]
    stream += [bos_id] * (-len(stream) % row_length)
    return [stream[start : start + row_length] for start in range(0, len(stream), row_length)]


@mutant("packing.pack_rows", "last row too")
def leaves_rows_short(documents, row_length, bos_id):
    rows = _pack(documents, row_length, bos_id)
    while rows[-1][-1] == bos_id:
        rows[-1].pop()
    return rows


@mutant("packing.pack_rows", "the last ones too")
def loses_the_last_row(documents, row_length, bos_id):
    return _pack(documents, row_length, bos_id)[:-1]


@mutant("packing.pack_rows", "the oldest waiting document opens a row")
def sorts_first(documents, row_length, bos_id):
    return _pack(sorted(documents, key=len, reverse=True), row_length, bos_id)


@mutant("packing.pack_rows", "fill with bos_id")
def fills_with_zero(documents, row_length, bos_id):
    return _pack(documents, row_length, 0)


@mutant("packing.pack_rows", "changed one of its arguments")
def empties_the_list(documents, row_length, bos_id):
    rows = _pack(documents, row_length, bos_id)
    documents.clear()
    return rows
