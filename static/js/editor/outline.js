/** The same map as a nested list: stage, step, lane, cards. Made for screen readers, phones and fast typists. */
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { showText, typeInto } from "../typing.js";
import { signed } from "./emotions.js";
import { icon } from "./icon.js";
import { laneLook } from "./kinds.js";
import { laneTitle, personaName, stageName, stepName } from "./naming.js";
import { insertionOf } from "./writing.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {{editor: Editor}} props */
export function Outline({ editor }) {
  const { store } = editor;
  return h(
    "div",
    { class: "outline" },
    store.stages().value.map((stage) =>
      h(
        "section",
        {
          key: stage,
          class: "outline-stage",
          "data-color": store.record("stage", stage).value?.color,
          "aria-labelledby": `outline-${stage}`,
        },
        h("h2", { id: `outline-${stage}`, dir: "auto" }, stageName(store, stage)),
        store.record("stage", stage).value?.goal &&
          h("p", { class: "muted" }, store.record("stage", stage).value?.goal),
        store.steps(stage).value.map((step) => h(OutlineStep, { key: step, editor, step })),
      ),
    ),
  );
}

/** @param {{editor: Editor, step: string}} props */
function OutlineStep({ editor, step }) {
  const { store } = editor;
  return h(
    "section",
    { class: "outline-step" },
    h("h3", { dir: "auto" }, store.record("step", step).value?.title || stepName(store, step)),
    h(
      "ul",
      { class: "outline-lanes" },
      store.lanes().value.map((lane) => h(OutlineLane, { key: lane, editor, lane, step })),
    ),
  );
}

/** @param {{editor: Editor, lane: string, step: string}} props */
function OutlineLane({ editor, lane, step }) {
  const { store } = editor;
  const record = store.record("lane", lane).value;
  if (!record) return null;
  const look = laneLook(record.kind);
  const label = laneTitle(record);
  return h(
    "li",
    { class: "outline-lane" },
    h("span", { class: "outline-lane-name", "data-color": look.tint }, icon(look.icon), label),
    record.kind === "emotions"
      ? h(
          "ul",
          { class: "outline-cards" },
          store.emotions(lane).value.map((id) => h(OutlinePoint, { key: id, editor, id, step })),
        )
      : h(
          "ul",
          { class: "outline-cards" },
          store.cell(lane, step).value.map((id) => h("li", { key: id }, h(OutlineCard, { editor, id, label }))),
          editor.canEdit.value && h("li", { key: "new" }, h(NewCard, { editor, lane, step, label })),
        ),
  );
}

/** @param {{editor: Editor, id: string, step: string}} props */
function OutlinePoint({ editor, id, step }) {
  const point = editor.store.record("emotion", id).value;
  if (!point || point.step !== step) return null;
  return h(
    "li",
    { class: "outline-point" },
    `${personaName(editor.store, point.persona)}: ${[point.emoji, point.feeling, signed(point.valence)].filter(Boolean).join(" ")}`,
  );
}

/** @param {{editor: Editor, id: string, label: string}} props */
function OutlineCard({ editor, id, label }) {
  const card = editor.store.record("card", id).value;
  if (!card) return null;
  if (!editor.canEdit.value) return h("p", { class: "outline-text", dir: "auto", "data-color": card.color }, card.text);
  return h("textarea", {
    class: "outline-input",
    rows: 1,
    dir: "auto",
    maxLength: 10000,
    "data-color": card.color,
    "aria-label": label,
    defaultValue: card.text,
    ref: (/** @type {HTMLTextAreaElement | null} */ node) => node && showText(node, card.text),
    onFocus: () => editor.select("card", [id]),
    onInput: (/** @type {InputEvent} */ event) =>
      typeInto(
        editor.store,
        /** @type {HTMLTextAreaElement} */ (event.target),
        { type: "card", id, field: "text" },
        { label: t("wrote in a card") },
      ),
    onBlur: () => editor.store.endTyping(),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const area = /** @type {HTMLTextAreaElement} */ (event.target);
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        const next = area.closest(".outline-cards")?.querySelector(".outline-new");
        if (next instanceof HTMLElement) next.focus();
      } else if (event.key === "Backspace" && !area.value) {
        event.preventDefault();
        const before = area.closest("li")?.previousElementSibling?.querySelector("textarea");
        editor.edit([{ op: "delete", type: "card", id }], t("deleted a card"));
        if (before instanceof HTMLElement) before.focus();
      }
    },
  });
}

/** @param {{editor: Editor, lane: string, step: string, label: string}} props */
function NewCard({ editor, lane, step, label }) {
  return h("input", {
    class: "outline-new",
    placeholder: t("Add"),
    "aria-label": t("Add to {lane}", { lane: label }),
    maxLength: 10000,
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (event.key !== "Enter" || event.isComposing || !input.value.trim()) return;
      event.preventDefault();
      const after = editor.store.cell(lane, step).peek().at(-1) ?? null;
      editor.edit([insertionOf(editor, { lane, step, after }, input.value.trim())], t("added a card"));
      input.value = "";
    },
  });
}
