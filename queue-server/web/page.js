// What every page of the staff has: nodes, times, the lintel with who
// is signed in and whether the line lives.

import { PAUSE_REASONS } from "./actions.js";
import { ask, signOut, whoAmI } from "./api.js";
import { serverNow } from "./feed.js";
import { chineseWords, sideOf, startWords, words } from "./words.js";

/** Before the first answer, how long between two tries. */
const START_RETRY_MS = 2_000;

/** The node with this id; the page's HTML holds it. */
export function byId(id) {
  return document.getElementById(id);
}

/** A new node with a class and a text. */
export function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** Sets a text only when it differs, so that a screen reader is not
 *  told the same thing each second. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Puts a number on its plate; without one the plate is empty. */
export function paintNumber(plate, number) {
  plate.classList.toggle("empty", !number);
  plate.classList.toggle("long", number.length > 4);
  setText(plate, number);
}

/** `09:41` in the hall's time zone, or the reader's own without one. */
export function clockTime(instant, timeZone) {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date(instant));
}

/** `2026-11-30`: the day of an instant in the hall's time zone. */
export function dayOf(instant, timeZone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(instant));
}

/** Whole minutes from one instant to another, in words. */
export function minutesWords(from, to) {
  const n = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
  return words("time.minutes", { n });
}

/** How long somebody has waited until the server's now, in words. */
export function waitedWords(since) {
  const n = Math.floor((serverNow() - Date.parse(since)) / 60_000);
  return n < 1 ? words("time.just_now") : words("time.minutes", { n });
}

/** `3:12` since an instant, by the server's clock. */
export function stopwatch(since) {
  const seconds = Math.max(0, Math.floor((serverNow() - Date.parse(since)) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** `20–30`, or one number where the range is none. */
export function rangeWords({ low, high }) {
  return low === high ? `${low}` : `${low}–${high}`;
}

/** Tries until it succeeds: without the first answers there is no page.
 *  `missed` is called after each try that brought none. */
export async function untilAnswered(attempt, missed) {
  for (;;) {
    try {
      return await attempt();
    } catch {
      missed();
      await new Promise((done) => setTimeout(done, START_RETRY_MS));
    }
  }
}

/** A reason for a pause in the reader's language, if it is one of those
 *  that a console offers; else as it was sent. */
export function reasonWords(reason) {
  const key = PAUSE_REASONS.map((it) => `reason.${it}`).find((it) => chineseWords(it) === reason);
  return key ? words(key) : reason;
}

/** Why a window pauses and until when, as far as its clerk said so. */
export function pauseWords({ pause_reason: reason, pause_until: until }, timeZone) {
  const said = reason ? [reasonWords(reason)] : [];
  return until ? [...said, words("time.until", { time: clockTime(until, timeZone) })] : said;
}

/** What a refusal or a silence is called in front of a person. */
export function troubleWords(error) {
  if (error.status === undefined) {
    return words("trouble.no_answer");
  }
  return error.titles ? sideOf(error.titles) : words("trouble.unknown");
}

/** Whether somebody issues numbers for visitors. */
export function worksAtDesk(session) {
  return session.role === "desk" || session.role === "manager";
}

/** The page that somebody works at. */
export function homeOf(session) {
  if (session.window) {
    return "/console";
  }
  const homes = { desk: "/desk", supervisor: "/supervisor" };
  return homes[session.role] || "/hall";
}

/** Fills the lintel's right side and makes its buttons work.
 *  `mayLeave()` may refuse a sign-out by returning false. */
export function startLintel(session, mayLeave, trouble) {
  byId("nav-console").hidden = !session.window;
  byId("nav-desk").hidden = !worksAtDesk(session);
  const readsReports = session.role === "manager" || session.role === "supervisor";
  for (const link of document.querySelectorAll("#nav-reports, #nav-supervisor")) {
    link.hidden = !readsReports;
  }
  byId("sign-out").addEventListener("click", async () => {
    if (mayLeave()) {
      await signOut().catch(trouble);
    }
  });
}

/** Repaints the lintel: hall, staff, clock. */
export function paintLintel(session, hall) {
  setText(byId("hall-name"), sideOf(hall.name));
  setText(byId("staff"), words("nav.staff", { staff: session.staff }));
  setText(byId("clock"), clockTime(serverNow(), hall.time_zone));
}

/** The first answers that a page of the staff needs, in turn: its words,
 *  who is signed in, and the hall. */
export async function startStaffPage(repaint) {
  // Without words nothing can be said; the HTML still reads 正在连接.
  await untilAnswered(() => startWords("zh", repaint), () => {});
  const session = await answer(whoAmI);
  return { session, hall: await answer(() => ask("GET", "/hall")) };
}

/** An answer that the page cannot do without. */
export function answer(attempt) {
  return untilAnswered(attempt, () => paintLink("lost"));
}

/** Says whether the line lives: `connecting`, `connected` or `lost`. */
export function paintLink(state) {
  byId("link").className = `link ${state}`;
  byId("link-words").dataset.words = `link.${state}`;
  setText(byId("link-words"), words(`link.${state}`));
}
