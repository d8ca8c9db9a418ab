// The notice's page, and the page of what is not known: the
// language, boxes that remember, and paper for whoever wants it.

import { byId, untilAnswered } from "./page.js";
import { startTicks } from "./ticks.js";
import { pageLanguage, startWords, words } from "./words.js";

start();

async function start() {
  startTicks(location.pathname.split("/")[2]);
  const print = byId("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  await untilAnswered(() => startWords(pageLanguage(), paintTitle), () => {});
  paintTitle();
  byId("plain").hidden = true;
  byId("language").hidden = false;
}

function paintTitle() {
  document.title = words(document.body.dataset.title);
}
