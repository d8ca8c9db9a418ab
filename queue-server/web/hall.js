// The hall's page for staff: devices with their printers, windows and
// lanes, as the feed sends them. A fault says since when and what to do.

import { whoAmI } from "./api.js";
import { follow, serverNow } from "./feed.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { paintRequests } from "./requests.js";
import { sideOf, words } from "./words.js";

/** The lintel's clock shows minutes. */
const TICK_MS = 1_000;

/** Printer states that need a hand, the worst first. */
const PRINTER_FAULTS = [
  "no_paper", "cover_open", "paper_jam", "cutter_jam", "fault", "away", "not_taken", "cooling", "near_end",
];

let session = null;
let hall = null;
let view = null;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  page.startLintel(session, () => true, (error) => {
    byId("notice").hidden = false;
    setText(byId("notice"), page.troubleWords(error));
  });
  setInterval(() => page.paintLintel(session, hall), TICK_MS);
  paint();
  follow({ view: "hall" }, {
    view: (newer) => {
      view = newer;
      paint();
    },
    link: (alive) => page.paintLink(alive ? "connected" : "lost"),
    heard: () => {},
    before: whoAmI,
  });
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("hall.title");
  page.paintLintel(session, hall);
  if (view) {
    const day = view.business_day;
    const alerts = (view.alerts || []).map((alert) => words(`alert.${alert}`));
    byId("alerts").hidden = alerts.length === 0;
    setText(byId("alerts"), alerts.join(" "));
    setText(byId("day"), day ? words("hall.day", { day }) : words("hall.closed"));
    paintDevices();
    paintRequests(view.requests || [], session);
    byId("windows").replaceChildren(...view.windows.map(windowRow));
    byId("lanes").replaceChildren(...view.lanes.map(laneRow));
  }
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
  return PRINTER_FAULTS.includes(state) ? `printer.${state}` : null;
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
    card.append(what, node("p", "do", words(`${fault}.do`)));
  } else {
    card.append(node("p", "second", wellWords(device)));
  }
  return card;
}

function sinceWords(device, fault) {
  if (!fault.startsWith("printer.")) {
    return "";
  }
  const { since } = device.printer;
  const time = words("time.since", { time: page.clockTime(since, hall.time_zone) });
  const minutes = page.minutesWords(since, new Date(serverNow()).toISOString());
  return `${time} · ${minutes}`;
}

function wellWords(device) {
  if (device.kind === "board") {
    return words("hall.device.connected");
  }
  return device.printer ? words("printer.ready") : words("printer.none");
}

function windowRow(window) {
  const row = node("tr");
  const label = node("th", "number", window.label);
  label.scope = "row";
  const { ticket } = window;
  const paused = window.state === "paused" && window.pause_reason;
  const state = words(`hall.window.${windowState(window)}`);
  row.append(
    label,
    node("td", "", paused ? `${state} · ${page.reasonWords(paused)}` : state),
    node("td", "number", ticket ? ticket.number : "–"),
    node("td", "", window.clerk || "–"),
    node("td", "count", words("people", { n: window.served_today })),
  );
  return row;
}

function windowState({ state, ticket }) {
  if (ticket) {
    return ticket.state === "serving" ? "serving" : "called";
  }
  return state === "open" ? "idle" : state;
}

function laneRow(lane) {
  const row = node("tr");
  const id = node("th", "number", lane.id);
  id.scope = "row";
  const name = node("td", "", sideOf(lane.name));
  const waiting = node("td", "count", words("people", { n: lane.waiting }));
  row.append(id, name, waiting, node("td", "count", waitWords(lane)));
  return row;
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
