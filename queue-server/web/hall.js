// The hall's page for staff: figures of now, windows and lanes, devices
// with their printers and loudspeakers, notices and stand-ins, as the feed sends them. A
// fault says since when and what to do. What can be pressed is in
// manage.js.

import { whoAmI } from "./api.js";
import { hangButton, showsWords } from "./boards.js";
import { follow, serverNow } from "./feed.js";
import { Manager } from "./manage.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { paintRequests } from "./requests.js";
import { sideOf, words } from "./words.js";

/** The lintel's clock shows minutes. */
const TICK_MS = 1_000;

/** Waits are in minutes. */
const MINUTE_MS = 60_000;

/** Printer states that need a hand, the worst first. */
const PRINTER_FAULTS = [
  "no_paper", "cover_open", "paper_jam", "cutter_jam", "fault", "away", "not_taken", "cooling", "near_end",
];

/** Loudspeaker states that need a hand, the worst first. */
const SPEAKER_FAULTS = ["no_device", "no_clips"];

const SECOND_MS = 1_000;

let session = null;
let hall = null;
let view = null;
let manager = null;
/** Words for a person, made anew in each language; none for nothing. */
let notice = null;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  page.startLintel(session, () => true, (error) => tell(() => page.troubleWords(error)));
  manager = new Manager(session, hall, { changed: paint, tell });
  setInterval(tick, TICK_MS);
  paint();
  follow({ view: "hall" }, {
    view: (newer) => {
      view = newer;
      manager.take(view);
      paint();
    },
    link: (alive) => page.paintLink(alive ? "connected" : "lost"),
    heard: () => {},
    before: whoAmI,
  });
}

function tell(text) {
  notice = text;
  paintNotice();
}

function paintNotice() {
  byId("notice").hidden = !notice;
  setText(byId("notice"), notice ? notice() : "");
}

/** Waits grow also while nothing happens. */
function tick() {
  page.paintLintel(session, hall);
  if (view && new Date(serverNow()).getSeconds() === 0) {
    paint();
  } else if (view && view.devices.some((device) => unspoken(device).waiting > 0)) {
    paintDevices();
  }
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("hall.title");
  page.paintLintel(session, hall);
  paintNotice();
  if (view) {
    const alerts = (view.alerts || []).map((alert) => words(`alert.${alert}`));
    byId("alerts").hidden = alerts.length === 0;
    setText(byId("alerts"), alerts.join(" "));
    const waits = longestWaits();
    paintFigures(waits);
    paintAdvice();
    byId("windows").replaceChildren(...view.windows.map(windowRow));
    byId("lanes").replaceChildren(...view.lanes.map((lane) => laneRow(lane, waits)));
    paintDevices();
    paintRequests(view.requests || [], session);
    manager.paint(view);
  }
}

/** How long each lane's first has waited, in minutes, by lane. */
function longestWaits() {
  const waits = new Map();
  for (const waiting of view.windows.flatMap((it) => it.waiting)) {
    const lane = waiting.number.replace(/\d+$/, "");
    const minutes = Math.floor((serverNow() - Date.parse(waiting.issued_at)) / MINUTE_MS);
    waits.set(lane, Math.max(minutes, waits.get(lane) || 0));
  }
  return waits;
}

function paintFigures(waits) {
  const day = view.business_day;
  const closed = words(view.can_reopen ? "hall.closed_by_hand" : "hall.closed");
  setText(byId("day"), day ? words("hall.day", { day }) : closed);
  const sum = (of) => view.lanes.reduce((n, it) => n + of(it), 0);
  const open = view.windows.filter((it) => it.state === "open").length;
  const served = view.windows.reduce((n, it) => n + it.served_today, 0);
  const longest = Math.max(0, ...waits.values());
  setText(byId("figure-waiting"), words("people", { n: sum((it) => it.waiting) }));
  setText(byId("figure-longest"), words("time.minutes", { n: longest }));
  byId("figure-longest-part").classList.toggle("look", longest >= hall.wait_target_minutes);
  setText(byId("figure-open"), words("hall.figure.of", { n: open, of: view.windows.length }));
  setText(byId("figure-served"), words("people", { n: served }));
}

function paintAdvice() {
  const advice = (view.advice || []).map((it) => {
    const window = view.windows.find(({ id }) => id === it.window).label;
    const lane = view.lanes.find(({ id }) => id === it.lane);
    const values = { window, minutes: it.wait_minutes, lane: lane && `${lane.id} ${sideOf(lane.name)}` };
    return node("li", "", words(`hall.advice.${it.do}`, values));
  });
  byId("advice-part").hidden = advice.length === 0;
  byId("advice").replaceChildren(...advice);
}

function paintDevices() {
  const devices = view.devices.map((device) => ({ device, fault: faultOf(device) }));
  devices.sort((a, b) => rank(a.fault) - rank(b.fault));
  const n = devices.filter(({ fault }) => fault).length;
  const summary = byId("summary");
  summary.classList.toggle("look", n > 0);
  setText(summary, summaryWords(devices.length, n));
  byId("devices").replaceChildren(...devices.map(deviceCard));
}

function summaryWords(total, n) {
  if (total === 0) {
    return words("hall.no_devices");
  }
  return n === 0 ? words("hall.all_well") : words("hall.look", { n });
}

/** The words.json key of what is wrong with a device, or null. */
function faultOf(device) {
  if (!device.connected) {
    return "hall.device.away";
  }
  const state = device.printer && device.printer.state;
  if (PRINTER_FAULTS.includes(state)) {
    return `printer.${state}`;
  }
  const silent = SPEAKER_FAULTS.find((it) => brokenSpeakers(device, it).length > 0);
  return silent ? `speaker.${silent}` : null;
}

function brokenSpeakers(device, state) {
  return (device.loudspeakers || []).filter((it) => it.state === state);
}

/** How many calls wait for a device's loudspeakers, and for how long. */
function unspoken(device) {
  const waiting = (device.loudspeakers || []).filter((it) => it.waiting > 0);
  const oldest = Math.min(...waiting.map((it) => Date.parse(it.oldest)));
  return {
    waiting: waiting.reduce((n, it) => n + it.waiting, 0),
    seconds: Math.max(0, Math.floor((serverNow() - oldest) / SECOND_MS)),
  };
}

function rank(fault) {
  if (!fault) {
    return PRINTER_FAULTS.length;
  }
  const place = PRINTER_FAULTS.indexOf(fault.replace("printer.", ""));
  // A device out of reach stands before a roll that merely runs low.
  return place < 0 ? PRINTER_FAULTS.length - 1.5 : place;
}

function deviceCard({ device, fault }) {
  const card = node("li", fault ? "card look" : "card");
  const head = node("p", "head");
  head.append(node("b", "", device.name), node("span", "second", words(`hall.${device.kind}`)));
  card.append(head);
  if (fault) {
    const what = node("p", "fault");
    what.append(node("b", "", words(fault)), node("span", "", sinceWords(device, fault)));
    card.append(what);
    if (fault.startsWith("speaker.")) {
      const broken = brokenSpeakers(device, fault.split(".")[1]);
      card.append(node("p", "", broken.map((it) => it.name).join(words("list.and"))));
    }
    card.append(node("p", "do", words(`${fault}.do`)));
  } else {
    card.append(node("p", "second", wellWords(device)));
  }
  const shows = showsWords(device, hall);
  if (shows) {
    card.append(node("p", "second", shows));
  }
  const { waiting, seconds } = unspoken(device);
  if (waiting > 0) {
    card.append(node("p", "second", words("speaker.waiting", { n: waiting, seconds })));
  }
  card.append(...hangButton(device, session, hall));
  return card;
}

function sinceWords(device, fault) {
  const [part, state] = fault.split(".");
  if (part === "speaker") {
    return forWords(brokenSpeakers(device, state)[0].since);
  }
  return part === "printer" ? forWords(device.printer.since) : "";
}

function forWords(since) {
  const time = words("time.since", { time: page.clockTime(since, hall.time_zone) });
  const minutes = page.minutesWords(since, new Date(serverNow()).toISOString());
  return `${time} · ${minutes}`;
}

function wellWords(device) {
  if (device.kind === "board") {
    const speaks = (device.loudspeakers || []).length > 0;
    return words(speaks ? "speaker.ready" : "hall.device.connected");
  }
  return device.printer ? words("printer.ready") : words("printer.none");
}

function windowRow(window) {
  const row = node("tr");
  const label = node("th", "number", window.label);
  label.scope = "row";
  const { ticket } = window;
  const pause = window.state === "paused" ? page.pauseWords(window, hall.time_zone) : [];
  const state = words(`hall.window.${windowState(window)}`);
  const clerk = node("td", "", window.clerk || "–");
  if (window.clerk && manager.isUnfiled(window)) {
    clerk.append(" ", node("span", "late", words("manage.unfiled")));
  }
  row.append(
    label,
    node("td", "", [state, ...pause].join(" · ")),
    node("td", "number", ticket ? ticket.number : "–"),
    clerk,
    node("td", "", window.lanes.join(" ")),
    node("td", "count", words("people", { n: window.served_today })),
    actCell(manager.windowButtons(window)),
  );
  return row;
}

function windowState({ state, ticket }) {
  if (ticket) {
    return ticket.state === "serving" ? "serving" : "called";
  }
  return state === "open" ? "idle" : state;
}

function laneRow(lane, waits) {
  const row = node("tr");
  const id = node("th", "number", lane.id);
  id.scope = "row";
  const name = node("td", "", sideOf(lane.name));
  const waiting = node("td", "count", words("people", { n: lane.waiting }));
  const longest = node("td", "count");
  if (lane.waiting > 0) {
    const minutes = waits.get(lane.id) || 0;
    const late = minutes >= hall.wait_target_minutes;
    longest.append(node("span", late ? "late" : "", words("time.minutes", { n: minutes })));
  }
  const wait = node("td", "count", waitWords(lane));
  const numbers = node("td", "", numbersWords(lane));
  row.append(id, name, waiting, longest, wait, numbers, actCell(manager.laneButtons(lane)));
  return row;
}

/** The last cell of a row: what the manager can press. */
function actCell(buttons) {
  const cell = node("td", "act");
  cell.append(...buttons);
  return cell;
}

/** Whether the lane gives numbers, and how many are left if there is a
 *  limit. */
function numbersWords(lane) {
  if (lane.stopped) {
    return words("hall.numbers.stopped");
  }
  if (!lane.gives_numbers) {
    return words("hall.numbers.none");
  }
  const left = lane.numbers_left;
  return left === undefined ? words("hall.numbers.given") : words("hall.numbers.left", { n: left });
}

function waitWords({ waiting, served, estimate_minutes: range }) {
  if (!served) {
    return words("hall.lane.unserved");
  }
  if (waiting === 0 && range.high === 0) {
    return words("hall.lane.no_wait");
  }
  return `${page.rangeWords(range)} ${words("time.minutes_unit")}`;
}
