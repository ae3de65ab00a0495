/** A text on the sheet, written where it stands, letter by letter together with others. */
import { h } from "../../vendor/preact.js";
import { useEffect, useId, useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { toPoints, toUnits, transformCaret } from "../text.js";
import { placeKey } from "./sheet-state.js";

/** @typedef {import("./sheet-state.js").Sheet} Sheet */
/** @typedef {import("../types").RecordType} RecordType */
/** @typedef {HTMLTextAreaElement} Area */

/**
 * @typedef {object} Props
 * @property {Sheet} sheet
 * @property {RecordType} [type]
 * @property {string} [id] of the record; the persona's own without
 * @property {string} field
 * @property {string} label
 * @property {string} [hint] what to write, shown while nothing is there
 * @property {boolean} [bare] the label is for screen readers only
 * @property {boolean} [single] one line
 * @property {boolean} [listed] every line is a point of a list
 * @property {string} [className]
 */

/** @param {Props} props */
export function Words(props) {
  const { sheet, type = "persona", id = sheet.id, field, label, bare, className = "" } = props;
  const text = String(sheet.store.record(type, id).value?.[field] ?? "");
  const name = useId();
  const may = sheet.editor.canEdit.value;
  if (!may && !text.trim()) return null;
  const heading = bare ? null : may ? h("label", { class: "words-label", for: name }, label) : h("h2", { class: "words-label" }, label);
  return h(
    "div",
    { class: `words ${className}`, "data-words": placeKey(id, field) },
    heading,
    may ? h(Writing, { ...props, type, id, name, text }) : h(Reading, { ...props, text }),
  );
}

/** @param {Props & {text: string}} props */
function Reading({ text, listed }) {
  if (!listed) return h("p", { class: "words-text", dir: "auto" }, text);
  const lines = text.split("\n").filter((line) => line.trim());
  return h("ul", { class: "words-text words-list" }, lines.map((line, at) => h("li", { key: at, class: "words-line", dir: "auto" }, line)));
}

/**
 * The field, on top of a mirror of its text that gives it its height and its points.
 * @param {Props & {type: RecordType, id: string, name: string, text: string}} props
 */
function Writing({ sheet, type, id, field, label, hint = "", bare, single, listed, name, text }) {
  const area = useRef(/** @type {Area | null} */ (null));
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const other = sheet.places.at(placeKey(id, field)).value;
  useFollowing(sheet, area, type, id, field);
  useLayoutEffect(() => {
    if (area.current && area.current.value !== text) area.current.value = text;
  }, [text]);
  useLayoutEffect(() => box.current?.style.setProperty("--person", other?.color ?? ""), [other?.color]);
  return h(
    "div",
    { ref: box, class: "words-box", "data-listed": (listed && text !== "") || undefined, "data-person": other ? other.name || t("Guest") : undefined },
    h("div", { class: "words-mirror", "aria-hidden": "true", dir: "auto" }, listed && text ? text.split("\n").map(mirrored) : `${text || hint}\u200b`),
    h("textarea", {
      ref: area,
      id: name,
      rows: 1,
      dir: "auto",
      "aria-label": bare ? label : undefined,
      placeholder: hint,
      defaultValue: text,
      maxLength: single ? 200 : 10000,
      autocomplete: "off",
      spellcheck: single ? false : undefined,
      onFocus: () => sheet.enter(type, id, field),
      onBlur: () => sheet.leave(),
      onInput: (/** @type {InputEvent} */ event) => write(sheet, { type, id, field, label, single }, /** @type {Area} */ (event.target)),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => key(event, single),
    }),
  );
}

/** @param {string} line @param {number} at */
const mirrored = (line, at) => h("span", { key: at, class: "words-line", "data-empty": !line.trim() || undefined }, `${line}\u200b`);

/** @param {Sheet} sheet @param {{type: RecordType, id: string, field: string, label: string, single?: boolean}} place @param {Area} area */
function write(sheet, { type, id, field, label, single }, area) {
  if (single && /\n/.test(area.value)) {
    const caret = area.selectionStart;
    area.value = area.value.replace(/\n/g, " ");
    area.setSelectionRange(caret, caret);
  }
  sheet.store.typeText(type, id, field, area.value, { caret: area.selectionStart, label: t("writing in “{field}”", { field: label }) });
}

/** @param {KeyboardEvent} event @param {boolean | undefined} single */
function key(event, single) {
  if (event.isComposing) return;
  if (event.key === "Enter" && single) event.preventDefault();
  if (event.key === "Escape") /** @type {Area} */ (event.target).blur();
}

/**
 * Others' words appear under the hands; the caret stays with its own.
 * @param {Sheet} sheet
 * @param {{current: Area | null}} area
 * @param {RecordType} type
 * @param {string} id
 * @param {string} field
 */
function useFollowing({ store }, area, type, id, field) {
  useEffect(
    () =>
      store.onText(type, id, field, (text, deltas) => {
        const node = area.current;
        if (!node || node.value === text) return;
        const moved = (/** @type {number} */ at) => {
          let caret = toPoints(node.value, at);
          for (const delta of deltas) caret = transformCaret(caret, delta);
          return toUnits(text, caret);
        };
        const [start, end] = [moved(node.selectionStart), moved(node.selectionEnd)];
        node.value = text;
        if (document.activeElement === node) node.setSelectionRange(start, end);
      }),
    [type, id, field],
  );
}
