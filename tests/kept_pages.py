"""Pages of two builds compared, all but what every change of the code changes: `python tests/kept_pages.py KEPT NEW`.

Before a change that must not alter what readers see, build into a folder and keep it; after every move build again and
compare. Taken out of a page are its code, the hash of the data, the embedded font (it follows the glyphs) and the bytes of
the embedded tables, which are compared as the rows that they are. A difference is printed as a diff; the exit status is
1 if there is one.
"""

from __future__ import annotations

import base64
import difflib
import re
import sys
from pathlib import Path

_CSV = re.compile(r'href="data:text/csv;base64,([^"]*)"')
_LEFT_OUT = (
    (re.compile(r"<pre>.*?</pre>", re.S), "<pre></pre>"),  # code
    (re.compile(r'base64,[^"\')]{200,}'), "base64,"),  # the font
    (re.compile(r"\b[0-9a-f]{12}\b|\b[0-9a-f]{64}\b"), "HASH"),  # of data
)
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[^\s=>]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"[^\s=]+(?:=(?:\"[^\"]*\"|'[^']*'))?")
_OF_THE_CELL = re.compile(r"cell-id=cell-\d+| celltag_[a-z-]+")  # its number and tags in the notebook
MOST = 40  # lines of a diff that are printed for one file


def comparable(page: str) -> list[str]:
    """The page as lines that can be compared: a tag, a sentence, a record or a row of an embedded table on each."""
    page = _CSV.sub(lambda match: f'href="csv"\n{base64.b64decode(match[1]).decode("utf-8-sig")}', page)
    for pattern, instead in _LEFT_OUT:
        page = pattern.sub(instead, page)
    page = _TAG.sub(_in_order, page)
    return re.sub(r'(?<=>)(?=.)|(?=<)|(?<=\],)(?=")', "\n", page).split("\n")


def _in_order(tag: re.Match[str]) -> str:
    """A tag with its attributes in the order of their names, and without what the place in the notebook says."""
    attributes = sorted(_ATTRIBUTE.findall(_OF_THE_CELL.sub("", tag[2])))
    return f"<{' '.join([tag[1], *attributes])}{tag[3]}>"


def differences(kept: Path, new: Path) -> dict[str, list[str]]:
    """File to the lines of its diff, for every page, index, picture and table that is not the same in both folders."""
    endings = {".html", ".png", ".csv", ".txt"}
    names = sorted({path.name for folder in (kept, new) for path in folder.iterdir() if path.suffix in endings})
    found = {}
    for name in names:
        sides = [folder / name for folder in (kept, new)]
        if not all(side.is_file() for side in sides):
            found[name] = [f"only in {next(side.parent for side in sides if side.is_file())}"]
        elif sides[0].suffix == ".png":
            found[name] = [] if sides[0].read_bytes() == sides[1].read_bytes() else ["another picture"]
        else:
            lines = [comparable(side.read_text(encoding="utf-8")) for side in sides]
            found[name] = [line for line in difflib.unified_diff(*lines, lineterm="", n=0) if line[:2] != "@@"][2:]
    return {name: lines for name, lines in found.items() if lines}


def main(kept: str, new: str, most: int = MOST) -> int:
    """Print what differs; 1 if anything does."""
    found = differences(Path(kept), Path(new))
    for name, lines in found.items():
        print(f"{name}: {len(lines)} lines differ")
        print("\n".join(f"    {line[:300]}" for line in lines[:most]))
    print(f"{len(found)} file(s) differ")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])))
