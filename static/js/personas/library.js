/** The library of personas: search at once, make, duplicate, archive or delete, bring back. */
import { call } from "../api.js";
import { readCatalog, t, tn } from "../i18n.js";

readCatalog();
const grid = document.querySelector("[data-persona-grid]");
const none = document.querySelector("[data-none]");
const search = document.querySelector("[data-find]");
const dialog = document.querySelector("[data-discard]");

/** @returns {HTMLElement[]} */
const cards = () => [...(grid?.children ?? [])].filter((node) => node instanceof HTMLElement);
/** @param {HTMLElement} card */
const nameOf = (card) => card.dataset.name || t("Unnamed persona");

/** Shows the cards in which every word of the search occurs. */
function filter() {
  if (!(search instanceof HTMLInputElement)) return;
  const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const card of cards()) card.hidden = !words.every((word) => (card.dataset.words ?? "").toLocaleLowerCase().includes(word));
  if (none instanceof HTMLElement) none.hidden = cards().length === 0 || cards().some((card) => !card.hidden);
}

/** @param {string} text @param {{label: string, run: () => void}} [action] */
function toast(text, action) {
  const box = document.createElement("div");
  box.className = "toast";
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      box.remove();
      action.run();
    });
    box.append(button);
  }
  document.querySelector("[data-toasts]")?.append(box);
  setTimeout(() => box.remove(), 8000);
}

/** @param {() => Promise<void>} act @param {Element} [button] */
async function trying(act, button) {
  button?.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (reason) {
    toast(/** @type {Error} */ (reason).message);
  }
  button?.removeAttribute("aria-busy");
}

/** @param {Element} button */
async function make(button) {
  const workspace = button instanceof HTMLElement ? button.dataset.new : "";
  const { id } = await call("POST", "personas/", { workspace });
  window.location.assign(`/personas/${id}/#new`);
}

/** @param {string} id */
async function duplicate(id) {
  const { workspace, name, role, motto, color, channels, skills, sections, ...rest } = await call("GET", `personas/${id}/`);
  const texts = Object.fromEntries(Object.entries(rest).filter(([field, value]) => typeof value === "string" && !["id", "portrait"].includes(field)));
  const plain = (/** @type {any[]} */ items) => items.map(({ id: _, rank: __, ...fields }) => fields);
  const copy = { workspace, ...texts, name: t("{name} (copy)", { name }).slice(0, 200), role, motto, color, channels, skills: plain(skills), sections: plain(sections) };
  const made = await call("POST", "personas/", copy);
  window.location.assign(`/personas/${made.id}/`);
}

/** Asks first, in a sentence that says what will happen. @param {HTMLElement} card */
function ask(card) {
  if (!(dialog instanceof HTMLDialogElement)) return;
  const maps = Number(card.dataset.maps);
  const name = nameOf(card);
  const [heading, sentence, button] = ["h2", "[data-sentence]", "[data-yes]"].map((selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector)));
  heading.textContent = maps ? t("Archive this persona?") : t("Delete this persona?");
  sentence.textContent = maps
    ? tn("“{name}” is used on a map. It goes to the archive: the map keeps showing it, and you can bring it back.", "“{name}” is used on {n} maps. It goes to the archive: the maps keep showing it, and you can bring it back.", maps, { name })
    : t("No map uses “{name}”. It is deleted with its history; there is no way back.", { name });
  button.textContent = maps ? t("Archive") : t("Delete for good");
  dialog.dataset.id = card.dataset.id;
  dialog.showModal();
}

/** @param {HTMLElement} card */
async function discard(card) {
  const id = card.dataset.id ?? "";
  const { archived } = await call("DELETE", `personas/${id}/`);
  card.remove();
  filter();
  const undo = { label: t("Undo"), run: () => void trying(async () => void (await call("POST", `personas/${id}/restore/`, {}).then(() => window.location.reload()))) };
  toast(archived ? t("“{name}” is in the archive.", { name: nameOf(card) }) : t("“{name}” is deleted.", { name: nameOf(card) }), archived ? undo : undefined);
}

/** @param {HTMLElement} card */
async function bringBack(card) {
  await call("POST", `personas/${card.dataset.id}/restore/`, {});
  card.remove();
  toast(t("“{name}” is back in the library.", { name: nameOf(card) }), { label: t("Open"), run: () => window.location.assign(`/personas/${card.dataset.id}/`) });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const card = target?.closest("[data-id]");
  const maker = target?.closest("[data-new]");
  if (maker) void trying(() => make(maker), maker);
  if (target?.closest("[data-yes]") && dialog instanceof HTMLDialogElement) {
    const doomed = cards().find((each) => each.dataset.id === dialog.dataset.id);
    dialog.close();
    if (doomed) void trying(() => discard(doomed));
  }
  if (!(card instanceof HTMLElement) || card === dialog) return;
  if (target?.closest("button")) card.querySelector("details")?.removeAttribute("open");
  if (target?.closest("[data-duplicate]")) void trying(() => duplicate(card.dataset.id ?? ""));
  if (target?.closest("[data-ask]")) ask(card);
  if (target?.closest("[data-back]")) void trying(() => bringBack(card));
});
search?.addEventListener("input", filter);
search?.closest("form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});
filter();
