#!/usr/bin/env python3
"""Makes rare24.bin: the characters that efont24.bin lacks, 24 x 24 dots.

    apt-get install fonts-noto-cjk fonts-hanazono python3-venv
    python3 -m venv v && v/bin/pip install freetype-py==2.5.1
    v/bin/python rare24.py

It is run by hand when a font or the choice below changes, never by the
build, and takes some minutes. Another folder in place of /usr/share/fonts
may be given as the only argument.

The format, all numbers little-endian:

    4 bytes   "RA24"
    u32       number of glyphs
    u32 * n   code points, rising
    72 * n    glyphs: 24 rows of 3 bytes, left dot in the top bit

Noto Serif CJK SC comes first, for its forms are those of mainland China;
HanaMin A and B have the rare rest. FreeType's own hinting for one bit a
dot puts every stroke on whole dots; without it, thin ones disappear.
"""
import struct
import sys
from pathlib import Path

import freetype

FONTS = [
    ("opentype/noto/NotoSerifCJK-Regular.ttc", 2, 21),
    ("truetype/hanazono/HanaMinA.ttf", 0, 21),
    ("truetype/hanazono/HanaMinB.ttf", 0, 21),
]
HERE = Path(__file__).parent
OUT = HERE / "rare24.bin"
SIDE = 24
FLAGS = freetype.FT_LOAD_RENDER | freetype.FT_LOAD_TARGET_MONO | freetype.FT_LOAD_FORCE_AUTOHINT

# What names, addresses and imported texts are made of: Latin with marks,
# signs, radicals, kana, every hanzi of Unicode, compatibility forms.
RANGES = [
    (0x00A1, 0x017F), (0x0180, 0x024F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E),
    (0x2070, 0x20BF), (0x2100, 0x27BF), (0x2E80, 0x2FDF), (0x3000, 0x33FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFFEE), (0x20000, 0x323AF),
]


def in_efont24():
    file = (HERE / "efont24.bin").read_bytes()
    narrow, wide = struct.unpack_from("<HH", file, 4)
    return set(struct.unpack_from(f"<{narrow + wide}H", file, 8))


def draw(face, ascent, code):
    """The 72 bytes of a character in the middle of its cell, or None."""
    index = face.get_char_index(code)
    if not index:
        return None
    face.load_glyph(index, FLAGS)
    slot, bitmap = face.glyph, face.glyph.bitmap
    margin = max(0, (SIDE - (slot.advance.x >> 6)) // 2)
    rows = [0] * SIDE
    for y in range(bitmap.rows):
        for x in range(bitmap.width):
            if bitmap.buffer[y * bitmap.pitch + x // 8] & (0x80 >> x % 8):
                # A dot or two beyond the cell is drawn on its edge.
                down = min(max(ascent - slot.bitmap_top + y, 0), SIDE - 1)
                right = min(max(margin + slot.bitmap_left + x, 0), SIDE - 1)
                rows[down] |= 1 << (SIDE - 1 - right)
    if not any(rows):
        return None
    return b"".join(row.to_bytes(3, "big") for row in rows)


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts")
    faces = [(freetype.Face(str(folder / name), index=index), ascent) for name, index, ascent in FONTS]
    for face, _ in faces:
        face.set_pixel_sizes(0, SIDE)
    known = in_efont24()
    glyphs = {}
    for first, last in RANGES:
        for code in range(first, last + 1):
            if code in known:
                continue
            drawn = (draw(face, ascent, code) for face, ascent in faces)
            glyph = next((it for it in drawn if it), None)
            if glyph:
                glyphs[code] = glyph
    codes = sorted(glyphs)
    out = b"RA24" + struct.pack(f"<{len(codes) + 1}I", len(codes), *codes)
    out += b"".join(glyphs[code] for code in codes)
    OUT.write_bytes(out)
    print(f"{len(codes)} glyphs, {len(out)} bytes")


if __name__ == "__main__":
    main()
