// Where a board hangs, on the hall's page: in the hall, in a waiting
// area, over a window. Who runs the hall says so here, without a walk to
// the board; without that, the board's own options count.

import { ask } from "./api.js";
import { byId, node, setText, troubleWords } from "./page.js";
import { sideOf, words } from "./words.js";

/** Who may put a board elsewhere. */
const MAY = new Set(["manager", "admin"]);

/** What a board shows now, in words; empty while it is away. */
export function showsWords(device, hall) {
  return device.shows ? words("boards.shows", { place: placeWords(device.shows, hall) }) : "";
}

/** The button that asks where the board hangs, if one may say so. */
export function hangButton(device, session, hall) {
  if (device.kind !== "board" || !MAY.has(session.role)) {
    return [];
  }
  const button = node("button", "press small", words("boards.hang"));
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-label", words("boards.hang.label", { board: device.name }));
  button.addEventListener("click", () => openDialog(device, hall));
  return [button];
}

function placeWords(place, hall) {
  if (place === "hall") {
    return words("boards.hall");
  }
  if (place.zone !== undefined) {
    const zone = hall.zones.find((it) => it.id === place.zone);
    return zone ? sideOf(zone.name) : place.zone;
  }
  const window = hall.windows.find((it) => it.id === place.window);
  return words("boards.window", { window: window ? window.label : place.window });
}

function openDialog(device, hall) {
  const dialog = byId("hang");
  const notice = byId("hang-notice");
  const places = [
    null,
    "hall",
    ...hall.zones.map((it) => ({ zone: it.id })),
    ...hall.windows.map((it) => ({ window: it.id })),
  ];
  const chosen = JSON.stringify(device.place ?? null);
  byId("hang-place").replaceChildren(...places.map((place) => {
    const option = node("option", "", place ? placeWords(place, hall) : words("boards.own"));
    option.value = JSON.stringify(place);
    option.selected = option.value === chosen;
    return option;
  }));
  setText(byId("hang-title"), words("boards.hang.title", { board: device.name }));
  notice.hidden = true;
  byId("hang-back").onclick = () => dialog.close();
  dialog.querySelector("form").onsubmit = async (event) => {
    event.preventDefault();
    try {
      const place = JSON.parse(byId("hang-place").value);
      await ask("POST", `/devices/${device.id}/place`, { place });
      dialog.close();
    } catch (error) {
      notice.hidden = false;
      setText(notice, troubleWords(error));
    }
  };
  dialog.showModal();
}
