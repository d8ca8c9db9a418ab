// Charts of rows as SVG: bars beside names, or columns along time. Colours
// come from the style sheet, so that they follow contrast and paper; a
// table with the same figures stands beside each chart.

const SVG = "http://www.w3.org/2000/svg";

/** Units of the drawing; the page scales it. */
const WIDTH = 640;
const LABEL = 196;
const ROW = 34;
const BAR = 12;
const VALUE = 64;
const HEIGHT = 280;
const FOOT = 28;

/** The longest label beside a bar. */
const LABEL_CHARS = 11;

/** The longest under a column, and how wide that is. */
const FOOT_CHARS = 10;
const FOOT_WIDTH = 72;

/** Bars to the right of each row's name.
 *  `series`: what is drawn, `{name, look, value(row)}`; `label(row)`, and
 *  `brief(row)` where there is little room; `text(value)`; `mark`: a value
 *  with a line of its own. */
export function bars(rows, { series, label, brief, text, mark, name }) {
  const height = rows.length * ROW + 8;
  const svg = drawing(height, name);
  const room = WIDTH - LABEL - VALUE;
  const scale = room / most(rows, series, mark);
  rows.forEach((row, nth) => {
    const top = nth * ROW + 6;
    add(svg, "text", { x: LABEL - 12, y: top + BAR + 5, class: "name end" }, short(brief(row), LABEL_CHARS), label(row));
    series.forEach(({ look, value, name: what }, place) => {
      const length = value(row) * scale;
      const y = top + place * BAR;
      add(svg, "rect", { x: LABEL, y, width: Math.max(length, 1), height: BAR - 1, class: `bar ${look}` }, "", `${label(row)} · ${what} ${text(value(row))}`);
      add(svg, "text", { x: LABEL + length + 8, y: y + BAR - 2, class: "value" }, text(value(row)));
    });
  });
  if (mark) {
    add(svg, "line", { x1: LABEL + mark * scale, x2: LABEL + mark * scale, y1: 0, y2: height, class: "mark" });
  }
  add(svg, "line", { x1: LABEL, x2: LABEL, y1: 0, y2: height, class: "axis" });
  return svg;
}

/** Columns from left to right, the same otherwise. */
export function columns(rows, { series, label, brief, text, mark, name }) {
  const svg = drawing(HEIGHT, name);
  const foot = HEIGHT - FOOT;
  const step = WIDTH / Math.max(rows.length, 1);
  const wide = Math.min(step / (series.length + 0.6), 36);
  const scale = (foot - 24) / most(rows, series, mark);
  const every = Math.ceil((rows.length * FOOT_WIDTH) / WIDTH);
  rows.forEach((row, nth) => {
    const middle = (nth + 0.5) * step;
    series.forEach(({ look, value, name: what }, place) => {
      const length = value(row) * scale;
      const x = middle + (place - series.length / 2) * wide;
      add(svg, "rect", { x, y: foot - length, width: wide - 1, height: length, class: `bar ${look}` }, "", `${label(row)} · ${what} ${text(value(row))}`);
      if (wide >= 18 && value(row) > 0) {
        add(svg, "text", { x: x + wide / 2, y: foot - length - 6, class: "value middle" }, String(Math.round(value(row))));
      }
    });
    if (nth % every === 0) {
      add(svg, "text", { x: middle, y: HEIGHT - 8, class: "name middle" }, short(brief(row), FOOT_CHARS), label(row));
    }
  });
  if (mark) {
    add(svg, "line", { x1: 0, x2: WIDTH, y1: foot - mark * scale, y2: foot - mark * scale, class: "mark" });
  }
  add(svg, "line", { x1: 0, x2: WIDTH, y1: foot, y2: foot, class: "axis" });
  return svg;
}

function most(rows, series, mark) {
  const values = rows.flatMap((row) => series.map(({ value }) => value(row)));
  return Math.max(1, mark || 0, ...values) * 1.02;
}

function drawing(height, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  svg.setAttribute("class", "chart");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  return svg;
}

function add(svg, tag, attributes, text, title) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, typeof value === "number" ? value.toFixed(1) : value);
  }
  if (text) {
    made.textContent = text;
  }
  if (title) {
    const whole = document.createElementNS(SVG, "title");
    whole.textContent = title;
    made.append(whole);
  }
  svg.append(made);
}

function short(text, chars) {
  const all = [...text];
  // Latin letters are half as wide.
  const room = /[^\x00-\x7f]/.test(text) ? chars : chars * 2 - 4;
  return all.length > room ? `${all.slice(0, room - 1).join("")}…` : text;
}
