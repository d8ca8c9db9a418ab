#!/usr/bin/env python3
"""What a speech recogniser of other people hears in our calls.

Renders fifty English calls and has pocketsphinx (PyPI, BSD; it brings an
English model) write down letter, digits and counter. Mandarin is not
heard: no recogniser with a Mandarin model lies in the registries, so the
suite asserts the sequence of its clips (tests/suite/voice.rs). Run by
command; where pocketsphinx is not installed it says so and is no failure:

    cargo build --release --bin display-board
    pip install pocketsphinx && tests/second_ears.py

It must not use any code of ours but the program that speaks, and it
changes nothing in the tree.
"""

import random
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

BOARD = Path(__file__).parent.parent / "target/release/display-board"
CALLS = 50
DIGITS = "zero one two three four five six seven eight nine".split()
# Of the clips; the recogniser counts its frames by it.
SAMPLE_HZ = 24_000
# A weak judge: it takes the letter I for "I eight" now and then.
RIGHT_MIN = 0.9

# Letters that the demo hall has lanes of; the word list has them in lower
# case.
LETTERS = "abcdefghijkl"

GRAMMAR = f"""#JSGF V1.0;
grammar call;
<letter> = {" | ".join(LETTERS)};
<digit> = {" | ".join(DIGITS)};
public <call> = ticket <letter> <digit> <digit> <digit> please go to counter <digit>;
"""


def samples(path):
    """The file as the recogniser wants it: 16 bits, one channel."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, SAMPLE_HZ)
        return file.readframes(file.getnframes())


def main():
    try:
        from pocketsphinx import Decoder
    except ImportError:
        print("pocketsphinx is not installed; nobody listened")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="yimen-ears-"))
    (folder / "call.gram").write_text(GRAMMAR)
    grammar = str(folder / "call.gram")
    decoder = Decoder(jsgf=grammar, samprate=SAMPLE_HZ, nfft=1024, loglevel="FATAL")
    chance = random.Random(7)
    digits_right = letters_right = 0
    for _ in range(CALLS):
        letter, number = chance.choice(LETTERS), f"{chance.randrange(1000):03}"
        window = chance.randrange(1, 10)
        out = folder / "call.wav"
        say = ["say", "--ticket", letter.upper() + number, "--window", str(window)]
        subprocess.run(
            [BOARD, *say, "--language", "en", "--repeat", "1", "--out", out],
            check=True,
            capture_output=True,
        )
        decoder.start_utt()
        decoder.process_raw(samples(out), full_utt=True)
        decoder.end_utt()
        heard = decoder.hyp().hypstr.split() if decoder.hyp() else []
        wanted = [DIGITS[int(it)] for it in number + str(window)]
        is_right = [it for it in heard if it in DIGITS] == wanted
        digits_right += is_right
        letters_right += heard[1:2] == [letter]
        if not is_right:
            print(f"{letter.upper()}{number} to {window}: heard {' '.join(heard)!r}")
    print(f"{CALLS} calls: digits and counter right in {digits_right}, letter in {letters_right}")
    return 0 if digits_right >= RIGHT_MIN * CALLS else 1


if __name__ == "__main__":
    sys.exit(main())
