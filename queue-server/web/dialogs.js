// The dialogs of the pages of the staff: one of several by its digit, a
// number, a place to send a visitor on to. A dialog asks; what was
// answered goes to whoever opened it.

import { Refusal, ask } from "./api.js";
import { byId, node, setText, troubleWords } from "./page.js";
import { sideOf, words } from "./words.js";

/** What was written for a visitor that is sent on, until they are: a
 *  reload or a refusal loses none of it. */
const DRAFT_KEY = "yimen.transfer";

/** Whether any dialog is open: keys are its own then. */
export function dialogOpen() {
  return Boolean(document.querySelector("dialog[open]"));
}

/** Makes the way back and the digits work, once. */
export function startDialogs() {
  for (const button of document.querySelectorAll("dialog [data-back]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  byId("chooser").addEventListener("keydown", (event) => {
    const button = byId("choices").children[Number(event.key) - 1];
    if (button && !event.repeat) {
      event.preventDefault();
      button.click();
    }
  });
}

/** Closes a dialog that is about something which is over: an action that
 *  is not offered any more, a visitor who has gone in another tab. */
export function closeStale(shown, ticket) {
  const open = document.querySelector("dialog[open][data-action]");
  if (open) {
    const { action, ticket: about } = open.dataset;
    if (!shown.includes(action) || (about && about !== String(ticket))) {
      open.close();
    }
  }
}

/** What an open dialog is about. */
function about(dialog, action, ticket) {
  dialog.dataset.action = action;
  dialog.dataset.ticket = ticket === undefined ? "" : ticket;
}

/** Offers to say for how long beside what is chosen, or, without
 *  minutes, does not. Before `choose`, on pages that have the field. */
export function offerMinutes(minutes = []) {
  byId("chooser-minutes").hidden = minutes.length === 0;
  byId("chooser-back").replaceChildren(...[0, ...minutes].map((n) => {
    const text = n ? words("time.minutes", { n }) : words("console.pause.unknown");
    const option = node("option", "", text);
    option.value = String(n);
    return option;
  }));
}

/** What was said; 0 for nothing. */
export function chosenMinutes() {
  return Number(byId("chooser-back").value);
}

/** Asks for one of several texts; `chosen(index)`. `ticket` is whom it is
 *  about, if it is about somebody. */
export function choose(name, title, texts, chosen, ticket) {
  const chooser = byId("chooser");
  about(chooser, name, ticket);
  setText(byId("chooser-title"), title);
  byId("choices").replaceChildren(...texts.map((text, index) => {
    const button = node("button", "press");
    button.type = "button";
    button.append(node("kbd", "", String(index + 1)), node("span", "", text));
    button.addEventListener("click", () => {
      chooser.close();
      chosen(index);
    });
    return button;
  }));
  chooser.showModal();
  byId("choices").firstElementChild.focus();
}

/** A ticket's number as it is written, from what somebody typed: `a12`
 *  is `A012`. */
export function numberFrom(typed) {
  const plain = typed.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
  const parts = /^([A-Z]{1,4})(\d+)$/.exec(plain);
  return parts ? parts[1] + parts[2].padStart(3, "0") : plain;
}

/** Asks for a number, and why if `withReason`; finds its ticket and gives
 *  it to `found(ticket, reason)`. */
export function askNumber(name, titles, withReason, found) {
  const dialog = byId("number");
  const [which, reason] = [byId("number-which"), byId("number-reason")];
  about(dialog, name);
  setText(byId("number-title"), titles.title);
  setText(byId("number-go"), titles.go);
  byId("number-reason-part").hidden = !withReason;
  which.value = "";
  reason.value = "";
  tellIn("number", null);
  let asking = false;
  dialog.querySelector("form").onsubmit = async (event) => {
    event.preventDefault();
    const first = [which, ...(withReason ? [reason] : [])].find((it) => !it.value.trim());
    if (first || asking) {
      first?.focus();
      return;
    }
    asking = true;
    try {
      const query = new URLSearchParams({ number: numberFrom(which.value) });
      const ticket = await ask("GET", `/tickets?${query}`);
      // Closed meanwhile: somebody thought better of it.
      if (dialog.open && dialog.dataset.action === name) {
        dialog.close();
        found(ticket, reason.value.trim());
      }
    } catch (error) {
      // What is no number at all is no ticket either.
      const unknown = error instanceof Refusal && [400, 404].includes(error.status);
      tellIn("number", unknown ? words("number.unknown") : troubleWords(error));
      which.select();
    } finally {
      asking = false;
    }
  };
  dialog.showModal();
  which.focus();
}

/** Asks where a visitor is sent on to and what the colleague should
 *  know; `chosen({to, note})`. */
export function askTransfer(hall, view, chosen) {
  const dialog = byId("transfer");
  const [to, note] = [byId("transfer-to"), byId("transfer-note")];
  const draft = draftFor(view.ticket.id);
  about(dialog, "transfer", view.ticket.id);
  setText(byId("transfer-title"), words("transfer.title", { number: view.ticket.number }));
  const lanes = hall.lanes.map((it) => target(it.id, sideOf(it.name), { to_lane: it.id }));
  const windows = hall.windows
    .filter((it) => it.id !== view.id)
    .map((it) => target(it.label, sideOf(it.name), { to_window: it.id }));
  byId("transfer-lanes").replaceChildren(...lanes.map((it) => it.button));
  byId("transfer-windows").replaceChildren(...windows.map((it) => it.button));
  const targets = [...lanes, ...windows];
  const current = () => {
    const typed = to.value.normalize("NFKC").trim().toUpperCase();
    return targets.find((it) => it.code.toUpperCase() === typed);
  };
  const show = () => {
    for (const it of targets) {
      it.button.setAttribute("aria-pressed", it === current());
    }
    keepDraft({ ticket: view.ticket.id, to: to.value, note: note.value });
  };
  for (const it of targets) {
    it.button.addEventListener("click", () => {
      to.value = it.code;
      show();
      note.focus();
    });
  }
  to.value = draft.to;
  note.value = draft.note;
  to.oninput = show;
  note.oninput = show;
  tellIn("transfer", null);
  show();
  dialog.querySelector("form").onsubmit = (event) => {
    event.preventDefault();
    const where = current();
    if (!where) {
      tellIn("transfer", words("transfer.no_target"));
      to.select();
      return;
    }
    // From the field of the place one goes on to the words, so that a
    // place typed in haste is not yet a visitor sent away.
    if (document.activeElement === to) {
      note.focus();
      return;
    }
    dialog.close();
    chosen({ to: where.to, note: note.value });
  };
  dialog.showModal();
  (draft.to ? note : to).focus();
}

/** The visitor was sent on: what was written is delivered. */
export function forgetDraft() {
  sessionStorage.removeItem(DRAFT_KEY);
}

function keepDraft(draft) {
  sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
}

function draftFor(ticket) {
  const kept = JSON.parse(sessionStorage.getItem(DRAFT_KEY) || "null");
  return kept && kept.ticket === ticket ? kept : { to: "", note: "" };
}

function target(code, name, to) {
  const button = node("button", "press");
  button.type = "button";
  button.append(node("kbd", "", code), node("span", "", name));
  return { code, to, button };
}

function tellIn(dialog, text) {
  byId(`${dialog}-notice`).hidden = !text;
  setText(byId(`${dialog}-notice`), text || "");
}
