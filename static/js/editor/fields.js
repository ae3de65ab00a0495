/** The fields of the inspector: each shows one field of one record and writes it as it changes. */
import { Fragment, h } from "../../vendor/preact.js";
import { useId, useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { showText, typeInto } from "../typing.js";
import { icon } from "./icon.js";
import { COLORS } from "./kinds.js";
import { typeName } from "./state.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").RecordType} RecordType */
/** @typedef {{editor: Editor, type: RecordType, id: string, field: string, label: string}} FieldProps */

/** @param {FieldProps} props */
const valueOf = ({ editor, type, id, field }) => editor.store.record(type, id).value?.[field];

/** A text of the contract's kind `text`: letter by letter, together with others. @param {FieldProps & {rows?: number, placeholder?: string, big?: boolean}} props */
export function TextField(props) {
  const { editor, type, id, field, label, rows = 1, placeholder = "", big } = props;
  const text = String(valueOf(props) ?? "");
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const name = useId();
  useLayoutEffect(() => {
    if (area.current) showText(area.current, text);
  }, [text]);
  return h(
    "div",
    { class: "inspector-field" },
    h("label", { for: name, class: big ? "visually-hidden" : "inspector-label" }, label),
    h("textarea", {
      id: name,
      ref: area,
      key: id,
      class: `inspector-text ${big ? "inspector-title" : ""}`,
      rows,
      dir: "auto",
      defaultValue: text,
      placeholder,
      maxLength: field === "title" ? 200 : 10000,
      readOnly: !editor.canEdit.value,
      onInput: (/** @type {InputEvent} */ { target }) =>
        typeInto(
          editor.store,
          /** @type {HTMLTextAreaElement} */ (target),
          { type, id, field, text: oneLine(field, /** @type {HTMLTextAreaElement} */ (target).value) },
          { label: t("wrote in {what}", { what: typeName(type) }) },
        ),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Enter" && field === "title") event.preventDefault();
      },
      onBlur: () => editor.store.endTyping(),
    }),
  );
}

/** Titles have no line breaks. @param {string} field @param {string} text */
const oneLine = (field, text) => (field === "title" ? text.replace(/\s*\n\s*/g, " ") : text);

/** A short value that is written when the field is left. @param {FieldProps & {kind?: string, suggestions?: readonly string[], placeholder?: string}} props */
export function ValueField(props) {
  const { editor, type, id, field, label, kind = "text", suggestions, placeholder = "" } = props;
  const value = String(valueOf(props) ?? "");
  const name = useId();
  const write = (/** @type {Event} */ event) => {
    const next = /** @type {HTMLInputElement} */ (event.target).value.trim() || null;
    if (next !== (valueOf(props) ?? null)) editor.set(type, id, { [field]: next });
  };
  return h(
    "div",
    { class: "inspector-row" },
    h("label", { for: name, class: "inspector-label" }, label),
    h("input", {
      id: name,
      key: id,
      class: "inspector-input",
      type: kind,
      value,
      placeholder,
      list: suggestions ? `${name}-list` : undefined,
      maxLength: 2000,
      disabled: !editor.canEdit.value,
      onChange: write,
    }),
    suggestions &&
      h(
        "datalist",
        { id: `${name}-list` },
        suggestions.map((each) => h("option", { key: each, value: each })),
      ),
  );
}

/** @param {FieldProps & {choices: readonly (readonly [string, string])[], none?: string}} props */
export function ChoiceField(props) {
  const { editor, type, id, field, label, choices, none } = props;
  const name = useId();
  const write = (/** @type {Event} */ event) =>
    editor.set(type, id, { [field]: /** @type {HTMLSelectElement} */ (event.target).value || null });
  return h(
    "div",
    { class: "inspector-row" },
    h("label", { for: name, class: "inspector-label" }, label),
    h(
      "select",
      {
        id: name,
        class: "inspector-input",
        value: valueOf(props) ?? "",
        disabled: !editor.canEdit.value,
        onChange: write,
      },
      none !== undefined && h("option", { value: "" }, none),
      choices.map(([value, text]) => h("option", { key: value, value }, text)),
    ),
  );
}

/** @param {FieldProps} props */
export function SwitchField(props) {
  const { editor, type, id, field, label } = props;
  return h(
    "label",
    { class: "switch inspector-row" },
    h("span", { class: "inspector-label" }, label),
    h("input", {
      type: "checkbox",
      role: "switch",
      checked: Boolean(valueOf(props)),
      disabled: !editor.canEdit.value,
      onChange: (/** @type {Event} */ event) =>
        editor.set(type, id, { [field]: /** @type {HTMLInputElement} */ (event.target).checked }),
    }),
  );
}

/** One to five, as dots; the chosen one again takes it away. @param {FieldProps & {low: string, high: string}} props */
export function ScaleField(props) {
  const { editor, type, id, field, label, low, high } = props;
  const value = Number(valueOf(props) ?? 0);
  const name = useId();
  return h(
    "fieldset",
    { class: "inspector-row scale", "data-field": field },
    h("legend", { class: "visually-hidden" }, label),
    h("span", { class: "inspector-label", "aria-hidden": "true" }, label),
    h(
      "span",
      { class: "scale-dots" },
      [1, 2, 3, 4, 5].map((n) =>
        h(
          "label",
          { key: n, "data-on": n <= value || undefined, title: n === 1 ? low : n === 5 ? high : String(n) },
          h("input", {
            type: "radio",
            name,
            value: n,
            checked: n === value,
            disabled: !editor.canEdit.value,
            "aria-label": `${n}${n === 1 ? `, ${low}` : n === 5 ? `, ${high}` : ""}`,
            onClick: () => n === value && editor.set(type, id, { [field]: null }),
            onChange: () => editor.set(type, id, { [field]: n }),
          }),
        ),
      ),
    ),
  );
}

/** @param {FieldProps} props */
export function ColorField(props) {
  const { editor, type, id, field, label } = props;
  const value = valueOf(props);
  return h(
    "div",
    { class: "inspector-row" },
    h("span", { class: "inspector-label" }, label),
    h(
      "div",
      { class: "swatches", role: "group", "aria-label": label },
      COLORS.map((color) =>
        h("button", {
          key: color,
          type: "button",
          class: "swatch",
          "data-color": color,
          "aria-label": t(color),
          title: t(color),
          "aria-pressed": color === value,
          disabled: !editor.canEdit.value,
          onClick: () => editor.set(type, id, { [field]: color }, t("changed a colour")),
        }),
      ),
    ),
  );
}

/** Words in chips, added by Enter or comma. @param {FieldProps} props */
export function TagsField(props) {
  const { editor, type, id, field, label } = props;
  const tags = /** @type {string[]} */ (valueOf(props) ?? []);
  const [text, setText] = useState("");
  const name = useId();
  const add = () => {
    const tag = text.trim().replace(/^#/, "");
    if (tag) editor.set(type, id, { [field]: { add: [tag.slice(0, 60)], remove: [] } }, t("added a tag"));
    setText("");
  };
  return h(
    "div",
    { class: "inspector-field" },
    h("label", { for: name, class: "inspector-label" }, label),
    h(
      "div",
      { class: "tags-field" },
      tags.map((tag) =>
        h(
          "span",
          { key: tag, class: "chip" },
          `#${tag}`,
          editor.canEdit.value &&
            h(
              "button",
              {
                type: "button",
                class: "chip-remove",
                "aria-label": t("Remove the tag {tag}", { tag }),
                onClick: () => editor.set(type, id, { [field]: { add: [], remove: [tag] } }, t("removed a tag")),
              },
              icon("x"),
            ),
        ),
      ),
      editor.canEdit.value &&
        h("input", {
          id: name,
          class: "tags-input",
          value: text,
          placeholder: tags.length ? "" : t("Add a tag"),
          onInput: (/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.target).value),
          onKeyDown: (/** @type {KeyboardEvent} */ event) => {
            if (event.key !== "Enter" && event.key !== ",") return;
            event.preventDefault();
            add();
          },
          onBlur: add,
        }),
    ),
  );
}

/** References to other cards, as a list of ticks. @param {FieldProps & {choices: readonly (readonly [string, string])[], none: string}} props */
export function LinksField(props) {
  const { editor, type, id, field, label, choices, none } = props;
  const chosen = new Set(/** @type {string[]} */ (valueOf(props) ?? []));
  const change = (/** @type {string} */ other, /** @type {boolean} */ on) =>
    editor.set(type, id, { [field]: on ? { add: [other], remove: [] } : { add: [], remove: [other] } });
  return h(
    "fieldset",
    { class: "inspector-field" },
    h("legend", { class: "inspector-label" }, label),
    choices.length === 0 && h("p", { class: "muted small" }, none),
    h(
      "div",
      { class: "links-field" },
      choices.map(([other, text]) =>
        h(
          "label",
          { key: other, class: "check small" },
          h("input", {
            type: "checkbox",
            checked: chosen.has(other),
            disabled: !editor.canEdit.value,
            onChange: (/** @type {Event} */ event) =>
              change(other, /** @type {HTMLInputElement} */ (event.target).checked),
          }),
          text,
        ),
      ),
    ),
  );
}

/** The numbers of a metric: one value on the wire, five fields here. @param {FieldProps} props */
export function MetricFields(props) {
  const { editor, type, id, field } = props;
  const metric = /** @type {Record<string, unknown>} */ (valueOf(props) ?? {});
  const name = useId();
  const write = (/** @type {string} */ part, /** @type {string} */ text) => {
    const value = part === "unit" ? text : text === "" ? null : Number(text);
    editor.set(type, id, { [field]: { ...metric, [part]: value } }, t("changed a metric"));
  };
  /** @type {[string, string, string][]} */
  const parts = [
    ["unit", t("Unit"), "text"],
    ["baseline", t("Baseline"), "number"],
    ["target", t("Target"), "number"],
    ["current", t("Current"), "number"],
  ];
  return h(
    Fragment,
    null,
    parts.map(([part, label, kind]) =>
      h(
        "div",
        { class: "inspector-row", key: part },
        h("label", { for: name + part, class: "inspector-label" }, label),
        h("input", {
          id: name + part,
          class: "inspector-input number",
          type: kind,
          step: "any",
          value: String(metric[part] ?? ""),
          maxLength: 40,
          disabled: !editor.canEdit.value,
          onChange: (/** @type {Event} */ event) => write(part, /** @type {HTMLInputElement} */ (event.target).value),
        }),
      ),
    ),
  );
}

/** @param {FieldProps & {min: number, max: number}} props */
export function RangeField(props) {
  const { editor, type, id, field, label, min, max } = props;
  const value = Number(valueOf(props) ?? 0);
  const name = useId();
  return h(
    "div",
    { class: "inspector-row" },
    h("label", { for: name, class: "inspector-label" }, label),
    h("input", {
      id: name,
      type: "range",
      min,
      max,
      step: 1,
      value,
      disabled: !editor.canEdit.value,
      onChange: (/** @type {Event} */ event) =>
        editor.set(
          type,
          id,
          { [field]: Number(/** @type {HTMLInputElement} */ (event.target).value) },
          t("moved a point of the curve"),
        ),
    }),
    h("output", { class: "number inspector-output", for: name }, value > 0 ? `+${value}` : value),
  );
}
