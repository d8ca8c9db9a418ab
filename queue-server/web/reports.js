// The reports' page: a question, and what the server answers to it as
// charts and tables. It counts nothing itself.

import { ask } from "./api.js";
import { bars, columns } from "./charts.js";
import { addDays, headline, keyWords, minutes, percent, today } from "./figures.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { words } from "./words.js";

/** The lintel's clock shows minutes. */
const TICK_MS = 1_000;

const BY = ["lane", "matter", "window", "clerk", "hour", "class", "all"];
const PER = ["all", "day", "week", "month"];

/** Bars that a chart has room for; the table has all rows. */
const BARS_MAX = 24;

const PEOPLE = ["issued", "called", "served", "no_show", "void", "left_over", "corrections", "consults"];
const TIMES = ["wait_mean_s", "wait_median_s", "wait_p90_s", "within_target_percent", "service_median_s", "service_p90_s", "within_forecast_percent"];

const RATINGS = ["rated", "very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied", "satisfied_percent"];

let session = null;
let hall = null;
let report = null;

start();

async function start() {
  ({ session, hall } = await page.startStaffPage(paint));
  page.startLintel(session, () => true, tell);
  page.paintLink("connected");
  setInterval(() => page.paintLintel(session, hall), TICK_MS);
  fillChoices();
  readAddress();
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  const from = { today: () => 0, week: weekday, month: (day) => Number(day.slice(8)) - 1 };
  for (const [id, back] of Object.entries(from)) {
    byId(id).addEventListener("click", () => {
      const day = today(hall);
      byId("from").value = addDays(day, -back(day));
      byId("to").value = day;
      show();
    });
  }
  byId("by").addEventListener("change", show);
  byId("per").addEventListener("change", show);
  byId("more").addEventListener("click", more);
  show();
}

/** Days since Monday. */
function weekday(day) {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function fillChoices() {
  for (const [id, values] of [["by", BY], ["per", PER]]) {
    const chosen = byId(id).value;
    byId(id).replaceChildren(...values.map((value) => {
      const option = node("option", "", words(`reports.${id}.${value}`));
      option.value = value;
      return option;
    }));
    byId(id).value = values.includes(chosen) ? chosen : values[0];
  }
}

/** What was asked stays in the address, so that it can be kept and sent
 *  to a colleague. */
function readAddress() {
  const asked = new URLSearchParams(location.search);
  byId("from").value = asked.get("from") || today(hall);
  byId("to").value = asked.get("to") || today(hall);
  byId("by").value = BY.includes(asked.get("by")) ? asked.get("by") : "lane";
  byId("per").value = PER.includes(asked.get("per")) ? asked.get("per") : "all";
  byId("target").value = asked.get("target_minutes") || "";
}

function question(more = {}) {
  const asked = { from: byId("from").value, to: byId("to").value, by: byId("by").value, per: byId("per").value };
  const target = byId("target").value;
  return new URLSearchParams({ ...asked, ...(target ? { target_minutes: target } : {}), ...more }).toString();
}

async function show() {
  history.replaceState(null, "", `?${question()}`);
  try {
    report = await ask("GET", `/reports/figures?${question()}`);
    byId("notice").hidden = true;
  } catch (error) {
    tell(error);
    return;
  }
  paint();
}

async function more() {
  try {
    const next = await ask("GET", `/reports/figures?${question({ after: report.next })}`);
    report = { ...next, rows: [...report.rows, ...next.rows] };
    paint();
  } catch (error) {
    tell(error);
  }
}

function tell(error) {
  byId("notice").hidden = false;
  setText(byId("notice"), page.troubleWords(error));
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("reports.title");
  page.paintLintel(session, hall);
  fillChoices();
  if (!report) {
    return;
  }
  byId("target").value = report.target_minutes;
  for (const format of ["csv", "xlsx"]) {
    byId(format).href = `/api/v1/reports/figures?${question({ format })}`;
  }
  byId("sheet").href = `/reports/sheet?day=${report.to}`;
  const nobody = report.total.issued + report.total.called === 0;
  byId("empty").hidden = !nobody;
  byId("people-part").hidden = nobody;
  byId("times-part").hidden = nobody;
  byId("ratings-part").hidden = report.total.rated === 0;
  byId("headline").replaceChildren(...headline(report));
  paintPeople();
  paintTimes();
  paintRatings();
  byId("more").hidden = report.next === null;
}

/** Time runs to the right; anything else is a list of names. */
function chart(rows, options) {
  const overTime = report.by === "hour" || (report.by === "all" && report.per !== "all");
  return (overTime ? columns : bars)(rows.slice(0, BARS_MAX), { label, brief, ...options });
}

function paintPeople() {
  const series = [
    { name: words("figure.issued"), look: "second", value: (row) => row.issued },
    { name: words("figure.served"), look: "first", value: (row) => row.served },
  ];
  const options = { series, text: (n) => String(n), name: words("reports.people") };
  byId("people-legend").replaceChildren(...legend(series));
  byId("people-chart").replaceChildren(chart(report.rows, options));
  byId("people-head").replaceChildren(head(PEOPLE));
  byId("people").replaceChildren(...[...report.rows, total()].map((row) => line(row, PEOPLE, (_, n) => String(n))));
}

function paintTimes() {
  const series = [
    { name: words("figure.wait_p90_s"), look: "second", value: (row) => (row.wait_p90_s || 0) / 60 },
    { name: words("figure.wait_median_s"), look: "first", value: (row) => (row.wait_median_s || 0) / 60 },
  ];
  const mark = report.target_minutes;
  const text = (n) => words("time.minutes", { n: Math.round(n) });
  const options = { series, text, mark, name: words("reports.times") };
  const marked = { name: words("reports.target_line", { n: mark }), look: "mark" };
  byId("times-legend").replaceChildren(...legend([...series, marked]));
  byId("times-chart").replaceChildren(chart(report.rows, options));
  byId("times-head").replaceChildren(head(TIMES));
  const cell = (column, value) => (column.endsWith("_s") ? minutes(value) : percent(value));
  byId("times").replaceChildren(...[...report.rows, total()].map((row) => line(row, TIMES, cell)));
}

function paintRatings() {
  const series = [
    { name: words("figure.satisfied_percent"), look: "first", value: (row) => row.satisfied_percent || 0 },
  ];
  const rated = report.rows.filter((row) => row.rated > 0);
  const options = { series, text: (n) => percent(n), name: words("reports.ratings") };
  byId("ratings-legend").replaceChildren(...legend(series));
  byId("ratings-chart").replaceChildren(chart(rated, options));
  byId("ratings-head").replaceChildren(head(RATINGS));
  const cell = (column, value) => (column.endsWith("_percent") ? percent(value) : String(value));
  byId("ratings").replaceChildren(...[...rated, total()].map((row) => line(row, RATINGS, cell)));
}

function total() {
  return { ...report.total, isTotal: true };
}

function label(row) {
  if (row.isTotal) {
    return words("reports.total");
  }
  const key = report.by === "all" ? "" : keyWords(report.by, row);
  return [row.period, key].filter((it) => it !== "").join(" · ") || words("reports.total");
}

/** What tells a row from its neighbours: the period where there are
 *  several, a day without its year. */
function brief(row) {
  const several = report.rows.some((it) => it.period !== row.period);
  const period = several ? row.period.replace(/^\d{4}-(\d\d-\d\d)$/, "$1") : "";
  const key = report.by === "all" ? "" : keyWords(report.by, row);
  return [period, key].filter((it) => it !== "").join(" ") || label(row);
}

function legend(series) {
  return series.map(({ name, look }) => {
    const entry = node("span", `key ${look}`);
    entry.append(node("i", "swatch"), name);
    return entry;
  });
}

function head(names) {
  const row = node("tr");
  const first = node("th", "", words(`reports.by.${report.by}`));
  first.scope = "col";
  row.append(first, ...names.map((name) => {
    const cell = node("th", "count", words(`figure.${name}`));
    cell.scope = "col";
    return cell;
  }));
  return row;
}

function line(row, names, cell) {
  const made = node("tr", row.isTotal ? "total" : "");
  const first = node("th", "", label(row));
  first.scope = "row";
  made.append(first, ...names.map((name) => node("td", "count", cell(name, row[name]))));
  return made;
}
