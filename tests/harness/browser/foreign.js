// Run by the tests in a page. Gives each text, label or title that is
// not in `language`, or that shows how it was put together.

const [language, written] = arguments;
const english = language === "en";

/** What stays in its own language: the way to the other one, keys, and
 *  what says of itself that it is in another or in none. */
const OWN = english ? "[lang^=zh], [translate=no], #language, #plain" : "[lang=en], [translate=no], #language, #plain, kbd";

/** Words that Chinese pages use as they are. */
const NAMES = ["CSV", "Excel", "Esc"];

const foreign = english ? /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/ : /[A-Za-z]{3,}/;
const broken = /\bundefined\b|\bnull\b|\bNaN\b|\{\w+\}|\[object |\b[a-z_]+(\.[a-z_]+)+\b/;

const found = [];
const say = (where, text) => {
  const strip = (left, it) => left.replaceAll(it, "");
  const left = [...written, ...(english ? [] : NAMES)].reduce(strip, text);
  if (foreign.test(left) || broken.test(left)) {
    found.push(`${where}: ${text.trim()}`);
  }
};
const nameOf = (it) => it.tagName.toLowerCase() + (it.id ? `#${it.id}` : "") + (it.className ? `.${it.className}` : "");

if (!document.documentElement.lang.startsWith(language)) {
  found.push(`html lang: ${document.documentElement.lang}`);
}
say("title", document.title);
for (const at of document.body.querySelectorAll("*")) {
  const seen = at.closest("select") || at;
  if (at.closest(OWN) || at.matches("script, style, noscript") || !seen.checkVisibility()) {
    continue;
  }
  for (const child of at.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      say(nameOf(at), child.data);
    }
  }
  for (const name of ["aria-label", "title", "alt", "placeholder"]) {
    if (at.hasAttribute(name)) {
      say(`${nameOf(at)} ${name}`, at.getAttribute(name));
    }
  }
}
return found;
