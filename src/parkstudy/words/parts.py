"""The part of the templates that one sentence can come from, found in their text: of two edits, only one may change it."""

import re
from collections.abc import Mapping
from functools import lru_cache

SHARED = "shared.j2"  # whose macros are at hand in every template
_COMMENT = re.compile(r"\{#.*?#\}", re.S)
_OTHERS = re.compile(r"\{%-?\s*(?:include|import|extends|from)\b")


def source(texts: Mapping[str, str], file: str, block: str) -> str:
    """What a block is made from: its text, whatever it can come to call, and what its file and the shared one have beside blocks and
    macros. `texts` are the templates of a language by their file; empty where the file has no such block.
    """
    text = texts.get(file, "")
    if block not in blocks_of(text):
        return ""
    rest, blocks = _parts(text, "block")
    if _OTHERS.search(text) or block not in blocks:  # more than is understood here
        return "\0".join(texts[name] for name in sorted(texts))
    around, macros = _parts(texts.get(SHARED, ""), "macro")
    return "\0".join([rest, around, *_called(blocks[block], blocks, macros)])


def _called(text: str, blocks: Mapping[str, str], macros: Mapping[str, str]) -> list[str]:
    """The text with every block and shared macro whose name stands in it, in one of them, and so on."""
    found, waiting = {text: None}, [text]
    while waiting:
        part = waiting.pop()
        named = [blocks.get(name) for name in re.findall(r"\bself\.(\w+)", part)]
        named += [macros.get(name) for name in re.findall(r"\w+", part)]
        new = dict.fromkeys(one for one in named if one is not None and one not in found)
        found |= new
        waiting += new
    return list(found)


@lru_cache(maxsize=64)
def blocks_of(text: str) -> set[str]:
    """The names of all blocks, also of one whose end is not found."""
    return set(re.findall(r"\{%-?\s*block\s+(\w+)", text))


@lru_cache(maxsize=64)
def _parts(text: str, kind: str) -> tuple[str, dict[str, str]]:
    """What stands beside the parts of a kind, without comments and spaces, and the parts by name."""
    form = re.compile(rf"\{{%-?\s*{kind}\s+(\w+).*?\{{%-?\s*end{kind}\s*-?%\}}", re.S)
    found = {part[1]: part[0] for part in form.finditer(text)}
    return "".join(_COMMENT.sub("", form.sub("", text)).split()), found
