"""The bitstream's file and the hand-off file beside it, which has to belong to it."""

from __future__ import annotations

import re
from pathlib import Path

from .errors import AcceleratorError

#: Enough of either file to hold what describes it.
HEAD = 1 << 16


def find_bitstream(name: str, folder: Path) -> Path:
    """Beside the package, where the build leaves it."""
    bitstream = folder / name
    if bitstream.is_file():
        return bitstream
    raise AcceleratorError(f"there is no bitstream {bitstream}; copy {name} and its .hwh here, or give its path")


def check_pair(bitstream: Path) -> None:
    """PYNQ sets the widths of the processor's ports from the .hwh: with another design's the board can hang."""
    hand_off = bitstream.with_suffix(".hwh")
    if not bitstream.is_file():
        raise AcceleratorError(f"there is no bitstream {bitstream}")
    if not hand_off.is_file():
        raise AcceleratorError(f"{hand_off.name} is not beside {bitstream}; copy both from the same build")
    bit, hwh = _bit_facts(bitstream), _hwh_facts(hand_off)
    for fact in ("part", "release", "design"):
        told, other = bit.get(fact), hwh.get(fact)
        if told and other and not _plain(told).startswith(_plain(other)):
            raise AcceleratorError(
                f"{bitstream.name} and {hand_off.name} are of different builds: {fact} {told} and {other}; "
                "copy both from the same build"
            )


def _plain(name: str) -> str:
    """One part has several spellings: xczu3eg-sbva484-1-i, zu3egsbva484."""
    return re.sub("^xc", "", name.lower()).replace("-", "")


def _bit_facts(path: Path) -> dict:
    """From the header of a .bit: `NAME;UserID=...;Version=2023.2` and the part."""
    head = _head(path)
    fields = dict(_bit_fields(head)) if head[:2] == b"\x00\x09" else {}
    design, _, rest = fields.get("a", "").partition(";")
    release = re.search(r"Version=([\d.]+)", rest)
    return {"design": design, "part": fields.get("b"), "release": release and release.group(1)}


def _bit_fields(head: bytes):
    """Each field is a letter, a length of two bytes and text that ends with a zero; `e` begins the data."""
    at = 13
    while at + 3 <= len(head) and head[at : at + 1] in (b"a", b"b", b"c", b"d"):
        length = int.from_bytes(head[at + 1 : at + 3], "big")
        yield head[at : at + 1].decode(), head[at + 3 : at + 3 + length].rstrip(b"\0").decode("latin-1")
        at += 3 + length


def _hwh_facts(path: Path) -> dict:
    text = _head(path).decode("utf-8", "replace")
    system = re.search(r"<SYSTEMINFO\b[^>]*>", text)
    attributes = dict(re.findall(r'(\w+)="([^"]*)"', system.group(0))) if system else {}
    release = re.search(r'VIVADOVERSION="([\d.]+)"', text)
    part = "-".join(filter(None, [attributes.get("DEVICE"), attributes.get("PACKAGE")]))
    return {"design": attributes.get("NAME"), "part": part or None, "release": release and release.group(1)}


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)
