// Requests to the server and what a reply means. Knows nothing of any
// page; whoever calls it shows the words.

const PREFIX = "/api/v1";

/** How long one request may take before it counts as unanswered. */
const ANSWER_MS_MAX = 10_000;

/** Statuses that say "not now" rather than "no": ask again. */
const NOT_NOW = new Set([408, 429, 502, 503, 504]);

/** The server's "no", with words for a person if it sent any. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem ? problem.title : `status ${status}`);
    this.status = status;
    this.code = problem ? problem.code : null;
    /** `{zh, en}`, or null when the reply was not one of ours. */
    this.titles = problem ? problem.titles : null;
  }
}

/** One request. Gives the reply's JSON, throws a Refusal, or throws what
 *  `fetch` throws when nobody answered. */
export async function ask(method, path, body) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ANSWER_MS_MAX);
  try {
    const reply = await fetch(PREFIX + path, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
      credentials: "same-origin",
      cache: "no-store",
      signal: giveUp.signal,
    });
    if (!reply.ok) {
      throw new Refusal(reply.status, await problemOf(reply));
    }
    return reply.status === 204 ? null : await reply.json();
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(reply) {
  const type = reply.headers.get("content-type") || "";
  return type.includes("problem+json") ? reply.json() : null;
}

/** Whether asking again with the same id may still bring an answer. */
export function worthAskingAgain(error) {
  return !(error instanceof Refusal) || NOT_NOW.has(error.status);
}

/** Who is signed in here. Without a session the browser goes to the
 *  sign-in page, and this never returns. */
export async function whoAmI() {
  try {
    return await ask("GET", "/session");
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      return toSignIn();
    }
    throw error;
  }
}

/** Leaves for the sign-in page. The promise stays open on purpose, so
 *  that no caller goes on while the browser is leaving. */
export function toSignIn() {
  location.replace("/signin");
  return new Promise(() => {});
}

/** Ends the session, then leaves; a session the server already forgot
 *  is as good as ended. */
export async function signOut() {
  try {
    await ask("DELETE", "/session");
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
  }
  return toSignIn();
}

/** Where the feed of one view is, for EventSource. */
export function feedAddress(query) {
  return `${PREFIX}/feed?${new URLSearchParams(query)}`;
}
