// The visitor's page: one ticket as the feed sends it. It may be open
// for an hour in a pocket, so what is shown always says how fresh it is.

import { Refusal, ask } from "./api.js";
import { follow, serverNow } from "./feed.js";
import { byId, clockTime, rangeWords, setText, untilAnswered } from "./page.js";
import { browserLanguage, sideOf, startWords, words } from "./words.js";

/** Called: two long buzzes, where the phone allows any. */
const BUZZ_MS = [600, 200, 600];

/** Where the last view is kept, so that a page which the phone dropped
 *  comes back with something to read. */
const STORAGE_KEY = "yimen.ticket";

const token = location.pathname.split("/").pop();

let view = null;
let seenAt = null;
/** `null` until the line is up or lost for the first time. */
let alive = null;
let unknown = false;

start();

async function start() {
  recall();
  await untilAnswered(() => startWords(browserLanguage(), paint), () => {});
  paint();
  follow({ view: "ticket", token }, {
    view: take,
    link: (isAlive) => {
      alive = isAlive;
      paint();
    },
    heard: () => {
      seenAt = serverNow();
      paintUpdated();
    },
    before: checkToken,
  });
}

/** A feed that is refused says nothing of the reason; this does. */
async function checkToken() {
  try {
    await ask("GET", `/status/${token}`);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) {
      unknown = true;
      paint();
      return false;
    }
    throw error;
  }
}

function take(newer) {
  const called = newer.state === "called" && view && view.state === "waiting";
  view = newer;
  seenAt = serverNow();
  keep();
  paint();
  if (called && navigator.vibrate) {
    navigator.vibrate(BUZZ_MS);
  }
}

function paint() {
  paintUpdated();
  paintNotice();
  if (unknown) {
    byId("facts").hidden = true;
    byId("door").hidden = true;
    paintState("ticket.unknown");
  } else if (view) {
    paintView();
  }
}

function paintView() {
  const { state, window_label: window } = view;
  const waiting = state === "waiting";
  const next = waiting && view.ahead === 0;
  document.body.dataset.state = state;
  document.title = title();
  setText(byId("plate"), view.number);
  setText(byId("lane"), sideOf(view.lane_name));
  byId("facts").hidden = !waiting || next;
  setText(byId("ahead"), String(view.ahead));
  setText(byId("estimate"), rangeWords(view.estimate_minutes));
  paintState(next ? "ticket.next" : `ticket.${state}`);
  const atWindow = state === "called" || state === "serving";
  byId("door").hidden = !atWindow;
  setText(byId("door"), atWindow ? window : "");
}

/** One sentence how things stand, one what to do. */
function paintState(key) {
  delete byId("state").dataset.words;
  setText(byId("state"), words(key, { window: view && view.window_label }));
  setText(byId("do"), words(`${key}.do`));
}

/** What the tab says when the page is not in front. */
function title() {
  const { state, number, window_label: window } = view;
  const text = state === "called" ? words("ticket.called", { window }) : words("ticket.title");
  return `${number} ${text}`;
}

function paintUpdated() {
  const text = seenAt ? words("ticket.updated", { time: clockTime(seenAt) }) : "";
  setText(byId("updated"), text);
}

function paintNotice() {
  const text = noticeWords();
  byId("notice").hidden = !text;
  setText(byId("notice"), text);
}

function noticeWords() {
  if (unknown || alive !== false) {
    return "";
  }
  return view ? words("ticket.lost", { time: clockTime(seenAt) }) : words("ticket.lost_before");
}

function keep() {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ token, view, seenAt }));
  } catch {
    // Without storage the page waits for the first view each time.
  }
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
    if (kept && kept.token === token) {
      ({ view, seenAt } = kept);
    }
  } catch {
    // As above.
  }
}
