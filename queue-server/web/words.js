// The texts of the pages in the language of whoever reads them. All of
// them are in words.json; no page holds a text of its own but the
// Chinese that stands in the HTML until this has loaded.

const STORAGE_KEY = "yimen.language";

let texts = {};
let current = "zh";

/** Reads the texts, puts them on the page and makes `#language` the
 *  switch. `preferred` counts until the reader chooses; `changed` is
 *  called after each switch. */
export async function startWords(preferred, changed) {
  const reply = await fetch("/web/words.json");
  if (!reply.ok) {
    throw new Error(`words.json: status ${reply.status}`);
  }
  texts = await reply.json();
  use(chosen() || preferred);
  const button = document.getElementById("language");
  button.addEventListener("click", () => {
    use(current === "zh" ? "en" : "zh");
    remember();
    changed();
  });
}

/** The text for this key, with `{name}` replaced from `values`. */
export function words(key, values = {}) {
  const text = texts[key];
  if (!text) {
    throw new Error(`words.json has no \`${key}\``);
  }
  return text[current].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The text for this key in Chinese, for what others will read: signs
 *  and the record do not follow this reader's language. */
export function chineseWords(key) {
  return texts[key].zh;
}

/** One side of a `{zh, en}` that the server sent. */
export function sideOf(bilingual) {
  return bilingual[current];
}

/** The language that the server wrote this page in. */
export function pageLanguage() {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** The language that a browser asks for: Chinese if it lists it at all. */
export function browserLanguage() {
  const listed = navigator.languages || [navigator.language || "zh"];
  return listed.some((it) => it.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

function use(language) {
  current = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-words]")) {
    node.textContent = words(node.dataset.words);
  }
  for (const node of document.querySelectorAll("[data-words-label]")) {
    node.setAttribute("aria-label", words(node.dataset.wordsLabel));
  }
}

// Storage may be switched off on a visitor's phone; the choice then
// lasts until the page is left.
function chosen() {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === "zh" || stored === "en" ? stored : null;
  } catch {
    return null;
  }
}

function remember() {
  try {
    localStorage.setItem(STORAGE_KEY, current);
  } catch {
    // The reader keeps the language for this visit.
  }
}
