"""The format of a conversation: which tokens say who speaks.

A chat model was trained on conversations written in one particular way, and understands only that. The format here
is ChatML: ``<|im_start|>``, the role, a line break, the message, ``<|im_end|>`` and a line break.

Source: the chat template in the files of SmolLM2 (Allal et al., 2025, arXiv:2502.02737).
"""

from .tokenizer import Tokenizer

OPEN, CLOSE = "<|im_start|>", "<|im_end|>"
ROLES = ("system", "user", "assistant")


class ChatFormat:
    """Writes the turns of a conversation as tokens.

    Args:
        tokenizer: of a model that was trained on ChatML.

    Raises:
        ValueError: if the tokenizer lacks the special tokens.

    Source:
        Allal et al., 2025, arXiv:2502.02737.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        if missing := [name for name in (OPEN, CLOSE) if name not in tokenizer.special_tokens]:
            raise ValueError(
                f"this model has no chat format: its tokenizer lacks {', '.join(missing)}. "
                "Let it continue a text instead: minillama generate"
            )
        self.tokenizer = tokenizer
        self.open_id, self.close_id = (tokenizer.special_tokens[name] for name in (OPEN, CLOSE))

    def turn(self, role: str, text: str) -> list[int]:
        """Return the tokens of one message. Special tokens inside the text stay plain text.

        Args:
            role: system, user or assistant.
            text: what is said.

        Raises:
            ValueError: if the role is another one.
        """
        if role not in ROLES:
            raise ValueError(f"the role must be one of {', '.join(ROLES)}, got {role!r}")
        encode = self.tokenizer.encode
        return [self.open_id, *encode(f"{role}\n{text}"), self.close_id, *encode("\n")]

    def ask(self, text: str) -> list[int]:
        """Return the tokens of a question and of the beginning of its answer."""
        return [*self.turn("user", text), self.open_id, *self.tokenizer.encode("assistant\n")]

    def end_answer(self) -> list[int]:
        """Return the tokens that close an answer, which a model predicts or an interruption leaves out."""
        return [self.close_id, *self.tokenizer.encode("\n")]
