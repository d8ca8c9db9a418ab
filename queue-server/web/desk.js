// The guide desk: issues numbers, finds tickets and puts them right,
// makes appointments and checks them in. What may be done is the
// server's to say; this page shows its words.

import { ask, whoAmI } from "./api.js";
import { Booked, paintLanes } from "./desk-booked.js";
import { IssueForm } from "./desk-issue.js";
import * as dialogs from "./dialogs.js";
import { follow } from "./feed.js";
import * as page from "./page.js";
import { byId, setText } from "./page.js";
import { Presses } from "./press.js";
import { noticeSlip } from "./sheet-notice.js";
import { appointmentSlip, passSlip, print, ticketSlip } from "./sheet.js";
import { sideOf, words } from "./words.js";

/** The clock of the lintel. */
const TICK_MS = 1_000;

/** Which ticket is shown; outlasts a reload. */
const SHOWN_KEY = "yimen.desk.ticket";

/** What an appointment's code looks like. */
const CODE = /^\d{8,16}$/;

/** What can be done with a ticket in each state. */
const OFFERED = {
  waiting: ["print_ticket", "print_notice", "give_pass", "void"],
  called: ["print_ticket", "print_notice", "give_pass"],
  serving: ["print_ticket", "print_notice", "give_pass"],
  parked: ["print_ticket", "print_notice", "give_pass"],
  no_show: ["print_ticket", "print_notice", "rejoin", "give_pass"],
  finished: ["print_notice", "give_pass"],
  void: [],
};

const KEYS = { p: "print_ticket", l: "print_notice", g: "rejoin", e: "give_pass", v: "void" };

const BUTTONS = [...document.querySelectorAll("[data-action]")];

let session = null;
let hall = null;
let matters = new Map();
let presses = null;
let form = null;
let booked = null;
let ticket = null;
let lanes = [];
let notice = null;
/** Whether the shown ticket is being read again, and whether to do so
 *  once more. */
let reading = false;
let stale = false;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  page.startLintel(session, () => true, (error) => tell(() => page.troubleWords(error)));
  setInterval(() => page.paintLintel(session, hall), TICK_MS);
  if (!page.worksAtDesk(session)) {
    byId("room").hidden = true;
    byId("not-yours").hidden = false;
    // Nothing comes over it here.
    byId("link").hidden = true;
    paint();
    return;
  }
  const catalogue = await page.answer(() => ask("GET", "/catalogue"));
  matters = new Map(catalogue.matters.map((it) => [it.id, it]));
  presses = new Presses(session.staff, "desk", {
    answer: () => {},
    changed: paint,
    done,
    refused,
    waiting: () => tell(() => words("console.retrying")),
    gaveUp: () => tell(() => words("desk.gave_up")),
  });
  form = new IssueForm(session, hall, catalogue, tell);
  booked = new Booked(hall, { what: whatFor, cancel, tell });
  startForms();
  dialogs.startDialogs();
  follow({ view: "hall" }, {
    view: (view) => {
      ({ lanes } = view);
      paintLanes(lanes);
      readAgain();
    },
    link: (alive) => page.paintLink(alive ? "connected" : "lost"),
    heard: () => {},
    before: whoAmI,
  });
  booked.read();
  const before = sessionStorage.getItem(SHOWN_KEY);
  if (before) {
    await find({ id: before }, false);
  }
  presses.resume();
  paint();
}

function startForms() {
  onSubmit("issue", () => {
    const request = form.request();
    if (request) {
      begin(request.action, [request]);
    }
  });
  onSubmit("find", () => {
    const typed = byId("find-what").value.trim();
    if (CODE.test(typed)) {
      byId("code").value = typed;
      byId("code").focus();
      byId("find-what").value = "";
    } else if (typed) {
      const token = /\/t\/([^/?#]+)/.exec(typed);
      find(token ? { token: token[1] } : { number: dialogs.numberFrom(typed) }, true);
    }
  });
  onSubmit("check-in", () => {
    const code = byId("code").value.normalize("NFKC").replace(/\D/g, "");
    if (CODE.test(code)) {
      begin("check_in", [{ path: "/appointments/check-in", fields: { code, source: "desk" } }]);
    } else {
      tell(() => words("desk.bad_code"));
      byId("code").select();
    }
  });
  for (const button of BUTTONS) {
    button.addEventListener("click", () => act(button.dataset.action));
  }
  byId("slip-print").addEventListener("click", () => print(byId("slip-body").firstElementChild));
  byId("slip").addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "p" && !event.ctrlKey && !event.metaKey) {
      byId("slip-print").click();
    }
  });
  document.addEventListener("keydown", keyPressed);
}

function onSubmit(id, then) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    then();
  });
}

function keyPressed(event) {
  const plain = !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!plain || dialogs.dialogOpen()) {
    return;
  }
  const field = event.target.closest("input, select");
  if (event.key === "Escape" && field) {
    field.blur();
  }
  // In a field letters are letters.
  if (field) {
    return;
  }
  const key = event.key.toLowerCase();
  const fields = { n: "typed", "/": "find-what", y: "code" };
  if (fields[key]) {
    event.preventDefault();
    byId(fields[key]).focus();
    byId(fields[key]).select();
  } else if (KEYS[key]) {
    act(KEYS[key]);
  }
}

/** Whether a ticket in its state has this button. */
function isOffered(name) {
  // Without a matter nobody knows what to bring.
  const about = name !== "print_notice" || matters.has(ticket.matter);
  return about && OFFERED[ticket.state].includes(name);
}

/** The notice for the visitor's answers, as the kiosk would print it. */
async function showNotice({ id, number }) {
  try {
    show("desk.notice", noticeSlip(hall, number, await ask("GET", `/tickets/${id}/papers`)));
  } catch (error) {
    tell(() => page.troubleWords(error));
  }
}

function act(name) {
  if (!ticket || presses.action || !isOffered(name)) {
    return;
  }
  const { id, number } = ticket;
  switch (name) {
    case "print_ticket":
      show("desk.slip", ticketSlip(hall, ticket, whatFor(ticket)));
      break;
    case "print_notice":
      showNotice(ticket);
      break;
    case "void":
      dialogs.choose(name, words("desk.void_title", { number }), [words("desk.void_go")], () => {
        begin(name, [{ path: `/tickets/${id}/void`, fields: {} }], ticket);
      });
      break;
    case "rejoin":
      begin(name, [{ path: `/tickets/${id}/reinstate`, fields: {} }], ticket);
      break;
    default:
      begin(name, [{ path: `/tickets/${id}/pass`, fields: {} }], ticket);
  }
}

function cancel(appointment) {
  const time = `${appointment.day} ${appointment.time.slice(0, 5)}`;
  dialogs.choose("cancel", words("desk.cancel_title", { time }), [words("desk.cancel_go")], () => {
    begin("cancel", [{ path: `/appointments/${appointment.id}/cancel`, fields: {} }]);
  });
}

/** `about`: the ticket that is meant, kept for the words at the end. */
function begin(action, steps, about = null) {
  tell(null);
  const { id, number, matter, lane } = about || {};
  presses.begin(action, steps, { id, number, matter, lane });
}

async function done(action, reply, about) {
  tell(null);
  switch (action) {
    case "issue":
      form.clear();
      showTicket(reply);
      break;
    case "check_in":
      byId("code").value = "";
      showTicket(reply);
      booked.read();
      break;
    case "book":
      form.clear();
      show("appointment.title", appointmentSlip(hall, reply, whatFor(reply)));
      booked.turnTo(reply.day);
      break;
    case "cancel":
      tell(() => words("desk.cancelled"));
      booked.read();
      break;
    case "give_pass":
      show("pass.title", passSlip(hall, about, reply, whatFor(about)));
      break;
    default:
      showTicket(reply);
  }
}

async function refused(refusal, action, about) {
  // It was given before: the same one is shown again.
  if (action === "give_pass" && refusal.code === "pass_given_before") {
    try {
      const pass = await ask("GET", `/tickets/${about.id}/pass`);
      show("pass.title", passSlip(hall, about, pass, whatFor(about)));
      return;
    } catch (error) {
      tell(() => page.troubleWords(error));
      return;
    }
  }
  tell(() => page.troubleWords(refusal));
}

/** Looks a ticket up by id, number or token. */
async function find(by, loud) {
  try {
    const path = by.id ? `/tickets/${by.id}` : `/tickets?${new URLSearchParams(by)}`;
    showTicket(await ask("GET", path));
    byId("find-what").value = "";
    tell(null);
  } catch (error) {
    if (loud) {
      const unknown = [400, 404].includes(error.status);
      tell(() => (unknown ? words("number.unknown") : page.troubleWords(error)));
      byId("find-what").select();
    }
  }
}

/** Reads the shown ticket again, as the hall has moved on. */
async function readAgain() {
  stale = true;
  if (reading) {
    return;
  }
  reading = true;
  try {
    while (stale && ticket) {
      stale = false;
      const newer = await ask("GET", `/tickets/${ticket.id}`);
      if (newer.id === ticket.id) {
        ticket = newer;
        paintTicket();
      }
    }
  } catch {
    // The next view of the hall brings it.
  } finally {
    reading = false;
  }
}

function showTicket(found) {
  ticket = found;
  sessionStorage.setItem(SHOWN_KEY, found.id);
  paintTicket();
}

function show(title, slip) {
  byId("slip-title").dataset.words = title;
  setText(byId("slip-title"), words(title));
  byId("slip-body").replaceChildren(slip);
  byId("slip").showModal();
}

function whatFor({ matter, lane }) {
  const known = matters.get(matter);
  const of = hall.lanes.find((it) => it.id === lane);
  return known ? sideOf(known.short) : of ? `${lane} ${sideOf(of.name)}` : lane;
}

function tell(text) {
  notice = text;
  byId("notice").hidden = !notice;
  setText(byId("notice"), notice ? notice() : "");
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("desk.title");
  page.paintLintel(session, hall);
  if (!form || !presses) {
    return;
  }
  form.paint();
  booked.paint();
  paintLanes(lanes);
  tell(notice);
  paintTicket();
}

function paintTicket() {
  byId("ticket").hidden = !ticket;
  byId("actions").hidden = !ticket;
  page.paintNumber(byId("plate"), ticket ? ticket.number : "");
  for (const button of [...BUTTONS, byId("issue-go")]) {
    button.setAttribute("aria-disabled", Boolean(presses.action));
  }
  if (!ticket) {
    setText(byId("ticket-state"), words("desk.nothing"));
    return;
  }
  const window = hall.windows.find((it) => it.id === ticket.window);
  setText(byId("ticket-state"), words(`state.${ticket.state}`));
  const time = page.clockTime(ticket.issued_at, hall.time_zone);
  setText(byId("ticket-at"), words("console.at_issued", { time }));
  const matter = matters.get(ticket.matter);
  setText(byId("matter"), matter ? sideOf(matter.name) : whatFor(ticket));
  const tags = [ticket.class === "ordinary" ? "" : words(`class.${ticket.class}`),
    ticket.priority ? words(`priority.${ticket.priority}`) : "",
    (ticket.more || []).map((it) => whatFor({ matter: it })).join(words("list.and"))];
  setText(byId("ticket-more"), tags.filter(Boolean).join(" · "));
  setText(byId("ticket-note"), ticket.note ? `${words("console.note")} ${ticket.note}` : "");
  setText(byId("ahead"), words("people", { n: ticket.ahead }));
  setText(byId("estimate"), words("time.minutes", { n: page.rangeWords(ticket.estimate_minutes) }));
  byId("window-fact").hidden = !window;
  setText(byId("ticket-window"), window ? window.label : "");
  const qr = `/api/v1/tickets/${ticket.id}/qr.svg`;
  if (!byId("qr").src.endsWith(qr)) {
    byId("qr").src = qr;
  }
  byId("qr").alt = words("slip.scan");
  for (const button of BUTTONS) {
    const name = button.dataset.action;
    button.hidden = !isOffered(name);
    setText(button.firstElementChild, words(`desk.${name}`));
  }
}
