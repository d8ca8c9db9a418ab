// What a clerk can press in which state of the window, by which key,
// and what is then said to the server. Pure: no page, no network.

/** Outcomes of a visit, in the order of their digits. */
export const OUTCOMES = [
  "done_now",
  "accepted",
  "correction",
  "declined",
  "consult",
  "collected",
  "passed_on",
  "other",
];

/** Reasons for a pause, in the order of their digits. */
export const PAUSE_REASONS = ["away", "system", "lunch", "meeting", "handover"];

/** How long a pause may last, in minutes, for the sign over the window. */
export const PAUSE_MINUTES = [5, 10, 15, 30, 60, 90];

/** `closed`, `paused`, `idle`, `called` or `serving`. */
export function stateOf(view) {
  if (view.ticket) {
    return view.ticket.state === "serving" ? "serving" : "called";
  }
  return view.state === "open" ? "idle" : view.state;
}

/** Each action by the name its button bears. A verb that means a ticket
 *  names it, so that a late press cannot hit the next visitor. `choose`
 *  asks for one of several first, keys of words.json; `form` names the
 *  dialog that asks for more. `steps` then gets what was answered. */
export const ACTIONS = {
  open: { key: " ", steps: (view) => [atWindow("open", view)] },
  resume: { key: " ", steps: (view) => [atWindow("open", view)] },
  call_next: { key: " ", steps: (view) => [atWindow("call-next", view)] },
  // Not the space bar: a second tap after calling must not say that
  // somebody is there.
  arrive: { key: "a", steps: (view) => [onTicket("arrive", view)] },
  finish_next: {
    key: " ",
    steps: (view) => [
      onTicket("finish", view, { outcome: "done_now" }),
      atWindow("call-next", view),
    ],
  },
  // Of several matters on one ticket: the visitor stays for the next.
  finish_matter: { key: " ", steps: (view) => [onTicket("finish", view, { outcome: "done_now" })] },
  recall: { key: "r", steps: (view) => [onTicket("recall", view)] },
  no_show: { key: "n", steps: (view) => [onTicket("no-show", view)] },
  finish: {
    key: "f",
    choose: OUTCOMES.map((it) => `outcome.${it}`),
    steps: (view, choice) => [onTicket("finish", view, { outcome: OUTCOMES[choice] })],
  },
  park: { key: "p", steps: (view) => [onTicket("park", view)] },
  take_up: { steps: (view, ticket) => [atWindow("resume", view, { ticket })] },
  transfer: {
    key: "t",
    form: "transfer",
    steps: (view, { to, note }) => [
      onTicket("transfer", view, note.trim() ? { ...to, note: note.trim() } : to),
    ],
  },
  pass: { key: "e", steps: (view) => [{ path: `/tickets/${view.ticket.id}/pass`, fields: {} }] },
  call_number: {
    key: "d",
    form: "number",
    steps: (view, { ticket, reason }) => [atWindow("call", view, { ticket, reason })],
  },
  reinstate: {
    key: "g",
    form: "number",
    steps: (_view, { ticket }) => [{ path: `/tickets/${ticket}/reinstate`, fields: {} }],
  },
  pause: {
    key: "z",
    choose: PAUSE_REASONS.map((it) => `reason.${it}`),
    minutes: PAUSE_MINUTES,
    steps: (view, _choice, reason, minutes) => [
      atWindow("pause", view, minutes ? { reason, minutes } : { reason }),
    ],
  },
  close: { key: "c", steps: (view) => [atWindow("close", view)] },
};

const OFFERED = {
  closed: ["open", "reinstate"],
  paused: ["resume", "close", "reinstate"],
  idle: ["call_next", "call_number", "pause", "close", "take_up", "reinstate"],
  called: ["arrive", "recall", "no_show", "park", "transfer", "finish", "reinstate"],
  serving: ["finish_next", "finish", "park", "transfer", "pass", "reinstate"],
};

/** The names of the actions that make sense now, the primary first. */
export function offered(view) {
  const names = OFFERED[stateOf(view)];
  const several = view.ticket && (view.ticket.more || []).length > 0;
  return several ? names.map((it) => (it === "finish_next" ? "finish_matter" : it)) : names;
}

/** The offered action that this key stands for, or undefined. */
export function actionForKey(view, key) {
  return offered(view).find((name) => ACTIONS[name].key === key);
}

function atWindow(verb, view, fields = {}) {
  return { path: `/windows/${view.id}/${verb}`, fields };
}

function onTicket(verb, view, more = {}) {
  return atWindow(verb, view, { ticket: view.ticket.id, ...more });
}
