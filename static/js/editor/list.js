/** The list of maps: miniatures, search and order at once, duplicate, trash and back. */
import { call } from "../api.js";
import { ago, readCatalog, t } from "../i18n.js";
import { drawMiniatures } from "./miniature.js";

readCatalog();
drawMiniatures();
for (const time of document.querySelectorAll("time[data-ago]"))
  if (time instanceof HTMLTimeElement) time.textContent = ago(time.dateTime);

const form = document.querySelector("form[data-filter]");
const grid = document.querySelector("[data-map-grid]");
const none = document.querySelector("[data-none]");

/** @returns {HTMLElement[]} */
const cards = () => [...(grid?.children ?? [])].filter((node) => node instanceof HTMLElement);

/** Shows what matches the fields of the filter, in the chosen order. */
function filter() {
  if (!(form instanceof HTMLFormElement) || !grid) return;
  const data = new FormData(form);
  const words = String(data.get("q") ?? "")
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  const [kind, status, sort] = [data.get("kind"), data.get("status"), data.get("sort")];
  const all = cards();
  for (const card of all) {
    const text = `${card.dataset.title} ${card.dataset.owner}`.toLocaleLowerCase();
    card.hidden = !(
      words.every((word) => text.includes(word)) &&
      (!kind || card.dataset.kind === kind) &&
      (!status || card.dataset.status === status)
    );
  }
  const by = (/** @type {HTMLElement} */ card) =>
    String(
      sort === "title"
        ? card.dataset.title
        : sort === "kind"
          ? `${card.dataset.kind} ${card.dataset.title}`
          : card.dataset.updated,
    );
  const sign = sort === "title" || sort === "kind" ? 1 : -1;
  grid.append(...all.sort((a, b) => sign * by(a).localeCompare(by(b))));
  if (none instanceof HTMLElement) none.hidden = all.some((card) => !card.hidden);
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

/** @param {Element} button @param {(card: HTMLElement, id: string) => Promise<void>} act */
async function withMap(button, act) {
  const card = button.closest("[data-id]");
  if (!(card instanceof HTMLElement)) return;
  button.closest("details")?.removeAttribute("open");
  try {
    await act(card, card.dataset.id ?? "");
  } catch (reason) {
    toast(/** @type {Error} */ (reason).message);
  }
}

/** @param {HTMLElement} card @param {string} id */
async function trash(card, id) {
  await call("DELETE", `maps/${id}/`);
  card.hidden = true;
  card.dataset.kind = "in trash";
  toast(t("“{title}” is in the trash.", { title: card.dataset.title || t("Untitled map") }), {
    label: t("Undo"),
    run: () =>
      void call("POST", `maps/${id}/restore/`, {}).then(
        () => window.location.reload(),
        (reason) => toast(reason.message),
      ),
  });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const copy = target?.closest("[data-copy-map]");
  if (copy)
    void withMap(copy, async (_, id) =>
      window.location.assign(`/maps/${(await call("POST", `maps/${id}/copy/`, {})).id}/`),
    );
  const bin = target?.closest("[data-trash-map]");
  if (bin) void withMap(bin, trash);
  const back = target?.closest("[data-restore-map]");
  if (back)
    void withMap(back, async (card, id) => {
      await call("POST", `maps/${id}/restore/`, {});
      card.remove();
      toast(t("The map is back."), { label: t("Open"), run: () => window.location.assign(`/maps/${id}/`) });
    });
});
form?.addEventListener("input", filter);
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});
