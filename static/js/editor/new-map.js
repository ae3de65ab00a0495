/** The gallery of a new map: from a kind, from pasted text, from a file; an import is shown before it is made. */
import { call } from "../api.js";
import { readCatalog, t, tn } from "../i18n.js";
import { drawMiniatures } from "./miniature.js";

readCatalog();
drawMiniatures();

const page = /** @type {HTMLElement} */ (document.querySelector("[data-new-map]"));
const workspace = page.dataset.workspace ?? "";
const problem = /** @type {HTMLElement} */ (page.querySelector("[data-error]"));
const preview = /** @type {HTMLElement} */ (page.querySelector("[data-preview]"));
const understood = /** @type {HTMLElement} */ (page.querySelector("[data-understood]"));
/** What "Create the map" will send. @type {(() => Promise<any>) | null} */
let create = null;

/** @param {unknown} reason */
function fail(reason) {
  problem.textContent = reason instanceof Error ? reason.message : "";
  problem.hidden = !reason;
  if (reason) problem.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} button @param {() => Promise<void>} act */
async function busy(button, act) {
  button.setAttribute("aria-busy", "true");
  fail(null);
  try {
    await act();
  } catch (reason) {
    fail(reason);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** @param {any} answer the new map, alone or inside the answer of an import */
function open(answer) {
  const id = typeof answer.map === "string" ? answer.map : (answer.map?.id ?? answer.id);
  window.location.assign(`/maps/${id}/`);
}

/** @param {string} name */
function show(name) {
  for (const button of page.querySelectorAll("[data-open]")) {
    const on =
      button instanceof HTMLElement && button.dataset.open === name && button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(on));
    const form = document.getElementById(button instanceof HTMLElement ? (button.dataset.open ?? "") : "");
    if (form) form.hidden = !on;
    if (on) form?.querySelector("textarea, input")?.scrollIntoView({ block: "nearest" });
  }
  preview.hidden = true;
  const field = document.getElementById(name)?.querySelector("textarea, input");
  if (field instanceof HTMLElement) field.focus();
}

/** @param {HTMLFormElement} form @param {boolean} dry @returns {FormData | Record<string, unknown>} */
function bodyOf(form, dry) {
  const data = new FormData(form);
  if (form.dataset.import === "text") return { text: String(data.get("text") ?? ""), workspace, dry_run: dry };
  data.set("workspace", workspace);
  data.set("dry_run", String(dry));
  return data;
}

/** @param {{understood: Record<string, number>, left_over: string[]}} answer */
function report({ understood: counts, left_over: left = [] }) {
  const list = document.createElement("ul");
  list.className = "cluster";
  /** @type {[string, string, string][]} */
  const names = [
    ["stages", "{n} stage", "{n} stages"],
    ["steps", "{n} step", "{n} steps"],
    ["lanes", "{n} lane", "{n} lanes"],
    ["cards", "{n} card", "{n} cards"],
    ["emotions", "{n} feeling", "{n} feelings"],
    ["personas", "{n} persona", "{n} personas"],
  ];
  for (const [key, one, many] of names) {
    const count = Array.isArray(counts[key]) ? counts[key].length : Number(counts[key] ?? 0);
    const chip = document.createElement("li");
    chip.className = "chip";
    if (count) chip.dataset.color = "teal";
    chip.textContent = tn(one, many, count);
    list.append(chip);
  }
  understood.replaceChildren(list);
  if (!left.length) return;
  const title = document.createElement("h3");
  title.textContent = t("Fits nowhere; kept in the notes of the map");
  const lines = document.createElement("ul");
  lines.className = "left-over";
  lines.append(
    ...left.slice(0, 200).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
  understood.append(title, lines);
}

/** @param {HTMLFormElement} form */
async function read(form) {
  const answer = await call("POST", "imports/", bodyOf(form, true));
  report(answer);
  create = () => call("POST", "imports/", bodyOf(form, false));
  preview.hidden = false;
  preview.scrollIntoView({ block: "nearest", behavior: "smooth" });
  page.querySelector("[data-create]")?.scrollIntoView({ block: "nearest" });
}

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.import) return;
  event.preventDefault();
  void busy(/** @type {HTMLElement} */ (form.querySelector("button")), () => read(form));
});

page.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-open]");
  if (opener instanceof HTMLElement) show(opener.dataset.open ?? "");
  const kind = target?.closest("[data-kind]");
  if (kind instanceof HTMLElement)
    void busy(kind, async () =>
      open(await call("POST", "maps/", { title: kind.dataset.label ?? "", workspace, kind: kind.dataset.kind })),
    );
  const button = target?.closest("[data-create]");
  if (button instanceof HTMLElement && create) {
    const make = create;
    void busy(button, async () => open(await make()));
  }
});

if (window.location.hash === "#paste" || window.location.hash === "#file") show(window.location.hash.slice(1));
