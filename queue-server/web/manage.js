// What the manager presses on the hall's page: the day, the numbers, the
// windows' lanes, notices and stand-ins. Others see the same without the
// buttons. What may be done is the server's to say.

import { ask } from "./api.js";
import { serverNow } from "./feed.js";
import * as page from "./page.js";
import { byId, node, setText } from "./page.js";
import { Presses } from "./press.js";
import { sideOf, words } from "./words.js";

/** The manager's part of the hall's page.
 *  `on.changed()`: paint again. `on.tell(words)`: a calm line. */
export class Manager {
  constructor(session, hall, on) {
    this.session = session;
    this.hall = hall;
    this.on = on;
    this.view = null;
    this.staff = [];
    /** The dialog that waits for its answer, or null. */
    this.dialog = null;
    if (!["manager", "supervisor"].includes(session.role)) {
      return;
    }
    this.#readStaff();
    if (session.role === "manager") {
      this.#startPresses();
      this.#startButtons();
    }
  }

  /** A newer view of the hall. */
  take(view) {
    this.view = view;
  }

  /** Whether somebody sits at a window who is filed neither for it nor as
   *  a stand-in today (rule article 32). */
  isUnfiled({ id, clerk }) {
    if (this.staff.length === 0) {
      return false;
    }
    const own = this.staff.some((it) => it.id === clerk && it.window === id);
    const day = this.view.business_day;
    const filed = (this.view.stand_ins || []).some((it) =>
      it.staff === clerk && it.window === id && it.from <= day && day <= it.to);
    return !own && !filed;
  }

  /** What can be pressed at a window. */
  windowButtons(window) {
    return this.#button("manage.assign", { window: window.label }, () => this.#assign(window));
  }

  /** What can be pressed at a lane. */
  laneButtons(lane) {
    const verb = lane.stopped ? "resume" : "stop";
    const fields = { lanes: [lane.id] };
    const press = () => this.#begin(`${verb}_lane`, `/day/${verb}-numbers`, fields);
    return this.#button(`manage.${verb}`, { lane: lane.id }, press);
  }

  /** Repaints notices, stand-ins and the day's buttons. */
  paint(view) {
    const notices = (view.notices || []).map((it) => this.#noticeEntry(it));
    byId("notices").replaceChildren(...notices);
    byId("no-notices").hidden = notices.length > 0;
    const standIns = (view.stand_ins || []).map((it) => this.#standInEntry(it));
    byId("stand-ins").replaceChildren(...standIns);
    byId("no-stand-ins").hidden = standIns.length > 0;
    if (this.presses) {
      const open = Boolean(view.business_day);
      byId("stop-all").hidden = !open || view.lanes.every((it) => it.stopped);
      byId("resume-all").hidden = !open || !view.lanes.some((it) => it.stopped);
      byId("close-day").hidden = !open;
      byId("reopen-day").hidden = !view.can_reopen;
      for (const button of document.querySelectorAll("[data-manager] button, button[data-manager]")) {
        button.disabled = Boolean(this.presses.action);
      }
    }
  }

  async #readStaff() {
    this.staff = await page.answer(() => ask("GET", "/staff"));
    this.on.changed();
  }

  #startPresses() {
    this.presses = new Presses(this.session.staff, "hall", {
      answer: () => {},
      changed: this.on.changed,
      done: (action) => {
        this.#closeDialog();
        this.on.tell(() => words(`manage.done.${action}`));
      },
      refused: (refusal) => this.#refused(() => page.troubleWords(refusal)),
      waiting: () => this.on.tell(() => words("console.retrying")),
      gaveUp: () => this.#refused(() => words("desk.gave_up")),
    });
    this.presses.resume();
  }

  #startButtons() {
    for (const part of document.querySelectorAll("[data-manager]")) {
      part.hidden = false;
    }
    for (const button of document.querySelectorAll("dialog [data-back]")) {
      button.addEventListener("click", () => button.closest("dialog").close());
    }
    const lanes = (wanted) => this.view.lanes.filter(wanted).map((it) => it.id);
    byId("stop-all").addEventListener("click", () => this.#sure("stop_all", {}, () =>
      this.#begin("stop_all", "/day/stop-numbers", { lanes: lanes((it) => !it.stopped) })));
    byId("resume-all").addEventListener("click", () =>
      this.#begin("resume_all", "/day/resume-numbers", { lanes: lanes((it) => it.stopped) }));
    byId("close-day").addEventListener("click", () => {
      const n = this.view.lanes.reduce((sum, it) => sum + it.waiting, 0);
      this.#sure("close_day", { n }, () => this.#begin("close_day", "/day/close", {}));
    });
    byId("reopen-day").addEventListener("click", () =>
      this.#begin("reopen_day", "/day/reopen", {}));
    byId("post").addEventListener("click", () => this.#askNotice());
    byId("file").addEventListener("click", () => this.#askStandIn());
  }

  #begin(action, path, fields) {
    this.on.tell(null);
    this.presses.begin(action, [{ path, fields }]);
  }

  /** A button for the manager, or none. */
  #button(key, values, press) {
    if (!this.presses) {
      return [];
    }
    const button = node("button", "press small", words(key));
    button.type = "button";
    button.setAttribute("aria-label", words(`${key}.label`, values));
    button.disabled = Boolean(this.presses.action);
    button.addEventListener("click", press);
    return [button];
  }

  /** Asks once more before what many would feel. */
  #sure(key, values, go) {
    setText(byId("sure-title"), words(`manage.${key}.sure`));
    setText(byId("sure-what"), words(`manage.${key}.what`, values));
    setText(byId("sure-go"), words(`manage.${key}`));
    byId("sure-go").onclick = () => {
      byId("sure").close();
      go();
    };
    byId("sure").showModal();
  }

  #open(id, submit) {
    const dialog = byId(id);
    this.dialog = id;
    byId(`${id}-notice`).hidden = true;
    dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      submit();
    };
    dialog.onclose = () => {
      this.dialog = null;
    };
    dialog.showModal();
  }

  #closeDialog() {
    if (this.dialog) {
      byId(this.dialog).close();
    }
  }

  /** A refusal is told where it was asked. */
  #refused(text) {
    if (!this.dialog) {
      this.on.tell(text);
      return;
    }
    const place = byId(`${this.dialog}-notice`);
    place.hidden = false;
    setText(place, text());
  }

  #assign(window) {
    setText(byId("assign-title"), words("manage.assign.title", { window: window.label }));
    const helps = window.helps || [];
    const pick = (lane, name, chosen) => {
      const cell = node("td");
      const label = node("label");
      const box = node("input");
      box.type = "checkbox";
      box.value = lane.id;
      box.name = name;
      box.checked = chosen.includes(lane.id);
      const of = { lane: `${lane.id} ${sideOf(lane.name)}`, what: words(`manage.assign.${name}`) };
      box.setAttribute("aria-label", words("manage.assign.pick", of));
      label.append(box);
      cell.append(label);
      return cell;
    };
    byId("assign-lanes").replaceChildren(...this.view.lanes.map((lane) => {
      const row = node("tr");
      const id = node("th", "number", lane.id);
      id.scope = "row";
      const own = pick(lane, "own", window.lanes);
      row.append(id, node("td", "", sideOf(lane.name)), own, pick(lane, "helps", helps));
      return row;
    }));
    const picked = (name) =>
      [...document.querySelectorAll(`#assign input[name=${name}]:checked`)].map((it) => it.value);
    this.#open("assign", () => {
      const fields = { lanes: picked("own"), helps: picked("helps") };
      this.#begin("assign", `/windows/${window.id}/lanes`, fields);
    });
  }

  #askNotice() {
    const zones = this.hall.zones.map((it) => option(it.id, `${it.id} ${sideOf(it.name)}`));
    byId("post-zone").replaceChildren(option("", words("manage.post.everywhere")), ...zones);
    for (const id of ["post-zh", "post-en", "post-until"]) {
      byId(id).value = "";
    }
    this.#open("post-notice", () => {
      const text = { zh: byId("post-zh").value.trim(), en: byId("post-en").value.trim() };
      const [zone, until] = [byId("post-zone").value, byId("post-until").value];
      this.#begin("post", "/notices", {
        text,
        ...(zone && { zone }),
        ...(until && { until: new Date(until).toISOString() }),
      });
    });
  }

  #askStandIn() {
    const windows = this.hall.windows.map((it) => option(it.id, `${it.label} ${sideOf(it.name)}`));
    const clerks = this.staff.filter((it) => it.role === "clerk").map((it) => option(it.id, it.id));
    byId("file-window").replaceChildren(...windows);
    byId("file-staff").replaceChildren(...clerks);
    const today = this.view.business_day || new Date(serverNow()).toISOString().slice(0, 10);
    for (const id of ["file-from", "file-to"]) {
      byId(id).min = today;
      byId(id).value = today;
    }
    this.#open("file-stand-in", () => this.#begin("file", "/stand-ins", {
      window: Number(byId("file-window").value),
      staff: byId("file-staff").value,
      from: byId("file-from").value,
      to: byId("file-to").value,
    }));
  }

  #noticeEntry(notice) {
    const zone = this.hall.zones.find((it) => it.id === notice.zone);
    const where = zone ? `${zone.id} ${sideOf(zone.name)}` : words("manage.post.everywhere");
    const until = notice.until
      ? words("manage.until", { time: dayAndTime(notice.until, this.hall.time_zone) })
      : words("manage.until_removed");
    const remove = () => this.#begin("remove", `/notices/${notice.id}/remove`, {});
    return this.#entry(sideOf(notice.text), `${where} · ${until}`, "manage.remove", remove);
  }

  #standInEntry(filed) {
    const window = this.hall.windows.find((it) => it.id === filed.window);
    const title = words("manage.stand_in", { staff: filed.staff, window: window ? window.label : filed.window });
    const days = words("manage.days", { from: filed.from, to: filed.to, filed: filed.filed });
    const withdraw = () => this.#begin("withdraw", `/stand-ins/${filed.id}/withdraw`, {});
    return this.#entry(title, days, "manage.withdraw", withdraw);
  }

  #entry(title, second, key, press) {
    const entry = node("li");
    const text = node("div");
    text.append(node("b", "", title), node("span", "second", second));
    entry.append(text, ...this.#button(key, { what: title }, press));
    return entry;
  }
}

function option(value, text) {
  const made = node("option", "", text);
  made.value = value;
  return made;
}

/** `11-29 17:30` in the hall's time zone. */
function dayAndTime(instant, timeZone) {
  const day = new Intl.DateTimeFormat("sv-SE", { month: "2-digit", day: "2-digit", timeZone });
  return `${day.format(new Date(instant))} ${page.clockTime(instant, timeZone)}`;
}
