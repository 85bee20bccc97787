"""Plausible wrong answers to the exercises of chapter 01 that turn text into bytes and back."""

from . import mutant


@mutant("bpe.byte_pieces", "in capitals")
def writes_small_letters(text):
    return [f"<0x{byte:02x}>" for byte in text.encode()]


@mutant("bpe.byte_pieces", "every character")
def spells_the_first_character(text):
    return [f"<0x{byte:02X}>" for byte in text[0].encode()]


@mutant("bpe.byte_pieces", "is a generator")
def yields_pieces(text):
    yield from (f"<0x{byte:02X}>" for byte in text.encode())


@mutant("bpe.byte_pieces", "two hexadecimal digits")
def drops_the_zero(text):
    return [f"<0x{byte:X}>" for byte in text.encode()]


@mutant("bpe.byte_pieces", "not the code point")
def takes_the_code_point(text):
    return [f"<0x{ord(character):02X}>" for character in text]


@mutant("bpe.decode_tokens", "join the bytes first")
def decodes_each_token(ids, tokens):
    return "".join(tokens[i].decode(errors="ignore") for i in ids)


@mutant("bpe.decode_tokens", "the token of each id")
def ignores_the_ids(ids, tokens):
    return b"".join(tokens).decode(errors="replace")


@mutant("bpe.decode_tokens", "in one step")
def falls_back_to_single_tokens(ids, tokens):
    try:
        return b"".join(tokens[i] for i in ids).decode()
    except UnicodeDecodeError:
        return "".join(tokens[i].decode(errors="replace") for i in ids)


@mutant("bpe.decode_tokens", "errors='replace'")
def raises_on_invalid_bytes(ids, tokens):
    return b"".join(tokens[i] for i in ids).decode()


@mutant("bpe.decode_tokens", "errors='replace'")
def drops_invalid_bytes(ids, tokens):
    return b"".join(tokens[i] for i in ids).decode(errors="ignore")
