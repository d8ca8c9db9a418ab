// Figures in words: minutes, shares, names of keys, and the three that
// stand on top of every report. For the pages that show reports.

import { node } from "./page.js";
import { sideOf, words } from "./words.js";

/** The business day that it is in the hall. */
export function today(hall) {
  const parts = { timeZone: hall.time_zone, year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-CA", parts).format(new Date());
}

/** Another day. */
export function addDays(day, days) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Seconds as minutes with one place, or a dash for none. */
export function minutes(seconds) {
  return seconds === null ? "–" : (seconds / 60).toFixed(1);
}

/** A share, or a dash for a share of nothing. */
export function percent(value) {
  return value === null ? "–" : `${Math.round(value)}%`;
}

/** What a row is about, in the reader's language. */
export function keyWords(by, row) {
  if (row.name) {
    return by === "lane" ? `${row.key} ${sideOf(row.name)}` : sideOf(row.name);
  }
  const special = {
    class: () => words(`class.${row.key}`),
    clerk: () => words("nav.staff", { staff: row.key }),
    hour: () => words("reports.hour", { hour: row.key }),
    matter: () => row.key || words("console.no_matter"),
  };
  return special[by] ? special[by]() : row.key;
}

/** The three figures that say how the hall served those who came: visits
 *  for each matter, the wait, papers complete the first time. */
export function headline({ total, target_minutes: target }) {
  const whole = (seconds) => (seconds === null ? "–" : Math.ceil(seconds / 60));
  const visits = total.visits_per_matter;
  return [
    fact("headline.visits", visits === null ? "–" : visits.toFixed(2), words("headline.visits.more", { n: total.served })),
    fact(
      "headline.wait",
      words("headline.wait.value", { n: whole(total.wait_median_s) }),
      words("headline.wait.more", { p90: whole(total.wait_p90_s), target, share: percent(total.within_target_percent) }),
    ),
    fact("headline.complete", percent(total.complete_percent), words("headline.complete.more", { n: total.corrections })),
  ];
}

function fact(name, value, more) {
  const made = node("div");
  made.append(node("dt", "", words(name)), node("dd", "value", value), node("dd", "second", more));
  return made;
}
