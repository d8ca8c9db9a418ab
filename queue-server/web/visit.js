// Paints what the console shows of its window: the visitor, who waits,
// who was set aside, the day's figures. Decides nothing.

import { OUTCOMES } from "./actions.js";
import { isOverdue, waitsSince } from "./alarm.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { serverNow } from "./feed.js";
import { sideOf, words } from "./words.js";

/** What a page knows besides the view: the hall's profile and the
 *  matters by id. */
export class Painter {
  constructor(hall, matters) {
    this.hall = hall;
    this.matters = matters;
  }

  /** A matter's short name, or its lane's without one. */
  whatFor(ticket) {
    const matter = this.matters.get(ticket.matter);
    return matter ? sideOf(matter.short) : this.laneName(laneOf(ticket));
  }

  laneName(id) {
    const lane = this.hall.lanes.find((it) => it.id === id);
    return lane ? `${id} ${sideOf(lane.name)}` : id;
  }

  /** The visitor at the window, or that there is none. */
  visit(view) {
    const { ticket } = view;
    page.paintNumber(byId("plate"), ticket ? ticket.number : "");
    byId("hint").hidden = Boolean(ticket);
    byId("visit").hidden = !ticket;
    if (!ticket) {
      return;
    }
    const matter = this.matters.get(ticket.matter);
    setText(byId("matter"), matter ? sideOf(matter.name) : words("console.no_matter"));
    setText(byId("department"), matter ? sideOf(matter.department) : this.laneName(ticket.lane));
    byId("class").hidden = ticket.class === "ordinary";
    setText(byId("class"), classWords(ticket));
    const more = (ticket.more || []).map((id) => this.matters.get(id)).filter(Boolean);
    byId("more").hidden = more.length === 0;
    const names = more.map((it) => sideOf(it.short)).join(words("list.and"));
    setText(byId("more"), words("console.more", { n: more.length, names }));
    byId("note").hidden = !ticket.note;
    setText(byId("note-words"), ticket.note || "");
    byId("usual-fact").hidden = !matter;
    setText(byId("usual"), matter ? words("time.minutes", { n: matter.service_minutes }) : "");
    byId("times").hidden = ticket.state !== "serving";
    setText(byId("at-issued"), this.#at("issued", ticket.issued_at));
    setText(byId("at-called"), this.#at("called", view.called_at));
    setText(byId("at-arrived"), this.#at("arrived", ticket.arrived_at));
  }

  #at(step, instant) {
    const time = instant && page.clockTime(instant, this.hall.time_zone);
    return time ? words(`console.at_${step}`, { time }) : "";
  }

  /** Who waits in the window's lanes, and what the colleague wrote. */
  waiting(view) {
    setText(byId("waiting-count"), words("console.waiting", { n: view.waiting.length }));
    byId("nobody").hidden = view.waiting.length > 0;
    byId("waiting").replaceChildren(...view.waiting.map((it) => this.#waitingRow(it)));
  }

  #waitingRow(waiting) {
    const row = node("tr");
    const number = node("th", "number", waiting.number);
    number.scope = "row";
    const what = node("td", "what", this.whatFor(waiting));
    if (waiting.class !== "ordinary") {
      what.append(" ", node("span", "tag", classWords(waiting)));
    }
    if (waiting.note) {
      what.append(node("span", "note-line", waiting.note));
    }
    const waited = node("td", "waited");
    waited.dataset.since = waitsSince(waiting);
    row.append(number, what, waited);
    return row;
  }

  /** Who was set aside here: a key each, while the window is free. */
  parked(view, pressable, takeUp) {
    const parked = view.parked || [];
    // Made anew only when it changed: a click may fall into a repaint.
    const print = JSON.stringify([parked, pressable, document.documentElement.lang]);
    if (print === this.parkedPrint) {
      return;
    }
    this.parkedPrint = print;
    byId("parked-part").hidden = parked.length === 0;
    setText(byId("parked-count"), words("console.parked", { n: parked.length }));
    byId("parked").replaceChildren(...parked.map((it, at) => {
      const button = node("button", "press");
      button.type = "button";
      button.setAttribute("aria-disabled", !pressable);
      button.append(
        node("b", "", it.number),
        node("span", "", words("console.take_up", { what: this.whatFor(it) })),
      );
      if (at < 9) {
        button.append(node("kbd", "", String(at + 1)));
      }
      button.addEventListener("click", () => takeUp(it.id));
      return button;
    }));
  }

  /** The day of this window so far. */
  figures(view) {
    const { service_seconds: mean, outcomes = {} } = view.today || {};
    setText(byId("served"), words("people", { n: view.served_today }));
    setText(byId("mean"), mean === undefined ? "–" : durationWords(mean));
    const parts = OUTCOMES.filter((it) => outcomes[it] > 0);
    const counted = parts.map((it) => `${words(`outcome_short.${it}`)} ${outcomes[it]}`);
    setText(byId("outcomes"), counted.join(" · "));
    setText(byId("lanes"), view.lanes.join(" "));
  }

  /** What changes each second. */
  times(view) {
    const { ticket } = view;
    if (ticket) {
      const serving = ticket.state === "serving";
      setText(byId("waited"), page.minutesWords(ticket.issued_at, view.called_at));
      setText(byId("running-label"), words(serving ? "console.serving_for" : "console.called_for"));
      setText(byId("running"), page.stopwatch(serving ? ticket.arrived_at : view.called_at));
      setText(byId("no-show"), serving ? "" : noShowWords(view));
    }
    for (const cell of byId("waiting").querySelectorAll("[data-since]")) {
      const since = cell.dataset.since;
      setText(cell, page.waitedWords(since));
      const late = isOverdue(since, this.hall.wait_target_minutes);
      cell.classList.toggle("late", late);
    }
  }
}

/** Whether it is time to give up on a visitor who does not come. */
function noShowWords(view) {
  const calls = words("console.calls", { n: view.calls });
  if (!view.no_show_at) {
    return `${calls} ${words("console.no_show.call_again")}`;
  }
  const left = Math.ceil((Date.parse(view.no_show_at) - serverNow()) / 1_000);
  const when = left > 0
    ? words("console.no_show.in", { n: left })
    : words("console.no_show.now");
  return `${calls} ${when}`;
}

/** How somebody queues, with the reason of who goes first. */
function classWords(ticket) {
  return ticket.priority ? words(`priority.${ticket.priority}`) : words(`class.${ticket.class}`);
}

function durationWords(seconds) {
  return seconds < 60
    ? words("time.seconds", { n: seconds })
    : words("time.minutes", { n: Math.round(seconds / 60) });
}

/** The letters of a number are its lane's. */
function laneOf({ number }) {
  return number.replace(/\d+$/, "");
}
