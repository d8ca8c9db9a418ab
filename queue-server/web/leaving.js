// Giving the number up: asks once, then it is the server's word that
// counts. Only who is not at a window yet can leave by the phone.

import { Refusal, ask } from "./api.js";
import { byId, node, troubleWords } from "./page.js";
import { commandId } from "./press.js";
import { words } from "./words.js";

const MAY_LEAVE = new Set(["waiting", "called"]);

let token = "";
let take = () => {};
let asking = false;
let busy = false;
let trouble = null;
/** One for all tries: leaving twice is leaving once. */
let command = null;
let shown = "";

/** `answered` gets the ticket as it is after leaving. */
export function startLeaving(ofToken, answered) {
  token = ofToken;
  take = answered;
}

/** Offers to leave for as long as that can be had. */
export function paintLeaving(view) {
  const place = byId("leaving");
  place.hidden = !MAY_LEAVE.has(view.state);
  if (place.hidden) {
    asking = false;
  }
  const now = JSON.stringify([place.hidden, asking, busy, words("ticket.leave"), trouble && 1]);
  // What a finger is on must not be made anew beneath it.
  if (now === shown) {
    return;
  }
  shown = now;
  place.replaceChildren(...(asking ? question(view) : [offer(view)]));
}

function offer(view) {
  return button("ticket.leave", () => putQuestion(view, true));
}

function question(view) {
  const sure = node("p", "ask", words("ticket.leave.ask", { number: view.number }));
  sure.tabIndex = -1;
  sure.setAttribute("role", "status");
  const yes = button(busy ? "ticket.sending" : "ticket.leave.yes", () => leave(view));
  const no = button("ticket.leave.no", () => putQuestion(view, false));
  const said = trouble ? [node("p", "notice", trouble)] : [];
  return [sure, ...said, yes, no];
}

function putQuestion(view, on) {
  asking = on;
  trouble = null;
  paintLeaving(view);
  const first = byId("leaving").firstElementChild;
  first.focus();
}

async function leave(view) {
  if (busy) {
    return;
  }
  command = command || commandId();
  busy = true;
  trouble = null;
  paintLeaving(view);
  try {
    take(await ask("POST", `/status/${token}/leave`, { command_id: command }));
  } catch (error) {
    const late = error instanceof Refusal && error.status === 409;
    trouble = late ? words("ticket.leave.late") : troubleWords(error);
  } finally {
    busy = false;
    shown = "";
  }
  if (trouble) {
    paintLeaving(view);
  }
}

function button(key, pressed) {
  const made = node("button", "press", words(key));
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}
