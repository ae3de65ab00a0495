/** A text that is renamed where it stands: a click or F2 opens a field of the same size, Enter ends, Esc too. */
import { h } from "../../vendor/preact.js";
import { useEffect, useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { showText, typeInto } from "../typing.js";
import { typeName } from "./state.js";

/** @typedef {import("./state").Editor} Editor */

/**
 * @param {{editor: Editor, type: import("../types").RecordType, id: string, field: string, label: string, placeholder: string,
 *   fallback?: string, as?: string, className?: string}} props
 */
export function Title({ editor, type, id, field, label, placeholder, fallback = "", as = "span", className = "" }) {
  const text = /** @type {string} */ (editor.store.record(type, id).value?.[field] ?? "");
  const writing = editor.written.at(id).value;
  if (writing?.field === field && writing.type === type)
    return h(TitleField, { editor, type, id, field, label, text, className });
  const empty = !text && !fallback;
  return h(
    as,
    { class: `title ${className}`, dir: "auto", "data-empty": empty || undefined, "data-field": field },
    text || fallback || placeholder,
  );
}

/**
 * @param {{editor: Editor, type: import("../types").RecordType, id: string, field: string, label: string, text: string, className: string}} props
 */
function TitleField({ editor, type, id, field, label, text, className }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  useLayoutEffect(() => {
    if (input.current) showText(input.current, text);
  }, [text]);
  const end = () => {
    const home = input.current?.closest("[tabindex]");
    if (editor.editing.peek()?.id === id) editor.stopWriting();
    editor.store.endTyping();
    if (home instanceof HTMLElement) requestAnimationFrame(() => home.focus());
  };
  return h("input", {
    ref: input,
    class: `title-input ${className}`,
    "aria-label": label,
    defaultValue: text,
    maxLength: field === "title" ? 200 : 10000,
    dir: "auto",
    autocomplete: "off",
    onInput: (/** @type {InputEvent} */ event) =>
      typeInto(
        editor.store,
        /** @type {HTMLInputElement} */ (event.target),
        { type, id, field },
        { label: t("renamed {what}", { what: typeName(type) }) },
      ),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        end();
      }
      event.stopPropagation();
    },
    onBlur: () => {
      if (editor.editing.peek()?.id === id) editor.stopWriting();
    },
  });
}
