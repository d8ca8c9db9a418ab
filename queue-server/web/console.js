// The clerk's console: shows the window's view as the feed sends it and
// turns buttons and keys into presses. Decides nothing about the queue;
// what may be pressed is in actions.js, how it is said in press.js.

import { ACTIONS, actionForKey, offered, stateOf } from "./actions.js";
import { changeAlarm, paintAlarm, watchWaits } from "./alarm.js";
import { ask, whoAmI } from "./api.js";
import * as dialogs from "./dialogs.js";
import { follow } from "./feed.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { Papers } from "./papers.js";
import { Presses } from "./press.js";
import { passSlip, print } from "./sheet.js";
import { Small } from "./small.js";
import { Painter } from "./visit.js";
import { chineseWords, sideOf, words } from "./words.js";

/** The running times change each second. */
const TICK_MS = 1_000;

const BUTTONS = [...document.querySelectorAll("[data-action]")];

let session = null;
let hall = null;
let painter = null;
let view = null;
let presses = null;
/** Names of the actions whose buttons are on the page. */
let shown = [];
/** `() => text` of the calm line, or null; a function, so that it
 *  follows the language. */
let notice = null;
const papers = new Papers();
const small = new Small(act, keyPressed);

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(speak));
  const catalogue = await page.answer(() => ask("GET", "/catalogue"));
  painter = new Painter(hall, new Map(catalogue.matters.map((it) => [it.id, it])));
  page.startLintel(session, mayLeave, (error) => tell(() => page.troubleWords(error)));
  setInterval(tick, TICK_MS);
  paint();
  if (session.window) {
    startWindow();
  }
}

/** Another language: all of it is said anew. */
function speak() {
  papers.paint();
  paint();
}

function startWindow() {
  presses = new Presses(session.staff, `window ${session.window}`, {
    answer: (reply, path) => path.startsWith("/windows/") && take(reply, false),
    changed: paint,
    done,
    refused,
    waiting: () => tell(() => words("console.retrying")),
    gaveUp: () => tell(() => words("console.gave_up")),
  });
  for (const button of BUTTONS) {
    onPress(button, () => act(button.dataset.action));
  }
  onPress(byId("small"), () => small.open());
  onPress(byId("help-open"), openHelp);
  onPress(byId("alarm"), changeAlarm);
  byId("slip-print").addEventListener("click", () => print(byId("slip-body").firstElementChild));
  byId("slip").addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "p" && !event.ctrlKey && !event.metaKey) {
      byId("slip-print").click();
    }
  });
  dialogs.startDialogs();
  document.addEventListener("keydown", keyPressed);
  follow({ view: "window", window: session.window }, {
    view: take,
    link: (alive) => {
      page.paintLink(alive ? "connected" : "lost");
      if (alive) {
        papers.again();
      }
    },
    heard: () => {},
    before: whoAmI,
  });
  presses.resume();
}

/** A mouse leaves the focus behind, and the space bar would then press
 *  this button again instead of the primary one. */
function onPress(button, pressed) {
  button.addEventListener("click", (event) => {
    if (event.detail > 0) {
      button.blur();
    }
    pressed();
  });
}

/** Takes a whole view, unless a newer one is already shown. The first of
 *  a connection always counts: the server may have begun a new journal. */
function take(newer, first) {
  if (!view || first || newer.seq >= view.seq) {
    const gone = isGoneElsewhere(newer) && view.ticket.number;
    view = newer;
    if (gone) {
      tell(() => words("console.gone", { number: gone }));
    }
    paint();
  }
}

/** Whoever was called gave the number up on a phone, or another tab or
 *  the manager passed it over: nothing was pressed here. */
function isGoneElsewhere(newer) {
  const called = view && view.ticket && view.ticket.state === "called";
  return Boolean(called) && !newer.ticket && !presses.action;
}

function act(name) {
  if (!view || presses.action || !offered(view).includes(name)) {
    return;
  }
  const action = ACTIONS[name];
  if (action.choose || action.form) {
    // The small window has no dialogs; the large one comes forward.
    window.focus();
  }
  // The ticket of now, not of when the dialog is answered: the server
  // then refuses if the window has moved on in another tab.
  const about = view;
  if (action.choose) {
    const title = name === "finish"
      ? words("console.choose_outcome", { number: view.ticket.number })
      : words("console.choose_reason");
    const { choose: keys, minutes } = action;
    dialogs.offerMinutes(minutes);
    dialogs.choose(name, title, keys.map((it) => words(it)), (index) => {
      const reason = chineseWords(keys[index]);
      begin(name, action.steps(about, index, reason, dialogs.chosenMinutes()));
    }, view.ticket?.id);
  } else if (action.form === "transfer") {
    dialogs.askTransfer(hall, view, (sent) => begin(name, action.steps(about, sent)));
  } else if (action.form === "number") {
    const titles = { title: words(`number.${name}`), go: words(`number.${name}_go`) };
    dialogs.askNumber(name, titles, name === "call_number", (ticket, reason) => {
      begin(name, action.steps(about, { ticket: ticket.id, reason }), ticket);
    });
  } else {
    begin(name, action.steps(view), view.ticket);
  }
}

function takeUp(ticket) {
  if (view && !presses.action && offered(view).includes("take_up")) {
    begin("take_up", ACTIONS.take_up.steps(view, ticket));
  }
}

/** `about`: the ticket that is meant, kept for the words at the end. */
function begin(name, steps, about = view.ticket) {
  tell(null);
  const { id, number, matter, lane } = about || {};
  presses.begin(name, steps, { id, number, matter, lane });
}

function done(name, reply, about) {
  const says = {
    recall: "console.recalled",
    park: "console.parked_one",
    transfer: "console.transferred",
    reinstate: "console.reinstated",
  };
  if (name === "transfer") {
    dialogs.forgetDraft();
  }
  if (name === "pass") {
    showPass(about, reply);
  }
  const key = says[name];
  tell(key && about.number ? () => words(key, { number: about.number }) : null);
}

async function refused(refusal, name, about) {
  // It was given before: the same one is shown again.
  if (name === "pass" && refusal.code === "pass_given_before") {
    try {
      showPass(about, await ask("GET", `/tickets/${about.id}/pass`));
      return;
    } catch (error) {
      tell(() => page.troubleWords(error));
      return;
    }
  }
  tell(() => page.troubleWords(refusal));
}

function showPass(about, pass) {
  byId("slip-body").replaceChildren(passSlip(hall, about, pass, painter.whatFor(about)));
  byId("slip").showModal();
}

function keyPressed(event) {
  const plain = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!plain || !view || dialogs.dialogOpen()) {
    return;
  }
  const { key } = event;
  const on = event.target.closest ? event.target.closest("button, a, input") : null;
  if (key === "Escape" && on) {
    on.blur();
    return;
  }
  // A control that was reached by keyboard keeps its own space bar.
  if (key === " " && on) {
    return;
  }
  const pressed = keyMeans(key.toLowerCase());
  if (pressed) {
    event.preventDefault();
    pressed();
  }
}

/** What a key stands for now, or nothing. */
function keyMeans(key) {
  const name = actionForKey(view, key);
  if (name) {
    return () => act(name);
  }
  const pages = { "?": openHelp, "？": openHelp, m: changeAlarm, o: () => small.open() };
  if (pages[key]) {
    return pages[key];
  }
  if (/^[1-9]$/.test(key)) {
    const parked = (view.parked || [])[Number(key) - 1];
    return view.ticket ? () => papers.tickByKey(key) : parked && (() => takeUp(parked.id));
  }
  return undefined;
}

function openHelp() {
  const rows = Object.entries(ACTIONS)
    .filter(([, it]) => it.key)
    .map(([name, it]) => [it.key === " " ? words("key.space") : it.key.toUpperCase(), `console.${name}`]);
  const others = [["1–9", "help.tick"], ["1–9", "help.take_up"], ["M", "help.alarm"], ["O", "help.small"], ["?", "console.help"]];
  byId("help-keys").replaceChildren(...[...rows, ...others].map(([key, text]) => {
    const row = node("div");
    const term = node("dt");
    term.append(node("kbd", "", key));
    row.append(term, node("dd", "", words(text)));
    return row;
  }));
  byId("help").showModal();
}

function mayLeave() {
  if (view && view.state !== "closed" && (!view.clerk || view.clerk === session.staff)) {
    tell(() => words("console.close_first"));
    return false;
  }
  return true;
}

function tell(text) {
  notice = text;
  paintNotice();
  paintSmall();
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
  for (const id of ["plate", "papers-part", "waiting-part", "window-part", "link", "small", "help-open"]) {
    byId(id).hidden = !session.window;
  }
  if (!session.window) {
    setText(byId("state"), words("console.no_window"));
    return;
  }
  paintNotice();
  if (view) {
    paintWindow();
    painter.visit(view);
    painter.waiting(view);
    painter.parked(view, stateOf(view) === "idle", takeUp);
    painter.figures(view);
    papers.show(view.ticket);
    paintActions();
    paintAlarm();
    painter.times(view);
    watchWaits(view, hall.wait_target_minutes);
    paintSmall();
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
}

function stateWords(state) {
  const text = words(`console.state.${state}`);
  if (state !== "paused") {
    return text;
  }
  return [text, ...page.pauseWords(view, hall.time_zone)].join(" · ");
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
  dialogs.closeStale(shown, view.ticket?.id);
}

function paintSmall() {
  if (view) {
    small.paint({
      state: stateWords(stateOf(view)),
      number: view.ticket ? view.ticket.number : "",
      notice: notice ? notice() : "",
      shown,
      busy: presses.action,
    });
  }
}

function tick() {
  page.paintLintel(session, hall);
  if (view) {
    painter.times(view);
    watchWaits(view, hall.wait_target_minutes);
  }
}
