// One view of the hall, pushed by the server. The whole view comes with
// each message, so connecting and reconnecting are the same. Says
// whether the line lives and keeps the server's clock.

import { feedAddress } from "./api.js";

/** The server pings every 5 s; two missed and the line is dead. */
const SILENCE_MS_MAX = 12_000;

/** How long to wait before each new try, the last for all further. */
const RETRY_MS = [500, 1_000, 2_000, 4_000];

/** Server's clock minus this machine's, in milliseconds. */
let clockAhead = 0;

/** Now, by the server's clock. */
export function serverNow() {
  return Date.now() + clockAhead;
}

/** Follows a view for as long as the page lives.
 *  `on.view(view, first)`: a whole view; `first` after each connecting.
 *  `on.link(alive)`: the line came alive, or was lost.
 *  `on.heard()`: anything came, so what is shown is true now.
 *  `on.before()`: asked before each reconnecting; may leave the page,
 *  or give false when there is nothing to follow any more.
 *  Gives a function that ends it. */
export function follow(query, on) {
  let source = null;
  let alive = false;
  let failures = 0;
  let silence = 0;
  let ended = false;

  function open() {
    let first = true;
    source = new EventSource(feedAddress(query));
    source.addEventListener("view", (event) => {
      const view = JSON.parse(event.data);
      if (view.now) {
        setClock(view.now);
      }
      heard();
      on.view(view, first);
      first = false;
    });
    source.addEventListener("ping", (event) => {
      setClock(JSON.parse(event.data).now);
      heard();
    });
    // The browser would retry by itself, but not after a refusal, and
    // without telling a lost session from a lost server.
    source.addEventListener("error", lost);
    watch();
  }

  function heard() {
    failures = 0;
    watch();
    on.heard();
    if (!alive) {
      alive = true;
      on.link(true);
    }
  }

  function watch() {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE_MS_MAX);
  }

  function lost() {
    clearTimeout(silence);
    source.close();
    if (ended) {
      return;
    }
    alive = false;
    on.link(false);
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    setTimeout(reopen, wait);
  }

  async function reopen() {
    try {
      if (!ended && (await on.before()) !== false && !ended) {
        open();
      }
    } catch {
      lost();
    }
  }

  open();
  return () => {
    ended = true;
    clearTimeout(silence);
    source.close();
  };
}

function setClock(now) {
  clockAhead = Date.parse(now) - Date.now();
}
