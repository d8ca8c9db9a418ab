// Devices that ask to come in, on the hall's page. Who runs the hall
// stands before the screen, reads the code there and types it in here.

import { ask } from "./api.js";
import { byId, node, setText, troubleWords } from "./page.js";
import { words } from "./words.js";

/** Who may let a device in. */
const MAY = new Set(["manager", "admin"]);

/** What stands on the page: a card is not made anew while somebody types. */
let shown = "";

/** Repaints the cards if others ask now, or in another language. */
export function paintRequests(requests, session) {
  const now = JSON.stringify([document.documentElement.lang, requests.map((it) => it.id)]);
  if (now === shown) {
    return;
  }
  shown = now;
  byId("requests").hidden = requests.length === 0;
  byId("requests").replaceChildren(...requests.map((it) => card(it, session)));
}

function card(request, session) {
  const made = node("li", "card look");
  const head = node("p", "head");
  head.append(node("b", "", request.name), node("span", "second", words(`hall.${request.kind}`)));
  made.append(head, node("p", "fault", words("hall.request", { from: request.from })));
  if (MAY.has(session.role)) {
    made.append(form(request));
  } else {
    made.append(node("p", "do", words("hall.request.ask")));
  }
  return made;
}

function form(request) {
  const made = node("form", "let-in");
  made.autocomplete = "off";
  const label = node("label", "", words("hall.request.code"));
  const code = node("input");
  code.id = `code-${request.id}`;
  label.htmlFor = code.id;
  code.inputMode = "numeric";
  code.maxLength = 7;
  code.autocomplete = "off";
  const letIn = node("button", "press primary", words("hall.request.let_in"));
  const turnAway = node("button", "quiet", words("hall.request.turn_away"));
  turnAway.type = "button";
  const said = node("p", "notice");
  said.role = "alert";
  said.hidden = true;
  const send = async (path, body) => {
    try {
      await ask("POST", `/devices/${request.id}/${path}`, body);
    } catch (error) {
      said.hidden = false;
      setText(said, troubleWords(error));
      code.select();
    }
  };
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send("approve", { code: code.value.replaceAll(" ", "") });
  });
  turnAway.addEventListener("click", () => send("revoke"));
  made.append(label, code, letIn, turnAway, said);
  return made;
}
