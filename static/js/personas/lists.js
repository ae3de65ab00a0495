/** The lists of a sheet: channels as chips, skills on sliders, own sections; all can be added to, moved and removed. */
import { h } from "../../vendor/preact.js";
import { useId, useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { icon } from "../editor/icon.js";
import { CHANNELS, channelIcon } from "../editor/kinds.js";
import { short } from "../editor/naming.js";
import { t } from "../i18n.js";
import { newId } from "../ids.js";
import { focusField } from "./sheet-state.js";
import { choose } from "./top.js";
import { Words } from "./words.js";

/** @typedef {import("./sheet-state.js").Sheet} Sheet */
/** @typedef {"skill" | "section"} Listed */

/** @param {{sheet: Sheet}} props */
export function Channels({ sheet }) {
  const channels = /** @type {string[]} */ (sheet.store.persona.value?.channels ?? []);
  const may = sheet.editor.canEdit.value;
  const name = useId();
  if (!may && !channels.length) return null;
  return h(
    "section",
    { class: "sheet-part" },
    may ? h("label", { class: "words-label", for: name }, t("Channels")) : h("h2", { class: "words-label" }, t("Channels")),
    channels.length > 0 && h("ul", { class: "channel-chips", "aria-label": t("Channels") }, channels.map((channel) => h(Channel, { key: channel, sheet, channel, may }))),
    may && h(NewChannel, { sheet, name, known: channels }),
  );
}

/** @param {{sheet: Sheet, channel: string, may: boolean}} props */
function Channel({ sheet, channel, may }) {
  const picture = channelIcon(channel);
  const remove = () => {
    sheet.set({ channels: { add: [], remove: [channel] } }, t("removed a channel"));
    keepFocus("[data-add=channel]");
  };
  return h("li", { class: "chip channel-chip" }, picture && icon(picture), h("span", { dir: "auto" }, channel), may && h("button", { type: "button", class: "chip-remove", "aria-label": t("Remove {channel}", { channel }), onClick: remove }, icon("x")));
}

/** @param {{sheet: Sheet, name: string, known: string[]}} props */
function NewChannel({ sheet, name, known }) {
  const [text, setText] = useState("");
  const add = (/** @type {string} */ words) => {
    const wanted = words.split(/[\n,;]/).map((word) => word.trim().slice(0, 200)).filter((word) => word && !known.includes(word));
    if (wanted.length) sheet.set({ channels: { add: wanted, remove: [] } }, t("added a channel"));
    setText("");
  };
  return h(
    "div",
    null,
    h("input", {
      id: name,
      type: "text",
      class: "quiet-input",
      "data-add": "channel",
      value: text,
      list: `${name}-list`,
      placeholder: t("Add a channel"),
      autocomplete: "off",
      onInput: (/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.target).value),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing || (event.key !== "Enter" && event.key !== ",")) return;
        event.preventDefault();
        add(text);
      },
      onPaste: (/** @type {ClipboardEvent} */ event) => {
        const pasted = event.clipboardData?.getData("text/plain") ?? "";
        if (!/[\n,;]/.test(pasted)) return;
        event.preventDefault();
        add(text + pasted);
      },
      onBlur: () => add(text),
    }),
    h("datalist", { id: `${name}-list` }, CHANNELS.filter((each) => !known.includes(each)).map((each) => h("option", { key: each, value: each }))),
  );
}

/** @param {{sheet: Sheet}} props */
export function Skills({ sheet }) {
  const ids = sheet.store.skills().value;
  const may = sheet.editor.canEdit.value;
  if (!may && !ids.length) return null;
  return h(
    "section",
    { class: "sheet-part", "aria-label": t("Skills") },
    h("h2", { class: "words-label" }, t("Skills")),
    h("div", { class: "skills" }, ids.map((id, at) => h(Skill, { key: id, sheet, id, at, of: ids }))),
    may && h("button", { type: "button", class: "button button-quiet button-small add-row", "data-add": "skill", onClick: () => add(sheet, "skill", { name: "", level: 50 }, "name", t("added a skill")) }, icon("plus"), t("Add a skill")),
  );
}

/** @param {{sheet: Sheet, id: string, at: number, of: string[]}} props */
function Skill({ sheet, id, at, of }) {
  const skill = sheet.store.record("skill", id).value;
  const may = sheet.editor.canEdit.value;
  if (!skill) return null;
  const name = skill.name || t("a skill");
  return h(
    "div",
    { class: "skill", "data-row": id },
    h(Words, { sheet, type: "skill", id, field: "name", label: t("Name of the skill"), hint: t("Technology, patience…"), bare: true, single: true, className: "skill-name" }),
    may && h(RowMenu, { sheet, type: "skill", id, at, of, name }),
    h(Level, { sheet, id, level: skill.level, name, may }),
  );
}

/** @param {{sheet: Sheet, id: string, level: number, name: string, may: boolean}} props */
function Level({ sheet, id, level, name, may }) {
  const node = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [dragged, setDragged] = useState(/** @type {number | null} */ (null));
  const group = useRef("");
  const shown = dragged ?? level;
  useLayoutEffect(() => {
    node.current?.style.setProperty("--level", `${shown}%`);
    if (node.current) node.current.value = String(shown);
  }, [shown]);
  const valueOf = (/** @type {Event} */ event) => Number(/** @type {HTMLInputElement} */ (event.target).value);
  return h("input", {
    ref: node,
    type: "range",
    class: "level",
    min: 0,
    max: 100,
    step: 5,
    defaultValue: level,
    disabled: !may,
    "aria-label": t("Level of {name}", { name }),
    "aria-valuetext": t("{n} of 100", { n: shown }),
    title: `${shown} / 100`,
    onFocus: () => (group.current = newId()),
    onInput: (/** @type {Event} */ event) => setDragged(valueOf(event)),
    onChange: (/** @type {Event} */ event) => {
      sheet.store.edit([{ op: "set", type: "skill", id, fields: { level: valueOf(event) } }], { group: group.current || undefined, label: t("moved a slider") });
      setDragged(null);
    },
  });
}

/** Titles that teams often want; every one can be renamed. */
const SUGGESTIONS = ["A day in the life", "Quotes from interviews", "Tools they use", "Influences", "What wins them over", "Accessibility needs"];

/** @param {{sheet: Sheet}} props */
export function Sections({ sheet }) {
  const ids = sheet.store.sections().value;
  const may = sheet.editor.canEdit.value;
  if (!may && !ids.length) return null;
  return h(
    "div",
    { class: "sections" },
    ids.map((id, at) => h(Section, { key: id, sheet, id, at, of: ids })),
    may && h(NewSection, { sheet }),
  );
}

/** @param {{sheet: Sheet, id: string, at: number, of: string[]}} props */
function Section({ sheet, id, at, of }) {
  const section = sheet.store.record("section", id).value;
  const may = sheet.editor.canEdit.value;
  if (!section) return null;
  const name = section.title || t("a section");
  return h(
    "section",
    { class: "sheet-part own-section", "aria-label": name, "data-row": id },
    h(
      "div",
      { class: "own-section-head" },
      may ? h(Words, { sheet, type: "section", id, field: "title", label: t("Title of the section"), hint: t("Title"), bare: true, single: true, className: "section-title" }) : h("h2", { class: "words-label" }, section.title),
      may && h(RowMenu, { sheet, type: "section", id, at, of, name }),
    ),
    h(Words, { sheet, type: "section", id, field: "text", label: name, hint: t("Write here"), bare: true }),
  );
}

/** @param {{sheet: Sheet}} props */
function NewSection({ sheet }) {
  const make = (/** @type {string} */ title) => add(sheet, "section", { title, text: "" }, title ? "text" : "title", t("added a section"));
  const item = (/** @type {string} */ label, /** @type {string} */ title, /** @type {string} */ picture) =>
    h("button", { key: label, type: "button", class: "menu-item", onClick: (/** @type {Event} */ event) => choose(event, () => make(title)) }, icon(picture), label);
  return h(
    "details",
    { class: "menu add-section" },
    h("summary", { class: "button button-quiet button-small add-row", "data-add": "section" }, icon("plus"), t("Add a section")),
    h("div", { class: "menu-list" }, item(t("Your own title"), "", "pencil"), h("div", { class: "menu-separator" }), SUGGESTIONS.map((title) => item(t(title), t(title), "plus"))),
  );
}

/** What can be done with one row of a list. @param {{sheet: Sheet, type: Listed, id: string, at: number, of: string[], name: string}} props */
function RowMenu({ sheet, type, id, at, of, name }) {
  const item = (/** @type {string} */ label, /** @type {string} */ picture, /** @type {() => void} */ run, danger = false) =>
    h("button", { type: "button", class: `menu-item ${danger ? "menu-item-danger" : ""}`, onClick: (/** @type {Event} */ event) => choose(event, run) }, icon(picture), label);
  return h(
    "details",
    { class: "menu menu-end row-menu" },
    h("summary", { class: "icon-button button-small", "aria-label": t("Menu of {name}", { name: short(name) }) }, icon("ellipsis")),
    h(
      "div",
      { class: "menu-list" },
      at > 0 && item(t("Move up"), "arrow-up", () => move(sheet, type, id, at > 1 ? of[at - 2] : null)),
      at < of.length - 1 && item(t("Move down"), "arrow-down", () => move(sheet, type, id, of[at + 1])),
      item(t("Remove"), "trash-2", () => remove(sheet, { type, id, name, next: of[at + 1] ?? of[at - 1] }), true),
    ),
  );
}

/** @param {Sheet} sheet @param {Listed} type @param {import("../types").Fields} fields @param {string} field to write in next @param {string} label */
function add({ store }, type, fields, field, label) {
  focusField(store.insert(type, fields, { label }), field);
}

/** @param {Sheet} sheet @param {Listed} type @param {string} id @param {string | null} after */
function move({ editor, store }, type, id, after) {
  store.edit([{ op: "set", type, id, fields: {}, after }], { label: type === "skill" ? t("moved a skill") : t("moved a section") });
  editor.announce(t("Moved."));
  keepFocus(`[data-row="${id}"] summary`);
}

/** @param {Sheet} sheet @param {{type: Listed, id: string, name: string, next: string | undefined}} row `next`: where the focus goes */
function remove({ editor, store }, { type, id, name, next }) {
  store.edit([{ op: "delete", type, id }], { label: type === "skill" ? t("removed a skill") : t("removed a section") });
  editor.toast(t("Removed “{name}”.", { name: short(name) }), { action: { label: t("Undo"), run: () => void store.undo() } });
  keepFocus(next ? `[data-row="${next}"] summary` : `[data-add=${type}]`);
}

/** What had the focus went away or elsewhere: somebody without a mouse must not begin at the top again. @param {string} selector */
function keepFocus(selector) {
  requestAnimationFrame(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
  });
}
