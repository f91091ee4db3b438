"""Ways in which a file may be damaged: anywhere, and within what it packs."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

OLE = b"\xd0\xcf\x11\xe0"
STREAM = re.compile(rb"(/Length )(\d+)([^>]*>>\s*stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL)
NUMBER = re.compile(rb"\d+")
ELEMENT = re.compile(rb"<([a-zA-Z][\w:]*)[^>/]*>")
NUMBERS = (
    b"0",
    b"-1",
    b"1e400",
    b"65536",
    b"2147483648",
    b"18446744073709551616",
    b"9" * 5000,
    "１２".encode(),
    b"NaN",
)
TAGS = (
    b"<table><tr><td colspan=9999999 rowspan=9999999>",
    b"<div>" * 3000,
    b"</td></tr></table>",
    b"<!--",
    b"<script>",
    b'<meta charset="hex">',
    b'<meta charset="no-such-set">',
    b"<w:tbl><w:tr><w:tc>",
    b'<w:gridSpan w:val="-5"/>',
    b'<w:vMerge w:val="continue"/>',
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<dimension ref="A1:XFD1048576"/>',
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    b"<![CDATA[",
    b"\xff\xfe\x00",
    b" " * 50_000,
    b"\t|" * 20_000,
    ("（" * 20_000).encode(),
    ("一、" * 20_000).encode(),
    "其中2024年收到申请１２３４，５６７件".encode() * 500,
)


def flipped(raw: bytes, random: Random) -> bytes:
    """`raw` with up to 30 bytes changed."""
    held = bytearray(raw)
    for _ in range(random.choice([1, 3, 30])):
        held[random.randrange(len(held))] = random.randrange(256)
    return bytes(held)


def cut(raw: bytes, random: Random) -> bytes:
    """The beginning or the end of `raw`."""
    place = random.randrange(len(raw))
    return raw[:place] if random.random() < 0.7 else raw[place:]


def without(raw: bytes, random: Random) -> bytes:
    """`raw` without a piece."""
    start, end = _piece(raw, random)
    return raw[:start] + raw[end:]


def doubled(raw: bytes, random: Random) -> bytes:
    """`raw` with a piece repeated, once or many times."""
    start, end = _piece(raw, random)
    times = random.choice([1, 2, 50])
    return raw[:start] + raw[start:end] * times + raw[start:]


def swapped(raw: bytes, random: Random) -> bytes:
    """`raw` with two neighbouring pieces in the other order."""
    start, middle = _piece(raw, random)
    end = min(len(raw), middle + (middle - start))
    return raw[:start] + raw[middle:end] + raw[start:middle] + raw[end:]


def tagged(raw: bytes, random: Random) -> bytes:
    """`raw` with a tag or another hostile piece put in, more often than not between two tags."""
    place = random.randrange(len(raw) + 1)
    if random.random() < 0.7:
        place = max(raw.find(b">", place) + 1, 0) or place
    return raw[:place] + random.choice(TAGS) + raw[place:]


def renumbered(raw: bytes, random: Random) -> bytes:
    """`raw` with one number replaced by an odd one."""
    found = list(NUMBER.finditer(raw))
    if not found:
        return flipped(raw, random)
    match = random.choice(found)
    return raw[: match.start()] + random.choice(NUMBERS) + raw[match.end() :]


def rearranged(raw: bytes, random: Random) -> bytes:
    """`raw` with a whole element taken out, repeated, or put somewhere else."""
    match = ELEMENT.search(raw, random.randrange(len(raw)))
    end = raw.find(b"</" + match[1] + b">", match.end()) if match else -1
    if match is None or end < 0:
        return renumbered(raw, random)
    end += len(match[1]) + 3
    element, rest = raw[match.start() : end], raw[: match.start()] + raw[end:]
    place = random.choice([0, match.start(), max(rest.find(b"<", random.randrange(len(rest) + 1)), 0)])
    return rest[:place] + element * random.choice([0, 1, 2, 50]) + rest[place:]


DAMAGES: list[Callable[[bytes, Random], bytes]] = [
    flipped,
    cut,
    without,
    doubled,
    swapped,
    tagged,
    renumbered,
    rearranged,
    rearranged,
    renumbered,
]


def damaged(raw: bytes, random: Random) -> bytes:
    """`raw` with one to three damages of any kind."""
    for _ in range(random.choice([1, 1, 2, 3])):
        if raw:
            raw = random.choice(DAMAGES)(raw, random)
    return raw


def damaged_inside(raw: bytes, random: Random) -> bytes:
    """`raw` damaged within what it packs: a part of an archive, a stream of a PDF, valid UTF-8."""
    if raw.startswith(b"PK"):
        return _repacked(raw, random)
    if raw.startswith(b"%PDF"):
        return _restreamed(raw, random)
    return damaged(raw, random) if raw.startswith(OLE) else damaged(raw, random).decode(errors="ignore").encode()


def _piece(raw: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(raw))
    return start, min(len(raw), start + random.choice([1, 20, 500, 5000]))


def _repacked(raw: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    heavy = [name for name in parts if re.search(r"document\.xml$|sheet\d+\.xml$|sharedStrings", name)]
    name = random.choice(heavy if heavy and random.random() < 0.8 else sorted(parts))
    parts[name] = damaged(parts[name], random)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, held in parts.items():
            archive.writestr(zipfile.ZipInfo(part), held, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _restreamed(raw: bytes, random: Random) -> bytes:
    """A PDF with one of its packed streams damaged; offsets behind it move, which readers mend by themselves."""
    packed = [(match, text) for match in STREAM.finditer(raw) if (text := _unpacked(match[4]))]
    if not packed:
        return damaged(raw, random)
    match, text = random.choice(packed)
    stream = zlib.compress(damaged(text, random))
    head = re.sub(rb"/ASCII85Decode", b"", match[3])
    whole = match[1] + str(len(stream)).encode() + head + stream + match[5]
    return raw[: match.start()] + whole + raw[match.end() :]


def _unpacked(stream: bytes) -> bytes:
    """A stream's content where it is packed by Flate, under ASCII85 or alone; else b""."""
    for unpack in (zlib.decompress, lambda held: zlib.decompress(base64.a85decode(held.strip().removesuffix(b"~>")))):
        try:
            return unpack(stream)
        except (zlib.error, ValueError):
            continue
    return b""
