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

/** `closed`, `paused`, `idle`, `called` or `serving`. */
export function stateOf(view) {
  if (view.ticket) {
    return view.ticket.state === "serving" ? "serving" : "called";
  }
  return view.state === "open" ? "idle" : view.state;
}

/** Each action by the name its button bears. A verb that means a ticket
 *  names it, so that a late press cannot hit the next visitor. `choose`
 *  asks for one of several first, keys of words.json; `steps` then
 *  gets its place and its Chinese words. */
export const ACTIONS = {
  open: { key: " ", steps: () => [{ verb: "open", fields: {} }] },
  resume: { key: " ", steps: () => [{ verb: "open", fields: {} }] },
  call_next: { key: " ", steps: () => [{ verb: "call-next", fields: {} }] },
  // Not the space bar: a second tap after calling must not say that
  // somebody is there.
  arrive: { key: "a", steps: (view) => [onTicket("arrive", view)] },
  finish_next: {
    key: " ",
    steps: (view) => [
      onTicket("finish", view, { outcome: "done_now" }),
      { verb: "call-next", fields: {} },
    ],
  },
  recall: { key: "r", steps: (view) => [onTicket("recall", view)] },
  no_show: { key: "n", steps: (view) => [onTicket("no-show", view)] },
  finish: {
    key: "f",
    choose: OUTCOMES.map((it) => `outcome.${it}`),
    steps: (view, choice) => [onTicket("finish", view, { outcome: OUTCOMES[choice] })],
  },
  pause: {
    key: "z",
    choose: PAUSE_REASONS.map((it) => `reason.${it}`),
    steps: (_view, _choice, reason) => [{ verb: "pause", fields: { reason } }],
  },
  close: { key: "c", steps: () => [{ verb: "close", fields: {} }] },
};

const OFFERED = {
  closed: ["open"],
  paused: ["resume", "close"],
  idle: ["call_next", "pause", "close"],
  called: ["arrive", "recall", "no_show", "finish"],
  serving: ["finish_next", "finish"],
};

/** The names of the actions that make sense now, the primary first. */
export function offered(view) {
  return OFFERED[stateOf(view)];
}

/** The offered action that this key stands for, or undefined. */
export function actionForKey(view, key) {
  return offered(view).find((name) => ACTIONS[name].key === key);
}

function onTicket(verb, view, more = {}) {
  return { verb, fields: { ticket: view.ticket.id, ...more } };
}
