// The appointments of a day at the desk, and the hall's lanes beside
// them.

import { ask } from "./api.js";
import { serverNow } from "./feed.js";
import { byId, dayOf, node, rangeWords, setText, troubleWords } from "./page.js";
import { sideOf, words } from "./words.js";

/** The list; `what(appointment)` names what it is for, `cancel` gives one
 *  up. */
export class Booked {
  constructor(hall, { what, cancel, tell }) {
    Object.assign(this, { hall, what, cancel, tell });
    this.view = null;
    byId("booked-day").value = dayOf(serverNow(), hall.time_zone);
    byId("booked-day").addEventListener("change", () => this.read());
  }

  /** Asks for the day's appointments. */
  async read() {
    const day = byId("booked-day").value;
    try {
      const view = await ask("GET", `/appointments?${new URLSearchParams({ day })}`);
      if (byId("booked-day").value === day) {
        this.view = view;
        this.paint();
      }
    } catch (error) {
      this.tell(() => troubleWords(error));
    }
  }

  /** Shows another day. */
  turnTo(day) {
    byId("booked-day").value = day;
    return this.read();
  }

  /** Repaints: another language. */
  paint() {
    if (!this.view) {
      return;
    }
    const { counts, appointments } = this.view;
    setText(byId("booked-counts"), words("desk.counts", counts));
    byId("nobody-booked").hidden = appointments.length > 0;
    byId("booked").replaceChildren(...appointments.map((it) => this.#row(it)));
  }

  #row(appointment) {
    const row = node("tr");
    const time = node("th", "number", appointment.time.slice(0, 5));
    time.scope = "row";
    const what = node("td", "what", this.what(appointment));
    what.append(node("span", "note-line second", ` ${appointment.code}`));
    const state = node("td", "waited");
    if (appointment.state === "booked") {
      const drop = node("button", "quiet", words("desk.cancel"));
      drop.type = "button";
      drop.addEventListener("click", () => this.cancel(appointment));
      state.append(drop);
    } else {
      state.append(words(`appointment.${appointment.state}`));
    }
    row.append(time, what, state);
    return row;
  }
}

/** The lanes: who waits, and how long a newcomer would. */
export function paintLanes(lanes) {
  byId("lanes").replaceChildren(...lanes.map((lane) => {
    const row = node("tr");
    const id = node("th", "number", lane.id);
    id.scope = "row";
    row.append(
      id,
      node("td", "what", sideOf(lane.name)),
      node("td", "count", words("people", { n: lane.waiting })),
      node("td", "waited", waitWords(lane)),
    );
    return row;
  }));
}

function waitWords(lane) {
  if (!lane.served) {
    return words("hall.lane.unserved");
  }
  const range = rangeWords(lane.estimate_minutes);
  return range === "0" ? words("hall.lane.no_wait") : words("time.minutes", { n: range });
}
