"""Read JSON files whose content cannot be trusted to have the expected types."""

import json
from pathlib import Path
from typing import Any

MAX_FILE_BYTES = 1 << 28  # the largest tokenizer files in use have about 40 MB


def read_limited(path: Path) -> bytes:
    """Read a file that cannot sensibly be large.

    Raises:
        ValueError: the file is larger than ``MAX_FILE_BYTES``.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ValueError(f"{path} has {size} bytes; at most {MAX_FILE_BYTES} are read")
    return path.read_bytes()


class JsonObject:
    """A JSON object with checked types."""

    def __init__(self, content: Any):
        if not isinstance(content, dict):
            raise ValueError(f"a JSON object was expected, got {content!r:.60}")
        self.content = content

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        """Return a value of the given type; the default if it is absent or null."""
        value = self.content.get(name)
        if value is None:
            return default
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise ValueError(f"{name!r} should be of type {kind.__name__}, got {value!r:.60}")
        return value

    def part(self, name: str) -> "JsonObject":
        """Return an object within this one."""
        return JsonObject(self.get(name, dict, {}))

    def token_name(self, name: str) -> str | None:
        """Return a special token's text, which may stand in an object with options."""
        value = self.content.get(name)
        return JsonObject(value).get("content", str) if isinstance(value, dict) else self.get(name, str)


def load_json(path: Path) -> JsonObject:
    """Parse a file that holds a JSON object.

    Raises:
        ValueError: the file is damaged or holds something else; the message names the file.
    """
    try:
        content = json.loads(read_limited(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not JSON, or it is cut off: {error}") from None
    except RecursionError:
        raise ValueError(f"{path} nests too deeply") from None
    if not isinstance(content, dict):
        raise ValueError(f"{path} should hold a JSON object, got {content!r:.60}")
    return JsonObject(content)
