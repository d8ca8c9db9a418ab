// The questions of a matter at the desk, one at a time as at a kiosk: the
// server says which comes next, the clerk asks the visitor. Nobody has to
// be asked; what was said goes with the number.

import { ask } from "./api.js";
import { byId, node, setText, troubleWords } from "./page.js";
import { sideOf, words } from "./words.js";

/** What somebody answers who does not know. */
const UNSURE = "unsure";

/** The questions on the form, of the first matter chosen. */
export class Situation {
  constructor(tell) {
    this.tell = tell;
    this.of(null);
    byId("situation-unsure").addEventListener("click", () => this.#answer([UNSURE]));
    byId("situation-back").addEventListener("click", () => this.#back());
    byId("situation-chosen").addEventListener("click", () => this.#answer([...this.picked]));
  }

  /** What was said, or null if nothing was. */
  get answers() {
    const said = this.view ? this.view.answers : {};
    return Object.keys(said).length > 0 ? said : null;
  }

  /** Another matter, or none. */
  async of(matter) {
    if (this.matter === matter) {
      return;
    }
    Object.assign(this, { matter, view: null, before: [], picked: new Set() });
    this.paint();
    if (matter) {
      await this.#read({});
    }
  }

  async #read(answers) {
    const { matter } = this;
    try {
      const view = await ask("POST", `/matters/${matter}/situation`, { answers });
      // An answer for a matter that was dropped comes too late.
      if (this.matter === matter) {
        const moved = this.view !== null;
        Object.assign(this, { view, picked: new Set() });
        this.paint();
        if (moved) {
          (byId("situation-options").querySelector("button") || byId("issue-go")).focus();
        }
      }
    } catch (error) {
      this.tell(() => troubleWords(error));
    }
  }

  #answer(chosen) {
    const { view } = this;
    if (view && view.question && chosen.length > 0) {
      this.before.push(view.answers);
      this.#read({ ...view.answers, [view.question.id]: chosen });
    }
  }

  #back() {
    const answers = this.before.pop();
    if (answers) {
      this.#read(answers);
    }
  }

  #press(option) {
    if (!this.view.question.many) {
      this.#answer([option.id]);
      return;
    }
    if (!this.picked.delete(option.id)) {
      this.picked.add(option.id);
    }
    this.paint();
    const again = [...byId("situation-options").children];
    again.find((it) => it.dataset.option === option.id)?.focus();
  }

  /** Repaints: another question, another language. */
  paint() {
    const { view } = this;
    const question = view && view.question;
    byId("situation-part").hidden = !view || (view.of === 0 && !question);
    if (!view) {
      return;
    }
    const said = view.said.map((it) => {
      const chosen = it.chosen.map(sideOf).join(words("list.and"));
      const line = node("li", "", chosen || words("situation.unsure"));
      line.title = sideOf(it.question);
      return line;
    });
    byId("situation-said").replaceChildren(...said);
    setText(byId("situation-at"), question
      ? words("situation.at", { n: view.answered + 1, of: view.of })
      : words("situation.done"));
    setText(byId("situation-question"), question ? sideOf(question.text) : "");
    byId("situation-question").hidden = !question;
    byId("situation-options").replaceChildren(...(question ? question.options.map((option) => {
      const button = node("button", "press", sideOf(option.text));
      button.type = "button";
      button.dataset.option = option.id;
      if (question.many) {
        button.setAttribute("aria-pressed", this.picked.has(option.id));
      }
      button.addEventListener("click", () => this.#press(option));
      return button;
    }) : []));
    byId("situation-chosen").hidden = !question || !question.many;
    byId("situation-chosen").disabled = this.picked.size === 0;
    byId("situation-unsure").hidden = !question;
    byId("situation-back").hidden = this.before.length === 0;
  }
}
