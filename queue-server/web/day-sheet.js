// The day's sheet: one day, three figures, three tables, on paper.

import { ask } from "./api.js";
import { headline, keyWords, minutes, percent, today } from "./figures.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { sideOf, words } from "./words.js";

const TABLES = ["lane", "hour", "matter"];
const COLUMNS = ["issued", "served", "no_show", "corrections", "wait_median_s", "wait_p90_s", "within_target_percent", "service_median_s"];

let hall = null;
let day = null;
let reports = null;

start();

async function start() {
  ({ hall } = await page.startStaffPage(paint));
  day = new URLSearchParams(location.search).get("day") || today(hall);
  byId("print").addEventListener("click", () => print());
  try {
    const asked = (by) => ask("GET", `/reports/figures?${new URLSearchParams({ from: day, to: day, by })}`);
    reports = await Promise.all(TABLES.map(asked));
    page.paintLink("connected");
  } catch (error) {
    byId("notice").hidden = false;
    setText(byId("notice"), page.troubleWords(error));
  }
  paint();
}

function paint() {
  if (!hall) {
    return;
  }
  document.title = words("day_sheet.title");
  setText(byId("hall-name"), sideOf(hall.name));
  setText(byId("heading"), words("day_sheet.heading"));
  setText(byId("day"), day || "");
  if (!reports) {
    return;
  }
  byId("headline").replaceChildren(...headline(reports[0]));
  for (const report of reports) {
    byId(`${report.by}-head`).replaceChildren(head(report.by));
    byId(report.by).replaceChildren(...report.rows.map((row) => line(report.by, row)));
  }
  byId("lane").append(line("total", reports[0].total));
  const now = new Date();
  const printed = `${today(hall)} ${page.clockTime(now, hall.time_zone)}`;
  setText(byId("foot"), words("day_sheet.foot", { printed, target: reports[0].target_minutes }));
}

function head(by) {
  const row = node("tr");
  const first = node("th", "", words(`reports.by.${by}`));
  first.scope = "col";
  row.append(first, ...COLUMNS.map((name) => {
    const cell = node("th", "count", words(`figure.${name}`));
    cell.scope = "col";
    return cell;
  }));
  return row;
}

function line(by, row) {
  const made = node("tr", by === "total" ? "total" : "");
  const first = node("th", "", by === "total" ? words("reports.total") : keyWords(by, row));
  first.scope = "row";
  made.append(first, ...COLUMNS.map((name) => node("td", "count", text(name, row[name]))));
  return made;
}

function text(name, value) {
  if (name.endsWith("_s")) {
    return minutes(value);
  }
  return name.endsWith("_percent") ? percent(value) : String(value);
}
