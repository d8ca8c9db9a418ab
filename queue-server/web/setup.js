// The first administrator of a hall: a code from the server's log, a
// service number and a PIN; then on to the sign-in page.

import { ask } from "./api.js";
import { byId, setText, troubleWords, untilAnswered } from "./page.js";
import { startWords, words } from "./words.js";

const FIELDS = ["code", "staff", "pin", "again"];

let busy = false;

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!busy) {
    make();
  }
});

async function make() {
  const [code, staff, pin, again] = FIELDS.map((id) => byId(id).value.trim());
  const missing = FIELDS.find((id) => !byId(id).value.trim());
  if (missing) {
    tell(words("setup.missing"));
    byId(missing).focus();
    return;
  }
  if (pin !== again) {
    tell(words("setup.differ"));
    byId("again").value = "";
    byId("again").focus();
    return;
  }
  rest(true);
  try {
    await ask("POST", "/setup", { code, staff, pin });
    location.replace("/signin");
  } catch (error) {
    tell(troubleWords(error));
    rest(false);
  }
}

function rest(on) {
  busy = on;
  byId("go").setAttribute("aria-disabled", on);
}

function tell(text) {
  byId("notice").hidden = false;
  setText(byId("notice"), text);
}

function speak() {
  document.title = `${words("setup.page")} · ${words("brand")}`;
  byId("notice").hidden = true;
}

async function start() {
  await untilAnswered(() => startWords("zh", speak), () => {});
  speak();
  const { open } = await untilAnswered(() => ask("GET", "/setup"), () => {});
  byId("form").hidden = !open;
  byId("over").hidden = open;
}

start();
