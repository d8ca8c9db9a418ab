// Slips that the browser prints: a ticket, a return pass, an appointment.
// What is shown on the page and what is printed are the same nodes.

import { byId, clockTime, node } from "./page.js";
import { sideOf, words } from "./words.js";

/** A ticket with the QR of its page. */
export function ticketSlip(hall, ticket, what) {
  const slip = node("div", "slip");
  slip.append(
    node("p", "slip-hall", sideOf(hall.name)),
    node("p", "slip-number", ticket.number),
    node("p", "slip-what", what),
    node("p", "", words("slip.ahead", { n: ticket.ahead })),
    picture(`/api/v1/tickets/${ticket.id}/qr.svg`, words("slip.scan")),
    node("p", "", words("slip.scan")),
    node("p", "", `${ticket.business_day} ${clockTime(ticket.issued_at, hall.time_zone)}`),
  );
  return slip;
}

/** A return pass that was given on a ticket. */
export function passSlip(hall, { id, number }, pass, what) {
  const slip = node("div", "slip");
  slip.append(
    node("p", "slip-hall", sideOf(hall.name)),
    node("p", "slip-title", words("pass.title")),
    node("p", "slip-what", what),
    node("p", "", words("pass.first", { number })),
    node("p", "slip-until", words("pass.until", { day: pass.until })),
    picture(`/api/v1/tickets/${id}/pass.svg`, words("pass.how")),
    node("p", "", words("pass.how")),
    node("p", "", words("pass.once")),
  );
  return slip;
}

/** An appointment, which its visitor checks in with. */
export function appointmentSlip(hall, appointment, what) {
  const slip = node("div", "slip");
  slip.append(
    node("p", "slip-hall", sideOf(hall.name)),
    node("p", "slip-title", words("appointment.title")),
    node("p", "slip-code", appointment.code),
    node("p", "slip-what", what),
    node("p", "slip-until", `${appointment.day} ${appointment.time.slice(0, 5)}`),
    node("p", "", words("appointment.how")),
    node("p", "", sideOf(hall.address)),
  );
  return slip;
}

/** Prints what is shown, once its pictures are there. */
export async function print(shown) {
  const paper = shown.cloneNode(true);
  byId("sheet").replaceChildren(paper);
  const pictures = [...paper.querySelectorAll("img")];
  // A picture that cannot be had leaves the number, which is enough.
  await Promise.allSettled(pictures.map((it) => it.decode()));
  window.print();
}

function picture(address, alt) {
  const qr = node("img", "slip-qr");
  qr.alt = alt;
  qr.src = address;
  return qr;
}
