// Says that somebody in the window's lanes has waited too long: always
// in words, and as the clerk has chosen also by a flash or by a sound.
// Each visitor is told of once.

import { serverNow } from "./feed.js";
import { byId, setText } from "./page.js";
import { words } from "./words.js";

const STORAGE_KEY = "yimen.alarm";
const TOLD_KEY = "yimen.alarm.told";

/** What the button goes through. */
const MODES = ["flash", "sound", "off"];

/** Visitors that were told of; more do not wait on one day. */
const TOLD_MAX = 2_000;

/** Two calm tones, the second lower; in hertz and seconds. */
const TONES = [[660, 0], [520, 0.22]];
const TONE_SECONDS = 0.18;

let mode = MODES.includes(localStorage.getItem(STORAGE_KEY))
  ? localStorage.getItem(STORAGE_KEY)
  : MODES[0];
let audio = null;

/** The next mode, kept for this machine. */
export function changeAlarm() {
  mode = MODES[(MODES.indexOf(mode) + 1) % MODES.length];
  localStorage.setItem(STORAGE_KEY, mode);
  paintAlarm();
  if (mode === "sound") {
    sound();
  }
}

/** Says on the button what happens. */
export function paintAlarm() {
  setText(byId("alarm").firstElementChild, words(`alarm.${mode}`));
}

/** Whether somebody has waited past the target. */
export function isOverdue(since, minutes) {
  return serverNow() - Date.parse(since) >= minutes * 60_000;
}

/** Since when somebody waits: who checked in early waits from the slot. */
export function waitsSince(waiting) {
  return waiting.waits_from || waiting.issued_at;
}

/** Looks at who waits at an open window. */
export function watchWaits(view, minutes) {
  const late = view.state === "open" ? view.waiting.filter((it) => isOverdue(waitsSince(it), minutes)) : [];
  byId("overdue").hidden = late.length === 0;
  if (late.length === 0) {
    return;
  }
  const text = late.length === 1
    ? words("alarm.one", { minutes, number: late[0].number })
    : words("alarm.several", { minutes, number: late[0].number, n: late.length });
  setText(byId("overdue"), text);
  const told = JSON.parse(sessionStorage.getItem(TOLD_KEY) || "[]");
  const fresh = late.map((it) => it.id).filter((id) => !told.includes(id));
  if (fresh.length > 0) {
    sessionStorage.setItem(TOLD_KEY, JSON.stringify([...told, ...fresh].slice(-TOLD_MAX)));
    alarm();
  }
}

function alarm() {
  if (mode === "off") {
    return;
  }
  const bar = byId("overdue");
  bar.classList.remove("flash");
  // Read so that the browser begins the flash anew.
  void bar.offsetWidth;
  bar.classList.add("flash");
  if (mode === "sound") {
    sound();
  }
}

function sound() {
  audio = audio || new AudioContext();
  audio.resume();
  for (const [pitch, after] of TONES) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const at = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + TONE_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + TONE_SECONDS);
  }
}
