// What the visitor thinks of a service (好差评): five levels, then up to
// eight reasons of that level, once for each service. Nobody has to, and
// who passes is not asked again on this phone.

import { Refusal, ask } from "./api.js";
import { memoryOf, remember } from "./memory.js";
import { byId, node, troubleWords } from "./page.js";
import { commandId } from "./press.js";
import { sideOf, words } from "./words.js";

const LEVELS = [5, 4, 3, 2, 1];

/** The national option codes: the first of each level, eight of each. */
const FIRST_REASONS = { 5: 510, 4: 406, 3: 307, 2: 207, 1: 108 };
const N_REASONS = 8;

let token = "";
let take = () => {};
let level = null;
let reasons = new Set();
let command = null;
let busy = false;
let trouble = null;
/** Somebody rated on this page; it says thank you. */
let thanked = false;
let shown = "";

/** `answered` gets the ticket as it is after a rating. */
export function startRating(ofToken, answered) {
  token = ofToken;
  take = answered;
}

/** Asks of the first service that was neither rated nor passed. */
export function paintRating(view) {
  const place = byId("rating");
  const service = waiting(view);
  place.hidden = !service && !thanked;
  const now = JSON.stringify([service, level, busy, trouble, thanked, words("rating.title")]);
  if (now === shown) {
    return;
  }
  shown = now;
  const thanks = thanked ? [node("p", "thanks", words("rating.thanks"))] : [];
  place.replaceChildren(...thanks, ...(service ? card(view, service) : []));
}

function waiting(view) {
  const { passed } = memoryOf(token);
  const services = view.services || [];
  return services.find((it) => !it.rated && !passed.includes(it.service));
}

function card(view, service) {
  const name = service.matter_name ? sideOf(service.matter_name) : null;
  const heading = node("h2", "", words("rating.title"));
  const of = name ? [node("p", "second", name)] : [];
  const privacy = node("p", "second", words("rating.privacy"));
  const levels = node("div", "levels");
  levels.setAttribute("role", "group");
  levels.setAttribute("aria-label", words("rating.title"));
  levels.append(...LEVELS.map((it) => levelButton(view, it)));
  const said = trouble ? [node("p", "notice", trouble)] : [];
  const more = level ? [reasonList(), send(view, service)] : [];
  return [heading, ...of, levels, ...more, ...said, pass(view, service), privacy];
}

function levelButton(view, of) {
  const chosen = level === of;
  const made = press(`rating.level.${of}`, () => {
    level = chosen ? null : of;
    reasons = new Set();
    command = null;
    trouble = null;
    paintRating(view);
    const again = document.querySelector(`.levels [data-level="${of}"]`);
    again.focus();
  });
  made.dataset.level = String(of);
  made.setAttribute("aria-pressed", String(chosen));
  made.hidden = level !== null && !chosen;
  return made;
}

function reasonList() {
  const made = node("fieldset", "reasons");
  made.append(node("legend", "", words("rating.reasons")));
  const first = FIRST_REASONS[level];
  for (let code = first; code < first + N_REASONS; code += 1) {
    const box = node("input");
    box.type = "checkbox";
    box.checked = reasons.has(code);
    box.addEventListener("change", () => {
      command = null;
      if (box.checked) {
        reasons.add(code);
      } else {
        reasons.delete(code);
      }
    });
    const label = node("label");
    label.append(box, node("span", "name", words(`rating.${code}`)));
    made.append(label);
  }
  return made;
}

function send(view, service) {
  const made = press(busy ? "ticket.sending" : "rating.send", () => rate(view, service));
  made.classList.add("primary");
  return made;
}

function pass(view, { service }) {
  const made = press("rating.pass", () => {
    remember(token, ({ passed }) => ({ passed: [...passed, service] }));
    level = null;
    paintRating(view);
  });
  made.classList.add("plainly");
  return made;
}

async function rate(view, { service }) {
  if (busy) {
    return;
  }
  command = command || commandId();
  const body = { command_id: command, service, level, reasons: [...reasons] };
  busy = true;
  trouble = null;
  paintRating(view);
  let newer = null;
  try {
    newer = await ask("POST", `/status/${token}/rate`, body);
  } catch (error) {
    const before = error instanceof Refusal && error.code === "rated_before";
    trouble = before ? null : troubleWords(error);
    newer = before ? await ask("GET", `/status/${token}`).catch(() => null) : null;
  }
  busy = false;
  if (newer) {
    thanked = true;
    level = null;
    command = null;
    take(newer);
    byId("rating").scrollIntoView({ block: "nearest" });
  } else {
    paintRating(view);
  }
}

function press(key, pressed) {
  const made = node("button", "press", words(key));
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}
