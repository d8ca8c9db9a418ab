// The sign-in page: a staff number and a PIN, then on to where this
// person works.

import { ask } from "./api.js";
import { byId, homeOf, setText, troubleWords, untilAnswered } from "./page.js";
import { startWords, words } from "./words.js";

const form = byId("form");
const staff = byId("staff");
const pin = byId("pin");
const go = byId("go");
let busy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  // Somebody may be faster than the words of the page; without them the
  // page could not say what it does.
  worded.then(() => {
    if (!busy) {
      signIn();
    }
  });
});

async function signIn() {
  if (!staff.value.trim() || !pin.value) {
    tell(words("signin.missing"));
    (staff.value.trim() ? pin : staff).focus();
    return;
  }
  rest(true);
  try {
    const request = { staff: staff.value.trim(), pin: pin.value };
    const session = await ask("POST", "/session", request);
    location.replace(homeOf(session));
  } catch (error) {
    tell(troubleWords(error));
    rest(false);
    pin.value = "";
    pin.focus();
  }
}

function rest(on) {
  busy = on;
  go.setAttribute("aria-disabled", on);
  setText(go, words(on ? "signin.busy" : "signin.go"));
}

function tell(text) {
  byId("notice").hidden = false;
  setText(byId("notice"), text);
}

function speak() {
  document.title = `${words("signin.title")} · ${words("brand")}`;
  byId("notice").hidden = true;
}

const worded = untilAnswered(() => startWords("zh", speak), () => {}).then(speak);
