// The desk's form for a number or an appointment: finds matters as one
// types, keeps those chosen in turn, and says what is asked for.

import { ask } from "./api.js";
import { serverNow } from "./feed.js";
import { byId, dayOf, node, setText, troubleWords } from "./page.js";
import { Situation } from "./desk-situation.js";
import { sideOf, words } from "./words.js";

/** Further matters that one ticket takes, besides the first. */
const MORE_MAX = 8;

const PRIORITIES = ["elder", "disabled", "pregnant", "with_infant", "serviceman", "emergency"];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The form. `session` answers for a green ticket. */
export class IssueForm {
  constructor(session, hall, catalogue, tell) {
    Object.assign(this, { session, hall, catalogue, tell });
    this.matters = new Map(catalogue.matters.map((it) => [it.id, it]));
    this.chosen = [];
    this.found = [];
    this.marked = 0;
    this.slot = null;
    this.slots = [];
    this.situation = new Situation(tell);
    const typed = byId("typed");
    typed.addEventListener("input", () => this.#search());
    typed.addEventListener("keydown", (event) => this.#listKey(event));
    typed.addEventListener("blur", () => this.#showFound([]));
    byId("lane").addEventListener("change", () => this.#changed());
    byId("class").addEventListener("change", () => this.paint());
    byId("day").addEventListener("change", () => this.#readSlots());
    for (const it of document.querySelectorAll("[name=when]")) {
      it.addEventListener("change", () => this.#changed());
    }
    byId("day").value = dayOf(serverNow() + DAY_MS, hall.time_zone);
    this.paint();
  }

  /** Whether an appointment is wanted and not a number now. */
  get later() {
    return document.querySelector("[name=when]:checked").value === "later";
  }

  /** What is asked for, as `{action, path, fields}`, or null if the form
   *  lacks something; it then has the focus. */
  request() {
    const [matter, ...more] = this.chosen;
    const lane = byId("lane").value;
    if (!matter && !lane) {
      return this.#lacks("typed", "desk.lacks_matter");
    }
    const what = matter ? { matter } : { lane };
    if (this.later) {
      if (!this.slot) {
        return this.#lacks("day", "desk.lacks_slot");
      }
      const fields = { ...what, day: byId("day").value, time: this.slot };
      return { action: "book", path: "/appointments", fields };
    }
    const { answers } = this.situation;
    const said = matter && answers ? { answers } : {};
    const fields = { ...what, more, class: byId("class").value, source: "desk", ...said };
    if (fields.class === "priority") {
      fields.priority = byId("priority").value;
    }
    if (fields.class === "green") {
      fields.grant = byId("grant").value.trim();
      if (!fields.grant) {
        return this.#lacks("grant", "desk.lacks_grant");
      }
    }
    const pass = byId("held-pass").value.trim();
    return { action: "issue", path: "/tickets", fields: pass ? { ...fields, pass } : fields };
  }

  #lacks(id, key) {
    this.tell(() => words(key));
    byId(id).focus();
    return null;
  }

  /** Empty again, for the next visitor. */
  clear() {
    this.chosen = [];
    for (const id of ["typed", "grant", "held-pass", "lane"]) {
      byId(id).value = "";
    }
    byId("class").value = "ordinary";
    document.querySelector("[name=when][value=now]").checked = true;
    this.#changed();
  }

  /** Repaints everything that words or choices change. */
  paint() {
    options("lane", ["", ...this.hall.lanes.map((it) => it.id)], (id) => {
      const lane = this.hall.lanes.find((it) => it.id === id);
      return lane ? `${id} ${sideOf(lane.name)}` : words("desk.no_lane");
    });
    // Who has an appointment checks in.
    const classes = this.hall.classes.filter((it) => it !== "appointment");
    options("class", classes, (it) => words(`class.${it}`));
    options("priority", PRIORITIES, (it) => words(`priority.${it}`));
    byId("priority-part").hidden = byId("class").value !== "priority";
    byId("grant-part").hidden = byId("class").value !== "green";
    setText(byId("grant-by"), words("desk.grant_by", { staff: this.session.staff }));
    byId("lane-part").hidden = this.chosen.length > 0;
    byId("now-part").hidden = this.later;
    byId("later-part").hidden = !this.later;
    const go = byId("issue-go").firstElementChild;
    go.dataset.words = this.later ? "desk.book_go" : "desk.issue_go";
    setText(go, words(go.dataset.words));
    this.#paintChosen();
    this.#paintSlots();
    this.situation.paint();
  }

  #paintChosen() {
    byId("chosen").replaceChildren(...this.chosen.map((id, at) => {
      const line = node("li");
      const name = sideOf(this.matters.get(id).short);
      const drop = node("button", "quiet", words("desk.drop"));
      drop.type = "button";
      drop.addEventListener("click", () => {
        this.chosen.splice(at, 1);
        this.#changed();
      });
      line.append(node("span", "", at === 0 ? name : words("desk.then", { name })), drop);
      return line;
    }));
  }

  #changed() {
    this.slot = null;
    // An appointment is made without: it is asked when they come.
    this.situation.of(this.later ? null : this.chosen[0] || null);
    this.paint();
    if (this.later) {
      this.#readSlots();
    }
  }

  async #search() {
    const q = byId("typed").value.trim();
    if (!q) {
      this.#showFound([]);
      return;
    }
    try {
      const ids = await ask("GET", `/catalogue/search?${new URLSearchParams({ q })}`);
      // An answer to what was typed before comes too late.
      if (byId("typed").value.trim() === q && document.activeElement === byId("typed")) {
        this.#showFound(ids.filter((it) => !this.chosen.includes(it)), true);
      }
    } catch (error) {
      this.tell(() => troubleWords(error));
    }
  }

  #showFound(ids, searched = false) {
    this.found = ids;
    this.marked = 0;
    const list = byId("found");
    list.hidden = !searched;
    byId("typed").setAttribute("aria-expanded", searched);
    const rows = ids.map((id, at) => {
      const matter = this.matters.get(id);
      const row = node("li");
      row.role = "option";
      row.append(node("span", "", sideOf(matter.short)), node("span", "second", sideOf(matter.department)));
      // Before the field loses the focus and the list is gone.
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.#take(at);
      });
      return row;
    });
    list.replaceChildren(...(rows.length > 0 ? rows : [node("li", "second", words("desk.none_found"))]));
    this.#mark(0);
  }

  #mark(at) {
    const rows = [...byId("found").querySelectorAll("[role=option]")];
    this.marked = Math.max(0, Math.min(at, rows.length - 1));
    rows.forEach((row, nth) => row.setAttribute("aria-selected", nth === this.marked));
    rows[this.marked]?.scrollIntoView({ block: "nearest" });
  }

  #listKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      this.#mark(this.marked + steps[event.key]);
    } else if (event.key === "Enter" && byId("typed").value.trim()) {
      // With something typed, Enter chooses; without, it issues.
      event.preventDefault();
      this.#take(this.marked);
    }
  }

  #take(at) {
    const id = this.found[at];
    if (!id || this.chosen.length > MORE_MAX) {
      return;
    }
    this.chosen.push(id);
    byId("typed").value = "";
    byId("lane").value = "";
    this.#showFound([]);
    this.#changed();
  }

  async #readSlots() {
    const first = this.matters.get(this.chosen[0]);
    const lane = first ? first.lane : byId("lane").value;
    const day = byId("day").value;
    this.slots = [];
    this.slot = null;
    this.#paintSlots();
    if (!lane || !day) {
      return;
    }
    try {
      const slots = await ask("GET", `/appointments/slots?${new URLSearchParams({ lane, day })}`);
      if (byId("day").value === day) {
        this.slots = slots;
        this.#paintSlots();
      }
    } catch (error) {
      this.tell(() => troubleWords(error));
    }
  }

  #paintSlots() {
    const free = this.slots.filter((it) => it.free > 0);
    const chosen = this.chosen.length > 0 || byId("lane").value;
    byId("no-slots").hidden = free.length > 0;
    setText(byId("no-slots"), words(chosen ? "desk.no_slots" : "desk.choose_first"));
    byId("slots").replaceChildren(...free.map((slot) => {
      const button = node("button", "press");
      button.type = "button";
      button.setAttribute("aria-pressed", slot.from === this.slot);
      button.append(
        node("b", "", slot.from.slice(0, 5)),
        node("span", "second", words("desk.free", { n: slot.free })),
      );
      button.addEventListener("click", () => {
        this.slot = slot.from;
        this.#paintSlots();
      });
      return button;
    }));
  }
}

/** Fills a list and keeps what is chosen in it. */
function options(id, values, name) {
  const list = byId(id);
  const chosen = list.value || values[0];
  list.replaceChildren(...values.map((value) => {
    const option = node("option", "", name(value));
    option.value = value;
    return option;
  }));
  list.value = chosen;
}
