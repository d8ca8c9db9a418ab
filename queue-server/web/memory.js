// What this phone remembers of a ticket: which papers were ticked, which
// services nobody wants to rate. It never leaves the phone, and is
// forgotten after two weeks.

const PREFIX = "yimen.ticket.";
const KEPT_MS = 14 * 24 * 3_600_000;

/** Storage may be switched off; the page then remembers while it is
 *  open. */
const here = new Map();

/** `{ticks, passed}` of a ticket. */
export function memoryOf(token) {
  return { ticks: [], passed: [], ...(read(PREFIX + token) || here.get(token)) };
}

/** Changes what is remembered: `change` is given it and gives the parts
 *  that become different. */
export function remember(token, change) {
  const before = memoryOf(token);
  const after = { ...before, ...change(before), at: Date.now() };
  here.set(token, after);
  try {
    localStorage.setItem(PREFIX + token, JSON.stringify(after));
  } catch {
    // As said above.
  }
}

/** Forgets tickets of long ago. */
export function forgetOld() {
  try {
    const keys = Object.keys(localStorage).filter((it) => it.startsWith(PREFIX));
    for (const key of keys) {
      const kept = read(key);
      if (!kept || !(Date.now() - kept.at < KEPT_MS)) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // As said above.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
