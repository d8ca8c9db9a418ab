// A press of the staff: said to the server once, however often the line
// breaks. The command id is made here and kept until the answer is in,
// also over a reload; a repeated id gives the first answer, so asking
// again is always safe.

import { Refusal, ask, toSignIn, worthAskingAgain } from "./api.js";

const STORAGE_KEY = "yimen.press";

/** How long before the next try, the last for all further. */
const RETRY_MS = [500, 1_000, 2_000, 4_000];

/** A press older than this is not sent any more: the clerk has long
 *  done something else, and a late call would surprise somebody. */
const PRESS_MS_MAX = 5 * 60_000;

/** A UUID of version 4. `crypto.randomUUID` exists on https and
 *  loopback only, and a hall's own network may have neither. */
export function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((it) => it.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** At most one press under way at one place, a window or the desk.
 *  `on.answer(reply, path)`: an answer. `on.changed()`: a press began or
 *  ended. `on.waiting()`: no answer yet, asking again. Then one of these:
 *  `on.done(action, reply, about)`, `on.refused(refusal, action, about)`
 *  with the server's no, or `on.gaveUp()` when no answer came in time. */
export class Presses {
  constructor(staff, place, on) {
    this.staff = staff;
    this.place = place;
    this.on = on;
    this.current = null;
  }

  /** The action under way, or null. */
  get action() {
    return this.current ? this.current.action : null;
  }

  /** Goes on with the press that a reload interrupted, if it was this
   *  person's at this place and is still fresh. */
  resume() {
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) || "null");
    if (stored && stored.staff === this.staff && stored.place === this.place) {
      this.#run(stored);
    } else {
      sessionStorage.removeItem(STORAGE_KEY);
    }
  }

  /** Begins a press: `steps` are `{path, fields}`, sent one after the
   *  other; a refused one ends it. `about` is kept for whoever hears of
   *  its end, after a reload too. While one is under way a second press
   *  is no press. */
  begin(action, steps, about = null) {
    if (this.current) {
      return;
    }
    const commands = steps.map(({ path, fields }) => ({
      path,
      body: { command_id: commandId(), ...fields },
    }));
    const { staff, place } = this;
    this.#run({ action, staff, place, about, at: Date.now(), commands });
  }

  async #run(press) {
    this.current = press;
    let reply = null;
    this.on.changed();
    try {
      while (press.commands.length > 0) {
        sessionStorage.setItem(STORAGE_KEY, JSON.stringify(press));
        reply = await this.#answer(press);
        const { path } = press.commands.shift();
        this.on.answer(reply, path);
      }
      this.#end();
      this.on.done(press.action, reply, press.about);
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) {
        await toSignIn();
      }
      this.#end();
      if (worthAskingAgain(error)) {
        this.on.gaveUp();
      } else {
        this.on.refused(error, press.action, press.about);
      }
    }
  }

  async #answer(press) {
    const { path, body } = press.commands[0];
    for (let failures = 0; ; failures += 1) {
      try {
        return await ask("POST", path, body);
      } catch (error) {
        const late = Date.now() - press.at > PRESS_MS_MAX;
        if (late || !worthAskingAgain(error)) {
          throw error;
        }
      }
      this.on.waiting();
      await rest(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    }
  }

  #end() {
    this.current = null;
    sessionStorage.removeItem(STORAGE_KEY);
    this.on.changed();
  }
}

function rest(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
