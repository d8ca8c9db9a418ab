// The one-time notice as a browser prints it, for the answers that were
// given: what to bring, what the hall looks up, where to go.

import { node } from "./page.js";
import { sideOf, words } from "./words.js";

/** A notice with the number it goes with. */
export function noticeSlip(hall, number, notice) {
  const slip = node("div", "slip notice-slip");
  const ends = notice.redirects.filter((it) => it.stop);
  slip.append(
    node("p", "slip-hall", sideOf(hall.name)),
    node("p", "slip-title", words("sheet.notice")),
    node("p", "slip-what", `${sideOf(notice.name)} · ${sideOf(notice.department)}`),
    node("p", "slip-for", words("sheet.number", { number })),
    ...list("sheet.situation", notice.situation.map((it) => sideOf(it.answer))),
    ...(ends.length > 0 ? ends : notice.redirects).map((it) => node("p", "slip-stop", sideOf(it.text))),
    ...(ends.length > 0 ? [] : notice.perhaps).map((it) => {
      return node("p", "slip-stop", words("papers.perhaps", { text: sideOf(it.text) }));
    }),
  );
  const { bring, optional, later, not_needed: notNeeded } = notice.papers;
  for (const [name, papers] of Object.entries({ bring, optional, later, not_needed: notNeeded })) {
    if (papers.length > 0) {
      slip.append(...list(`papers.${name}`, papers.map(paperWords), papers.length));
    }
  }
  const place = [notice.contact.window, notice.contact.phone].filter(Boolean).join(" · ");
  slip.append(node("p", "slip-foot", place), node("p", "slip-foot", sideOf(hall.address)));
  return slip;
}

function list(key, lines, n = lines.length) {
  if (lines.length === 0) {
    return [];
  }
  const made = node("ul", "slip-list");
  made.append(...lines.map((it) => node("li", "", it)));
  return [node("p", "slip-head", words(key, { n })), made];
}

function paperWords({ material, sure }) {
  const { original, copies } = material;
  const parts = [
    sideOf(material.name),
    original > 0 ? words("papers.original", { n: original }) : "",
    copies > 0 ? words("papers.copies", { n: copies }) : "",
    sure ? "" : words("papers.unsure"),
  ];
  return parts.filter(Boolean).join("\u2003");
}
