// The visitor's page: one ticket as the feed sends it. The server has
// written it into the page already; this goes on from there. It may be
// open for an hour in a pocket, so what is shown says how fresh it is.

import { Refusal, ask } from "./api.js";
import { follow, serverNow } from "./feed.js";
import { paintLeaving, startLeaving } from "./leaving.js";
import { byId, clockTime, rangeWords, setText, untilAnswered } from "./page.js";
import { paintRating, startRating } from "./rating.js";
import { startTicks } from "./ticks.js";
import { pageLanguage, sideOf, startWords, words } from "./words.js";

/** Called: two long buzzes, where the phone allows any. */
const BUZZ_MS = [600, 200, 600];

/** Without a feed the page is loaded again so often. */
const RELOAD_MS = 20_000;

/** What of a door's label fits beside a sentence. */
const DOOR_CHARS_MAX = 9;

/** No paper bears this token any more, said once or too often. */
const UNKNOWN = new Set([404, 429]);

/** Nothing more comes of a ticket in these. */
const ENDED = new Set(["finished", "void"]);

const token = location.pathname.split("/")[2];
const timeZone = document.body.dataset.timeZone;

let view = null;
let seenAt = null;
/** `null` until the line is up or lost for the first time. */
let alive = null;
/** Not a ticket of today any more. */
let over = false;
let stop = () => {};

start();

async function start() {
  byId("plain").hidden = true;
  byId("language").hidden = false;
  startTicks(token);
  await untilAnswered(() => startWords(pageLanguage(), paint), () => {});
  if (!window.EventSource) {
    setTimeout(() => location.reload(), RELOAD_MS);
    return;
  }
  startLeaving(token, take);
  startRating(token, take);
  startTouch();
  stop = follow({ view: "ticket", token }, {
    view: take,
    link: (isAlive) => {
      alive = isAlive;
      paint();
    },
    heard: () => {
      seenAt = serverNow();
      paint();
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
    if (error instanceof Refusal && UNKNOWN.has(error.status)) {
      over = true;
      paint();
      return false;
    }
    throw error;
  }
}

/** A view from the feed, or the answer to something done here. */
function take(newer) {
  if (view && newer.seq < view.seq) {
    return;
  }
  const called = isNewCall(newer);
  view = newer;
  seenAt = serverNow();
  if (ENDED.has(view.state)) {
    stop();
    alive = null;
  }
  paint();
  if (called) {
    buzz();
    flash();
  }
}

function isNewCall(newer) {
  if (newer.state !== "called" || !view) {
    return false;
  }
  return view.state !== "called" || newer.calls > view.calls;
}

/** A page that was not touched may not shake the phone, and a browser
 *  complains of one that tries. */
function mayBuzz() {
  return !navigator.userActivation || navigator.userActivation.hasBeenActive;
}

function buzz() {
  if (navigator.vibrate && mayBuzz()) {
    navigator.vibrate(BUZZ_MS);
  }
}

/** The colours change places a few times; phone.css knows how. */
function flash() {
  const { classList } = document.body;
  classList.remove("calling");
  // Reading a size makes the browser forget the animation before.
  void document.body.offsetWidth;
  classList.add("calling");
}

/** One touch, and the phone may shake later. */
function startTouch() {
  document.addEventListener("click", paintTouch);
}

function paintTouch() {
  const waits = view && view.state === "waiting" && !over;
  byId("touch").hidden = !waits || !navigator.vibrate || mayBuzz();
}

function paint() {
  paintNotice();
  if (over) {
    byId("facts").hidden = true;
    byId("door").hidden = true;
    byId("rating").hidden = true;
    byId("leaving").hidden = true;
    document.body.dataset.state = "unknown";
    paintState("ticket.over");
  } else if (view) {
    paintView();
  }
  paintTouch();
}

function paintView() {
  const { state } = view;
  const waiting = state === "waiting";
  const next = waiting && view.ahead === 0;
  document.body.dataset.state = state;
  document.title = title();
  setText(byId("plate"), view.number);
  setText(byId("lane"), sideOf(view.lane_name));
  setText(byId("updated"), updatedWords());
  byId("facts").hidden = !waiting || next;
  setText(byId("ahead"), String(view.ahead));
  setText(byId("estimate"), rangeWords(view.estimate_minutes));
  paintState(`ticket.${next ? "next" : stateWord()}`);
  paintDoor();
  paintLeaving(view);
  paintRating(view);
}

/** A place that is not kept any more is told as that. */
function stateWord() {
  const kept = view.rejoin_until && serverNow() <= Date.parse(view.rejoin_until);
  return view.state === "no_show" && !kept ? "missed" : view.state;
}

/** One sentence how things stand, one what to do. */
function paintState(key) {
  const values = view && {
    window: view.window_label,
    zone: view.zone,
    time: view.rejoin_until ? clockTime(view.rejoin_until, timeZone) : "",
  };
  setText(byId("state"), words(key, values || {}));
  setText(byId("do"), words(`${key}.do`, values || {}));
}

/** The window that called, or those that may. */
function paintDoor() {
  const label = doorLabel() || "";
  byId("door").hidden = label === "" || label.length > DOOR_CHARS_MAX;
  setText(byId("door"), label);
}

function doorLabel() {
  switch (view.state) {
    case "waiting":
      return view.windows;
    case "called":
    case "serving":
    case "parked":
      return view.window_label;
    default:
      return "";
  }
}

/** What the tab says when the page is not in front. */
function title() {
  const { state, number, window_label: window } = view;
  const text = state === "called" ? words("ticket.called", { window }) : words("ticket.title");
  return `${number} ${text}`;
}

function updatedWords() {
  const fresh = seenAt && !ENDED.has(view.state);
  return fresh ? words("ticket.updated", { time: clockTime(seenAt, timeZone) }) : "";
}

function paintNotice() {
  const text = noticeWords();
  byId("notice").hidden = !text;
  setText(byId("notice"), text);
}

function noticeWords() {
  if (over || alive !== false) {
    return "";
  }
  return view
    ? words("ticket.lost", { time: clockTime(seenAt, timeZone) })
    : words("ticket.lost_before");
}
