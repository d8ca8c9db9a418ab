#!/usr/bin/env python3
"""Makes efont24.bin from Debian's xfonts-efont-unicode.

    apt-get install xfonts-efont-unicode && python3 efont24.py

The format, all numbers little-endian:

    4 bytes   "EF24"
    u16       number of narrow glyphs (12 x 24 dots)
    u16       number of wide glyphs (24 x 24 dots)
    u16 * n   code points of the narrow glyphs, rising
    u16 * m   code points of the wide glyphs, rising
    48 * n    narrow glyphs: 24 rows of 2 bytes, left dot in the top bit
    72 * m    wide glyphs: 24 rows of 3 bytes, left dot in the top bit

Narrow are the printable ASCII characters and the Latin letters with
marks (from h24). Wide is every other character with a two-byte GB18030
code that f24 has, so that a picture shows what a printer with a GBK font
prints in the same cells.
"""
import gzip
import struct
from pathlib import Path

FONTS = Path("/usr/share/fonts/X11/misc")
OUT = Path(__file__).with_name("efont24.bin")
ENCODINGS, BITMAPS = 32, 8

# The multiplication and division signs between them are as wide as hanzi.
LATIN = [
    (0x00C0, 0x00D6), (0x00D8, 0x00F6), (0x00F8, 0x01F5), (0x01FA, 0x0217),
    (0x1E00, 0x1E9B), (0x1EA0, 0x1EF9),
]


class Pcf:
    """A pcf font whose glyphs all have the same box."""

    def __init__(self, name):
        self.bytes = gzip.open(FONTS / f"{name}.pcf.gz").read()
        assert self.bytes[:4] == b"\x01fcp"
        (count,) = struct.unpack_from("<I", self.bytes, 4)
        entries = (struct.unpack_from("<IIII", self.bytes, 8 + 16 * i) for i in range(count))
        self.tables = {kind: offset for kind, _, _, offset in entries}
        self.glyphs = self.read_encodings()

    def read_encodings(self):
        at = self.tables[ENCODINGS]
        first, last, row_first, row_last, _ = struct.unpack_from(">5H", self.bytes, at + 4)
        per_row = last - first + 1
        glyphs = {}
        for i in range(per_row * (row_last - row_first + 1)):
            (glyph,) = struct.unpack_from(">H", self.bytes, at + 14 + 2 * i)
            if glyph != 0xFFFF:
                glyphs[(row_first + i // per_row) << 8 | (first + i % per_row)] = glyph
        return glyphs

    def rows(self, char, n_bytes):
        """The 24 rows of a character, each cut to n_bytes."""
        at = self.tables[BITMAPS]
        fmt, count = struct.unpack_from("<I", self.bytes, at)[0], struct.unpack_from(">I", self.bytes, at + 4)[0]
        assert fmt & 0xF == 0xE, "most significant bit and byte first, rows padded to 4 bytes"
        (offset,) = struct.unpack_from(">I", self.bytes, at + 8 + 4 * self.glyphs[char])
        start = at + 8 + 4 * count + 16 + offset
        return b"".join(self.bytes[start + 4 * y : start + 4 * y + n_bytes] for y in range(24))


def two_byte_chars():
    """Every character with a two-byte GB18030 code outside private use."""
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                char = bytes([lead, trail]).decode("gb18030")
            except UnicodeDecodeError:
                continue
            if len(char) == 1 and ord(char) <= 0xFFFF and not 0xE000 <= ord(char) <= 0xF8FF:
                yield ord(char)


def main():
    narrow_font, wide_font = Pcf("h24"), Pcf("f24")
    latin = [c for first, last in LATIN for c in range(first, last + 1)]
    narrow = [*range(0x20, 0x7F), *latin]
    wide = sorted({c for c in two_byte_chars() if c in wide_font.glyphs} - set(latin))
    out = b"EF24" + struct.pack("<HH", len(narrow), len(wide))
    out += struct.pack(f"<{len(narrow)}H", *narrow) + struct.pack(f"<{len(wide)}H", *wide)
    out += b"".join(narrow_font.rows(c, 2) for c in narrow)
    out += b"".join(wide_font.rows(c, 3) for c in wide)
    OUT.write_bytes(out)
    print(f"{OUT.name}: {len(narrow)} narrow, {len(wide)} wide glyphs, {len(out)} bytes")


main()
