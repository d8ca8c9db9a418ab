// The console's small form: number, state and the main buttons in a
// little window that stays in sight. Where the browser has picture in
// picture for documents it stays above all others; elsewhere a narrow
// window shows the console itself, which is laid out for it.

import { node, paintNumber, setText } from "./page.js";
import { words } from "./words.js";

const SIZE = { width: 380, height: 420 };

/** Actions that need no dialog; all others are done on the large page. */
const ACTIONS = [
  "open", "resume", "call_next", "arrive", "finish_next", "finish_matter", "recall", "no_show", "park",
];

/** One small window at a time. */
export class Small {
  /** `press(name)` acts; `key(event)` is what the page does with keys. */
  constructor(press, key) {
    this.press = press;
    this.key = key;
    this.body = null;
  }

  /** Opens it; in a small window already, does nothing. */
  async open() {
    if (!("documentPictureInPicture" in window)) {
      const place = `popup,width=${SIZE.width},height=${SIZE.height + 120}`;
      window.open("/console", "yimen-small", place);
      return;
    }
    if (this.body) {
      return;
    }
    const small = await window.documentPictureInPicture.requestWindow(SIZE);
    const { document: paper } = small;
    paper.documentElement.className = "staff";
    paper.documentElement.lang = document.documentElement.lang;
    paper.title = document.title;
    const sheets = document.querySelectorAll("link[rel=stylesheet]");
    paper.head.append(...[...sheets].map((it) => paper.importNode(it)));
    this.#fill(paper);
    small.addEventListener("keydown", this.key);
    small.addEventListener("pagehide", () => {
      this.body = null;
    });
  }

  #fill(paper) {
    paper.body.className = "console small";
    const who = node("section", "who");
    const parts = {
      state: node("p", "caption"),
      plate: node("div", "plate"),
      notice: node("p", "notice"),
      actions: node("div", "actions"),
    };
    who.append(...Object.values(parts));
    paper.body.append(who);
    this.body = parts;
    this.buttons = new Map();
    this.paint(this.last);
  }

  /** Shows what the large page shows. `now` is `{state, number, notice,
   *  shown, busy}`. */
  paint(now) {
    this.last = now;
    if (!this.body || !now) {
      return;
    }
    const { state, plate, notice, actions } = this.body;
    setText(state, now.state);
    paintNumber(plate, now.number);
    setText(notice, now.notice);
    notice.hidden = !now.notice;
    const wanted = ACTIONS.filter((it) => now.shown.includes(it));
    actions.replaceChildren(...wanted.map((name) => this.#button(name, now.busy)));
  }

  /** The large page's button once more; made once, so that a press that
   *  falls into a repaint is not lost. */
  #button(name, busy) {
    let button = this.buttons.get(name);
    if (!button) {
      button = document.querySelector(`[data-action=${name}]`).cloneNode(true);
      button.hidden = false;
      button.addEventListener("click", () => {
        button.blur();
        this.press(name);
      });
      this.buttons.set(name, button);
    }
    button.setAttribute("aria-disabled", Boolean(busy));
    button.classList.toggle("busy", name === busy);
    setText(button.firstElementChild, words(`console.${name}${name === busy ? ".busy" : ""}`));
    return button;
  }
}
