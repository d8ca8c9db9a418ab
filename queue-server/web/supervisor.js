// The supervisor's page. It reads, and has nothing that changes anything
// in the hall; a walk through the record reads, too.

import { ask } from "./api.js";
import { today } from "./figures.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { sideOf, words } from "./words.js";

/** The lintel's clock shows minutes. */
const TICK_MS = 1_000;

/** How often a walk under way is asked after, and only then. */
const WALK_MS = 1_000;

const LOOKS = ["calls", "exceptions", "ended"];

let session = null;
let hall = null;
let look = "calls";
let shown = null;
let found = null;
let record = null;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  page.startLintel(session, () => true, tell);
  page.paintLink("connected");
  setInterval(() => page.paintLintel(session, hall), TICK_MS);
  byId("day").value = new URLSearchParams(location.search).get("day") || today(hall);
  for (const name of LOOKS) {
    byId(name).addEventListener("click", () => {
      look = name;
      show();
    });
  }
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    askRecord();
  });
  byId("day").addEventListener("change", show);
  byId("more").addEventListener("click", () => show(shown.before));
  byId("find").addEventListener("submit", (event) => {
    event.preventDefault();
    find(byId("number").value.trim().toUpperCase());
  });
  byId("walk").addEventListener("click", walk);
  show();
  askRecord();
}

async function show(before) {
  const day = byId("day").value;
  const asked = { day, look, ...(Number.isInteger(before) ? { before } : {}) };
  try {
    const page = await ask("GET", `/supervision/events?${new URLSearchParams(asked)}`);
    shown = asked.before ? { ...page, events: [...shown.events, ...page.events] } : page;
    byId("notice").hidden = true;
  } catch (error) {
    tell(error);
    return;
  }
  paint();
}

async function find(number) {
  if (!number) {
    byId("number").focus();
    return;
  }
  const day = byId("day").value;
  found = null;
  try {
    found = await ask("GET", `/supervision/tickets/${encodeURIComponent(number)}?${new URLSearchParams({ day })}`);
    byId("find-notice").hidden = true;
  } catch (error) {
    byId("find-notice").hidden = false;
    setText(byId("find-notice"), error.status === 404 || error.status === 400 ? words("supervisor.unknown", { number, day }) : page.troubleWords(error));
  }
  paint();
}

async function walk() {
  try {
    record = await ask("POST", "/supervision/record/walk");
    paint();
    setTimeout(askRecord, WALK_MS);
  } catch (error) {
    tell(error);
  }
}

async function askRecord() {
  try {
    record = await ask("GET", "/supervision/record");
  } catch (error) {
    tell(error);
    return;
  }
  paint();
  if (record.walking_since) {
    setTimeout(askRecord, WALK_MS);
  }
}

function tell(error) {
  byId("notice").hidden = false;
  setText(byId("notice"), page.troubleWords(error));
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("supervisor.title");
  page.paintLintel(session, hall);
  for (const name of LOOKS) {
    byId(name).setAttribute("aria-pressed", name === look);
  }
  if (shown) {
    byId("empty").hidden = shown.events.length > 0;
    byId("events").replaceChildren(...shown.events.map(eventRow));
    byId("more").hidden = !shown.before;
  }
  byId("found").hidden = !found;
  if (found) {
    paintFound();
  }
  if (record) {
    paintRecord();
  }
}

function paintRecord() {
  const { last, walking_since: since } = record;
  const state = byId("record-state");
  state.classList.toggle("look", Boolean(last && !last.sound));
  byId("walk").setAttribute("aria-disabled", Boolean(since));
  if (since) {
    setText(state, words("record.walking", { time: time(since) }));
  } else if (!last) {
    setText(state, words("record.not_yet"));
  } else {
    setText(state, words(last.sound ? "record.sound" : "record.damaged"));
  }
  const sound = last && last.sound;
  setText(byId("record-more"), last ? words(sound ? "record.more" : "record.cause", { time: dayTime(last.at), seq: last.seq, cause: last.cause }) : "");
  setText(byId("record-chain"), sound ? last.chain.replace(/(.{8})(?=.)/g, "$1 ") : "");
}

function paintFound() {
  setText(byId("found-title"), words("supervisor.found", { number: found.number, day: found.day }));
  byId("history").replaceChildren(...found.events.map(historyLine));
  byId("nobody").hidden = found.overtaken_by.length > 0;
  byId("overtakers").replaceChildren(...found.overtaken_by.map(({ number, class: kind, since, call }) => {
    const made = node("li");
    const came = words("supervisor.overtaker", { since: time(since), called: time(call.at) });
    made.append(node("b", "", number), ` ${words(`class.${kind}`)} · ${came}`, node("span", "second", whyWords(call)));
    return made;
  }));
}

function eventRow(event) {
  const row = node("tr");
  const number = node("td", "number");
  if (event.number) {
    const link = node("button", "link-like", event.number);
    link.type = "button";
    link.addEventListener("click", () => {
      byId("number").value = event.number;
      find(event.number);
    });
    number.append(link);
  }
  row.append(
    node("td", "since", time(event.at)),
    number,
    node("td", "", whatWords(event)),
    node("td", "why", whyWords(event)),
    node("td", "by", byWords(event.by)),
    node("td", "count second", String(event.seq)),
  );
  return row;
}

function historyLine(event) {
  const made = node("li");
  const why = whyWords(event);
  made.append(node("b", "", time(event.at)), ` ${whatWords(event)}`, node("span", "second", [why, byWords(event.by)].filter((it) => it).join(" · ")));
  return made;
}

/** What happened, in a few words. */
function whatWords(event) {
  const window = event.window === undefined ? "" : windowLabel(event.window);
  const lane = event.lane ? laneName(event.lane) : "";
  const kind = event.class ? words(`class.${event.class}`) : "";
  const outcome = event.outcome ? words(`outcome.${event.outcome}`) : "";
  const how = event.how ? words(`told.${event.how}`) : "";
  const to = window || lane;
  return words(`told.${event.kind}`, { window, lane, class: kind, outcome, how, to });
}

/** Why, as a person can judge it. */
function whyWords({ call, note, granted_by: grantor, priority }) {
  if (grantor) {
    return words("why.granted", { staff: grantor, note });
  }
  if (priority) {
    return words(`priority.${priority}`);
  }
  if (!call) {
    return note || "";
  }
  const hundredths = (rate) => (rate === undefined ? "" : (rate / 100).toFixed(2).replace(/\.?0+$/, ""));
  const said = words(`why.${call.rule}`, {
    before: call.before || "–",
    cap: call.cap_minutes,
    waited: call.waited_minutes,
    rate: hundredths(call.rate),
    before_waited: call.before_waited_minutes,
    before_rate: hundredths(call.before_rate),
    in_a_row: call.in_a_row,
    of: call.of,
    note,
  });
  return call.helping ? `${said} ${words("why.helping")}` : said;
}

function byWords(by) {
  const [kind, name] = by.split(":");
  return words(`by.${kind}`, { name });
}

function windowLabel(id) {
  const window = hall.windows.find((it) => it.id === id);
  return window ? window.label : String(id);
}

function laneName(id) {
  const lane = hall.lanes.find((it) => it.id === id);
  return lane ? sideOf(lane.name) : id;
}

function time(instant) {
  return page.clockTime(instant, hall.time_zone);
}

function dayTime(instant) {
  const parts = { timeZone: hall.time_zone, year: "numeric", month: "2-digit", day: "2-digit" };
  return `${new Intl.DateTimeFormat("en-CA", parts).format(new Date(instant))} ${time(instant)}`;
}
