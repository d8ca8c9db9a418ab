// The clerk's console: shows the window's view as the feed sends it and
// turns buttons and keys into presses. Decides nothing about the queue;
// what may be pressed is in actions.js, how it is said in press.js.

import { ACTIONS, actionForKey, offered, stateOf } from "./actions.js";
import { ask, whoAmI } from "./api.js";
import { follow } from "./feed.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { Presses } from "./press.js";
import { chineseWords, sideOf, words } from "./words.js";

/** The running times change each second. */
const TICK_MS = 1_000;

const BUTTONS = [...document.querySelectorAll("[data-action]")];

let session = null;
let hall = null;
let matters = new Map();
let view = null;
let presses = null;
/** Names of the actions whose buttons are on the page. */
let shown = [];
/** `() => text` of the calm line, or null; a function, so that it
 *  follows the language. */
let notice = null;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  const catalogue = await page.answer(() => ask("GET", "/catalogue"));
  matters = new Map(catalogue.matters.map((it) => [it.id, it]));
  page.startLintel(session, mayLeave, (error) => tell(() => page.troubleWords(error)));
  setInterval(tick, TICK_MS);
  paint();
  if (session.window) {
    startWindow();
  }
}

function startWindow() {
  presses = new Presses(session.staff, session.window, {
    view: (answer) => take(answer, false),
    changed: paint,
    done: (action) => tell(action === "recall" ? recalledWords : null),
    refused: (refusal) => tell(() => page.troubleWords(refusal)),
    waiting: () => tell(() => words("console.retrying")),
    gaveUp: () => tell(() => words("console.gave_up")),
  });
  for (const button of BUTTONS) {
    button.addEventListener("click", (event) => {
      // A mouse leaves the focus behind, and the space bar would then
      // press this button again instead of the primary one.
      if (event.detail > 0) {
        button.blur();
      }
      act(button.dataset.action);
    });
  }
  document.addEventListener("keydown", keyPressed);
  byId("chooser").addEventListener("keydown", digitPressed);
  byId("chooser-back").addEventListener("click", () => byId("chooser").close());
  follow({ view: "window", window: session.window }, {
    view: take,
    link: (alive) => page.paintLink(alive ? "connected" : "lost"),
    heard: () => {},
    before: whoAmI,
  });
  presses.resume();
}

/** Takes a whole view, unless a newer one is already shown. The first of
 *  a connection always counts: the server may have begun a new journal. */
function take(newer, first) {
  if (!view || first || newer.seq >= view.seq) {
    view = newer;
    paint();
  }
}

function act(name) {
  if (!view || presses.action || !offered(view).includes(name)) {
    return;
  }
  const action = ACTIONS[name];
  if (action.choose) {
    choose(name);
  } else {
    begin(name, action.steps(view));
  }
}

function begin(name, steps) {
  tell(null);
  presses.begin(name, steps);
}

function keyPressed(event) {
  const plain = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!plain || !view || byId("chooser").open) {
    return;
  }
  // A control that was reached by keyboard keeps its own space bar.
  if (event.key === " " && document.activeElement.closest("button, a")) {
    return;
  }
  const name = actionForKey(view, event.key.toLowerCase());
  if (name) {
    event.preventDefault();
    act(name);
  }
}

function choose(name) {
  const chooser = byId("chooser");
  const { choose: keys, steps } = ACTIONS[name];
  const title = name === "finish"
    ? words("console.choose_outcome", { number: view.ticket.number })
    : words("console.choose_reason");
  // The ticket of now, not of when the choice is made: the server then
  // refuses if the window has moved on in another tab.
  const about = view;
  chooser.dataset.action = name;
  setText(byId("chooser-title"), title);
  byId("choices").replaceChildren(...keys.map((key, index) => {
    const button = node("button", "press");
    button.type = "button";
    button.append(node("kbd", "", String(index + 1)), node("span", "", words(key)));
    button.addEventListener("click", () => {
      chooser.close();
      begin(name, steps(about, index, chineseWords(key)));
    });
    return button;
  }));
  chooser.showModal();
}

function digitPressed(event) {
  const button = byId("choices").children[Number(event.key) - 1];
  if (button && !event.repeat) {
    event.preventDefault();
    button.click();
  }
}

function mayLeave() {
  if (view && view.state !== "closed") {
    tell(() => words("console.close_first"));
    return false;
  }
  return true;
}

function tell(text) {
  notice = text;
  paintNotice();
}

function recalledWords() {
  return view.ticket ? words("console.recalled", { number: view.ticket.number }) : "";
}

function paintNotice() {
  byId("notice").hidden = !notice;
  setText(byId("notice"), notice ? notice() : "");
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("console.title");
  page.paintLintel(session, hall);
  byId("no-window").hidden = Boolean(session.window);
  if (!session.window) {
    setText(byId("state"), words("console.no_window"));
    return;
  }
  paintNotice();
  if (view) {
    paintWindow();
    paintVisit();
    paintWaiting();
    paintActions();
    paintTimes();
  }
}

function paintWindow() {
  const state = stateOf(view);
  const byOther = view.clerk && view.clerk !== session.staff;
  setText(byId("window-label"), view.label);
  setText(byId("window-name"), sideOf(view.name));
  setText(byId("state"), stateWords(state));
  setText(byId("other-clerk"), byOther ? words("console.other_clerk", { staff: view.clerk }) : "");
  setText(byId("hint"), hintWords(state));
  setText(byId("served"), words("people", { n: view.served_today }));
  setText(byId("lanes"), view.lanes.map(laneName).join(" · "));
}

function stateWords(state) {
  const text = words(`console.state.${state}`);
  const reason = state === "paused" && view.pause_reason;
  return reason ? `${text} · ${page.reasonWords(reason)}` : text;
}

function hintWords(state) {
  switch (state) {
    case "idle":
      return view.waiting.length > 0
        ? words("console.hint.idle", { number: view.waiting[0].number })
        : words("console.hint.nobody");
    case "closed":
    case "paused":
      return words(`console.hint.${state}`);
    default:
      return "";
  }
}

function laneName(id) {
  const lane = hall.lanes.find((it) => it.id === id);
  return lane ? `${id} ${sideOf(lane.name)}` : id;
}

function paintVisit() {
  const { ticket } = view;
  byId("plate").classList.toggle("empty", !ticket);
  setText(byId("plate"), ticket ? ticket.number : "");
  byId("hint").hidden = Boolean(ticket);
  byId("visit").hidden = !ticket;
  if (!ticket) {
    return;
  }
  const matter = matters.get(ticket.matter);
  setText(byId("matter"), matter ? sideOf(matter.name) : words("console.no_matter"));
  setText(byId("department"), matter ? sideOf(matter.department) : laneName(ticket.lane));
  byId("class").hidden = ticket.class === "ordinary";
  setText(byId("class"), words(`class.${ticket.class}`));
  byId("usual-fact").hidden = !matter;
  setText(byId("usual"), matter ? words("time.minutes", { n: matter.service_minutes }) : "");
  setText(byId("at-issued"), at("issued", ticket.issued_at));
  setText(byId("at-called"), at("called", view.called_at));
  setText(byId("at-arrived"), at("arrived", ticket.arrived_at));
}

function at(step, instant) {
  const time = instant && page.clockTime(instant, hall.time_zone);
  return time ? words(`console.at_${step}`, { time }) : "";
}

function paintWaiting() {
  setText(byId("waiting-count"), words("console.waiting", { n: view.waiting.length }));
  byId("nobody").hidden = view.waiting.length > 0;
  byId("waiting").replaceChildren(...view.waiting.map((waiting) => {
    const row = node("tr");
    const matter = matters.get(waiting.matter);
    const what = node("td", "what", matter ? sideOf(matter.name) : laneName(laneOf(waiting)));
    const tag = node("td", "tags");
    if (waiting.class !== "ordinary") {
      tag.append(node("span", "tag", words(`class.${waiting.class}`)));
    }
    const waited = node("td", "waited");
    waited.dataset.since = waiting.issued_at;
    const number = node("th", "number", waiting.number);
    number.scope = "row";
    const since = node("td", "since", page.clockTime(waiting.issued_at, hall.time_zone));
    row.append(number, what, tag, since, waited);
    return row;
  }));
}

/** The letters of a number are its lane's. */
function laneOf({ number }) {
  return number.replace(/\d+$/, "");
}

function paintActions() {
  const busy = presses.action;
  // While a press is under way its buttons stay as they were pressed,
  // whatever the feed says meanwhile; after a reload only its own.
  if (!busy) {
    shown = offered(view);
  } else if (!shown.includes(busy)) {
    shown = [busy];
  }
  for (const button of BUTTONS) {
    const name = button.dataset.action;
    button.hidden = !shown.includes(name);
    button.setAttribute("aria-disabled", Boolean(busy));
    button.classList.toggle("busy", name === busy);
    setText(button.firstElementChild, words(`console.${name}${name === busy ? ".busy" : ""}`));
  }
  const chooser = byId("chooser");
  if (chooser.open && !shown.includes(chooser.dataset.action)) {
    chooser.close();
  }
}

function tick() {
  page.paintLintel(session, hall);
  if (view) {
    paintTimes();
  }
}

function paintTimes() {
  const { ticket } = view;
  if (ticket) {
    const serving = ticket.state === "serving";
    setText(byId("waited"), page.minutesWords(ticket.issued_at, view.called_at));
    setText(byId("running-label"), words(serving ? "console.serving_for" : "console.called_for"));
    setText(byId("running"), page.stopwatch(serving ? ticket.arrived_at : view.called_at));
  }
  for (const cell of byId("waiting").querySelectorAll("[data-since]")) {
    setText(cell, page.waitedWords(cell.dataset.since));
  }
}
