/** The bar on top of a persona: the way back, whether it is saved, who is here, undo, and what to do with the whole. */
import { h } from "../../vendor/preact.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { icon } from "../editor/icon.js";
import { initials } from "../editor/naming.js";
import { SaveState } from "../editor/save-state.js";
import { redo, undo } from "../editor/shaping.js";
import { t, tn } from "../i18n.js";
import { switchTheme } from "../page.js";

/** @typedef {import("./sheet-state.js").Sheet} Sheet */
/** @typedef {import("../types").Person} Person */

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

/** @param {{sheet: Sheet}} props */
export function Top({ sheet }) {
  const { editor, store, workspace } = sheet;
  const persona = store.persona.value;
  const back = `/personas/?workspace=${workspace}`;
  return h(
    "header",
    { class: "editor-header persona-top" },
    h("a", { class: "icon-button", href: back, "aria-label": t("Back to all personas"), title: t("Back to all personas") }, icon("chevron-left")),
    h("span", { class: "persona-crumb truncate", dir: "auto" }, persona?.name || t("Unnamed persona")),
    h("span", { class: "chip header-wide" }, t("Persona")),
    h(SaveState, { editor }),
    h(
      "div",
      { class: "header-end" },
      h(People, { sheet }),
      editor.canEdit.value && h(UndoButtons, { sheet }),
      h(More, { sheet }),
    ),
  );
}

/** @param {{sheet: Sheet}} props */
function People({ sheet }) {
  const people = sheet.store.people.value;
  if (!people.length) return null;
  return h(
    "div",
    { class: "avatars header-people", role: "group", "aria-label": tn("1 other person is here", "{n} other people are here", people.length) },
    people.slice(0, 4).map((person) => h(Face, { key: person.id, person })),
    people.length > 4 && h("span", { class: "avatar", "data-color": "grey" }, `+${people.length - 4}`),
  );
}

/** @param {{person: Person}} props */
function Face({ person }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => node.current?.style.setProperty("--person", person.color ?? ""), [person.color]);
  const name = person.name || t("Guest");
  return h("button", { ref: node, type: "button", class: "avatar", title: t("Go to {name}", { name }), "aria-label": t("Go to {name}", { name }), onClick: () => goTo(person) }, initials(name));
}

/** @param {Person} person */
function goTo(person) {
  const at = /** @type {{id?: string, field?: string} | null | undefined} */ (person.state?.field);
  if (at) document.querySelector(`[data-words="${at.id}:${at.field}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
}

/** @param {{sheet: Sheet}} props */
function UndoButtons({ sheet: { editor, store } }) {
  return h(
    "div",
    { class: "persona-undo" },
    h("button", { type: "button", class: "icon-button", disabled: !store.canUndo.value, "aria-label": t("Undo"), title: `${t("Undo")} (${MOD}Z)`, onClick: () => void undo(editor) }, icon("undo-2")),
    h("button", { type: "button", class: "icon-button", disabled: !store.canRedo.value, "aria-label": t("Redo"), title: `${t("Redo")} (${MOD}${MOD === "⌘" ? "⇧" : "Shift+"}Z)`, onClick: () => void redo(editor) }, icon("redo-2")),
  );
}

/** @param {{sheet: Sheet}} props */
function More({ sheet }) {
  const { editor } = sheet;
  const item = (/** @type {string} */ label, /** @type {string} */ picture, /** @type {() => void} */ run, danger = false) =>
    h("button", { type: "button", class: `menu-item ${danger ? "menu-item-danger" : ""}`, onClick: (/** @type {Event} */ event) => choose(event, run) }, icon(picture), label);
  return h(
    "details",
    { class: "menu menu-end" },
    h("summary", { class: "icon-button", "aria-label": t("More") }, icon("ellipsis")),
    h(
      "div",
      { class: "menu-list" },
      item(t("Print this page"), "printer", () => window.print()),
      item(t("Light or dark"), "moon", switchTheme),
      editor.canEdit.value && !sheet.archived && h("div", { class: "menu-separator" }),
      editor.canEdit.value && !sheet.archived && item(sheet.maps.length ? t("Archive…") : t("Delete…"), "trash-2", () => (editor.dialog.value = "discard"), true),
    ),
  );
}

/** Closes the menu, which keeps the focus, then acts. @param {Event} event @param {() => void} act */
export function choose(event, act) {
  const menu = event.target instanceof Element ? event.target.closest("details") : null;
  menu?.removeAttribute("open");
  menu?.querySelector("summary")?.focus();
  act();
}

/** Undo and redo belong to the document, in fields too. @param {Sheet} sheet */
export function listenForUndo({ editor }) {
  document.addEventListener("keydown", (event) => {
    const held = MOD === "⌘" ? event.metaKey : event.ctrlKey;
    const pressed = event.key.toLowerCase();
    if (!held || event.altKey || event.isComposing || !editor.canEdit.peek() || document.querySelector("dialog[open]")) return;
    if (pressed === "z" && !event.shiftKey) void undo(editor);
    else if ((pressed === "z" && event.shiftKey) || pressed === "y") void redo(editor);
    else return;
    event.preventDefault();
  });
}
