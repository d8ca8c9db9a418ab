// The papers of the visitor at the window, as the catalogue lists them
// for their answers, to be ticked as they are handed over. Ticks are
// notes of this machine: they outlast a reload and are forgotten with
// the day; nobody else is told.

import { ask } from "./api.js";
import { byId, node, setText } from "./page.js";
import { sideOf, words } from "./words.js";

const STORAGE_KEY = "yimen.ticks";

/** The keys of the first papers; the others are reached by Tab. */
const KEYS = "123456789";

/** The list on the page, of one ticket and matter at a time. */
export class Papers {
  constructor() {
    this.of = null;
    this.notice = null;
    this.ticket = null;
    this.shown = null;
    // Another tab of this machine ticked.
    addEventListener("storage", (event) => event.key === STORAGE_KEY && this.paint());
  }

  /** Shows the papers of the window's visitor, or that there are none.
   *  Paints only for somebody else, or a click that falls into a repaint
   *  would tick nothing. */
  async show(ticket) {
    const shown = ticket ? `${ticket.id} ${ticket.matter || ""}` : "";
    if (shown === this.shown) {
      return;
    }
    const of = ticket && ticket.matter ? shown : null;
    Object.assign(this, { shown, ticket, of, notice: null });
    this.paint();
    if (of) {
      await this.#read(of, ticket.id);
    }
  }

  /** Asks once more after the line was lost. */
  async again() {
    if (this.of && !this.notice) {
      await this.#read(this.of, this.ticket.id);
    }
  }

  async #read(of, id) {
    try {
      const notice = await ask("GET", `/tickets/${id}/papers`);
      if (this.of === of) {
        this.notice = notice;
        this.paint();
      }
    } catch {
      // The feed tells that the line is lost; once it is back, `again`.
    }
  }

  /** Ticks the paper that bears this key, if there is one. */
  tickByKey(key) {
    const at = KEYS.indexOf(key);
    const box = at >= 0 && byId("papers").querySelectorAll("input")[at];
    if (box) {
      box.click();
    }
    return Boolean(box);
  }

  /** Repaints: another language, another tick. */
  paint() {
    const { notice } = this;
    byId("papers-hint").hidden = Boolean(notice);
    setText(byId("papers-hint"), words(this.#hint()));
    byId("situation").replaceChildren(...(notice ? situationNodes(notice) : []));
    const focused = document.activeElement.dataset.paper;
    byId("papers").replaceChildren(...(notice ? this.#groups() : []));
    if (focused) {
      const again = [...byId("papers").querySelectorAll("input")];
      again.find((it) => it.dataset.paper === focused)?.focus();
    }
  }

  #hint() {
    if (!this.ticket) {
      return "papers.nobody";
    }
    return this.of ? "papers.reading" : "papers.no_matter";
  }

  #groups() {
    const { bring, optional, later, not_needed: notNeeded } = this.notice.papers;
    const ends = this.notice.redirects.filter((it) => it.stop);
    const holding = ends.length > 0 ? ends : this.notice.redirects;
    const perhaps = ends.length > 0 ? [] : this.notice.perhaps;
    const made = [
      ...holding.map((it) => node("p", "notice", sideOf(it.text))),
      ...perhaps.map((it) => node("p", "note", words("papers.perhaps", { text: sideOf(it.text) }))),
    ];
    const ticked = new Set(this.#ticks());
    let key = 0;
    const rows = (papers) => papers.map((it, at) => {
      const passedOver = papers.slice(at + 1).some((later) => ticked.has(later.material.id));
      const missing = papers === bring && passedOver && !ticked.has(it.material.id);
      return this.#row(it, ticked.has(it.material.id), missing, KEYS[key++]);
    });
    const group = (name, papers, foot) => {
      if (papers.length > 0) {
        const head = node("h3", "group");
        head.append(
          node("span", "", words(`papers.${name}`, { n: papers.length })),
          node("span", "second", foot),
        );
        made.push(head, ...rows(papers));
      }
    };
    const have = bring.filter((it) => ticked.has(it.material.id)).length;
    group("bring", bring, words("papers.counted", { have, lack: bring.length - have }));
    group("optional", optional, "");
    group("later", later, words("papers.later_how"));
    if (notNeeded.length > 0) {
      const head = node("h3", "group");
      head.append(
        node("span", "", words("papers.not_needed", { n: notNeeded.length })),
        node("span", "second", words("papers.not_needed_how")),
      );
      const names = notNeeded.map((it) => node("span", "", sideOf(it.material.name)));
      const line = node("p", "looked-up");
      line.append(...names);
      made.push(head, line);
    }
    return made;
  }

  #row({ material, sure }, ticked, missing, key) {
    const row = node("label", missing ? "paper missing" : "paper");
    const box = node("input");
    box.type = "checkbox";
    box.checked = ticked;
    box.dataset.paper = material.id;
    box.addEventListener("change", () => this.#tick(material.id, box.checked));
    // A mouse leaves the focus behind; the space bar is the window's.
    box.addEventListener("click", (event) => event.detail > 0 && box.blur());
    const text = node("span", "text");
    text.append(node("b", "", sideOf(material.name)));
    const second = [
      sure ? "" : words("papers.unsure"),
      material.kept ? words("papers.kept") : "",
      material.check ? sideOf(material.check) : "",
      material.note ? sideOf(material.note) : "",
    ];
    text.append(node("span", "second", second.filter(Boolean).join(" · ")));
    const count = node("span", "counts");
    count.append(node("span", "", countWords(material)));
    if (missing) {
      count.append(node("b", "", words("papers.missing")));
    }
    row.append(box, text, count);
    if (key) {
      row.append(node("kbd", "", key));
    }
    return row;
  }

  #ticks() {
    const all = ticksOf(this.ticket.business_day);
    return all.tickets[this.of] || [];
  }

  #tick(paper, on) {
    const all = ticksOf(this.ticket.business_day);
    const others = (all.tickets[this.of] || []).filter((it) => it !== paper);
    all.tickets[this.of] = on ? [...others, paper] : others;
    localStorage.setItem(STORAGE_KEY, JSON.stringify(all));
    this.paint();
  }
}

/** What is ticked on this day; of another day nothing is. */
function ticksOf(day) {
  const kept = JSON.parse(localStorage.getItem(STORAGE_KEY) || "null");
  return kept && kept.day === day ? kept : { day, tickets: {} };
}

/** The answers; what was asked shows when one points at them. */
function situationNodes({ situation }) {
  if (situation.length === 0) {
    return [words("papers.no_answers")];
  }
  return situation.flatMap((it, at) => {
    const answer = node("span", "", sideOf(it.answer));
    answer.title = sideOf(it.question);
    return at === 0 ? [answer] : [" · ", answer];
  });
}

function countWords({ original, copies }) {
  const parts = [
    original > 0 ? words("papers.original", { n: original }) : "",
    copies > 0 ? words("papers.copies", { n: copies }) : "",
  ];
  return parts.filter(Boolean).join("\u2003");
}
