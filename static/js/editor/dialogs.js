/** The small dialogs of the editor: palette, shortcuts, lane picker, move to. */
import { h } from "../../vendor/preact.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { COMMANDS } from "./commands.js";
import { Dialog } from "./dialog.js";
import { icon } from "./icon.js";
import { shownKeys } from "./keys.js";
import { LANES } from "./kinds.js";
import { laneName, short, stageName, stepName } from "./naming.js";
import { addLane, moveCards, nameOf, placeLane, placeStage, placeStep } from "./shaping.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {{editor: Editor}} props */
export function Palette({ editor }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = COMMANDS.filter((each) => !each.quiet && each.id !== "palette" && (each.when?.(editor) ?? true)).filter(
    (each) => words.every((word) => t(each.label).toLowerCase().includes(word)),
  );
  const current = Math.min(at, shown.length - 1);
  useEffect(() => list.current?.children[current]?.scrollIntoView({ block: "nearest" }), [current]);
  const run = (/** @type {import("./types").Command | undefined} */ found) => {
    if (!found) return;
    editor.dialog.value = null;
    requestAnimationFrame(() => found.run(editor));
  };
  return h(
    Dialog,
    { editor, title: t("All commands"), className: "palette", plain: true },
    h("input", {
      class: "palette-input",
      type: "text",
      autofocus: true,
      placeholder: t("What do you want to do?"),
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "palette-list",
      "aria-activedescendant": shown[current] ? `command-${shown[current].id}` : undefined,
      "aria-label": t("What do you want to do?"),
      onInput: (/** @type {InputEvent} */ event) => {
        setText(/** @type {HTMLInputElement} */ (event.target).value);
        setAt(0);
      },
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "ArrowDown") setAt((current + 1) % shown.length);
        else if (event.key === "ArrowUp") setAt((current - 1 + shown.length) % shown.length);
        else if (event.key === "Enter") run(shown[current]);
        else return;
        event.preventDefault();
      },
    }),
    h(
      "div",
      { class: "palette-list", id: "palette-list", role: "listbox", "aria-label": t("Commands"), ref: list },
      shown.map((each, index) =>
        h(
          "div",
          {
            key: each.id,
            id: `command-${each.id}`,
            class: "menu-item",
            role: "option",
            "aria-selected": index === current,
            onClick: () => run(each),
            onPointerMove: () => setAt(index),
          },
          icon(each.icon ?? "chevron-right"),
          t(each.label),
          each.keys?.length ? h("kbd", null, shownKeys(each.keys[0])) : null,
        ),
      ),
    ),
    shown.length === 0 && h("p", { class: "palette-none muted" }, t("No command has these words.")),
  );
}

/** Keys that belong to a place rather than to a command. */
const PLACES = /** @type {const} */ ([
  ["Enter", "On a cell: start a card, or go to the first one there"],
  ["Mod+Enter", "While writing: next card below"],
  ["Tab", "While writing: next cell"],
  ["Escape", "End writing, close, cancel a drag"],
  ["ArrowUp", "On the board: from cell to cell; on a face: 10 up or down, with Shift 1"],
]);

/** @param {{editor: Editor}} props */
export function Shortcuts({ editor }) {
  const groups = /** @type {const} */ (["Write", "Move", "Board", "View", "Look up"]);
  return h(
    Dialog,
    { editor, title: t("Keyboard shortcuts"), className: "dialog-wide" },
    h(
      "div",
      { class: "dialog-body shortcuts", tabIndex: 0 },
      h(
        "section",
        null,
        h("h3", null, t("On the board")),
        h(
          "dl",
          null,
          PLACES.map(([keys, label]) => h(ShortcutRow, { key: keys, keys: [keys], label: t(label) })),
        ),
      ),
      groups.map((group) =>
        h(
          "section",
          { key: group },
          h("h3", null, t(group)),
          h(
            "dl",
            null,
            COMMANDS.filter((each) => each.group === group && each.keys?.length && !each.quiet).map((each) =>
              h(ShortcutRow, { key: each.id, keys: each.keys ?? [], label: t(each.label) }),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {{keys: readonly string[], label: string}} props */
function ShortcutRow({ keys, label }) {
  return h(
    "div",
    { class: "shortcut" },
    h("dt", null, label),
    h(
      "dd",
      null,
      keys.slice(0, 2).map((each) => h("kbd", { key: each }, shownKeys(each))),
    ),
  );
}

/** @param {{editor: Editor}} props */
export function LanePicker({ editor }) {
  const chosen = editor.selection.peek();
  const after = chosen?.type === "lane" ? chosen.ids[0] : undefined;
  return h(
    Dialog,
    { editor, title: t("Add a lane"), className: "dialog-wide" },
    h(
      "div",
      { class: "dialog-body lane-picker" },
      Object.entries(LANES).map(([kind, look]) =>
        h(
          "button",
          {
            key: kind,
            type: "button",
            class: "lane-choice",
            "data-color": look.tint,
            onClick: () => {
              editor.dialog.value = null;
              addLane(editor, kind, after);
            },
          },
          icon(look.icon),
          h("span", null, h("strong", null, t(look.label)), h("span", { class: "small muted" }, t(look.about))),
        ),
      ),
    ),
  );
}

/** @param {{editor: Editor}} props */
export function MoveTo({ editor }) {
  const chosen = editor.selection.peek();
  if (!chosen) return null;
  const title = t("Move {what}", {
    what: chosen.ids.length > 1 ? t("{n} cards", { n: chosen.ids.length }) : nameOf(editor, chosen.type, chosen.ids[0]),
  });
  const parts = { card: MoveCard, stage: MoveStage, step: MoveStep, lane: MoveLane };
  const Part = parts[/** @type {"card"} */ (chosen.type)];
  return h(Dialog, { editor, title }, h(Part, { editor, ids: chosen.ids }));
}

/** @param {string[]} ids @param {(id: string) => string} name @returns {[string, string][]} */
const named = (ids, name) => ids.map((id) => [id, name(id)]);

/** @param {{editor: Editor, onMove: () => void, children?: import("preact").ComponentChildren}} props */
function MoveForm({ editor, onMove, children }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    editor.dialog.value = null;
    onMove();
  };
  return h(
    "form",
    { onSubmit: submit },
    h("div", { class: "dialog-body form" }, children),
    h(
      "div",
      { class: "dialog-footer" },
      h(
        "button",
        { type: "button", class: "button button-quiet", onClick: () => (editor.dialog.value = null) },
        t("Cancel"),
      ),
      h("button", { class: "button button-primary" }, t("Move")),
    ),
  );
}

/** @param {{label: string, value: string, choices: [string, string][], onPick: (value: string) => void}} props */
function Pick({ label, value, choices, onPick }) {
  return h(
    "label",
    { class: "field" },
    h("span", null, label),
    h(
      "select",
      {
        value,
        onChange: (/** @type {Event} */ event) => onPick(/** @type {HTMLSelectElement} */ (event.target).value),
      },
      choices.map(([key, text]) => h("option", { key, value: key }, text)),
    ),
  );
}

/** Behind which neighbour; "" is the first place. @param {string[]} ids @param {(id: string) => string} name @returns {[string, string][]} */
const places = (ids, name) => [
  ["", t("First")],
  ...ids.map((id) => /** @type {[string, string]} */ ([id, t("After {name}", { name: name(id) })])),
];

/** @param {{editor: Editor, ids: string[]}} props */
function MoveCard({ editor, ids }) {
  const { store } = editor;
  const card = store.record("card", ids[0]).peek();
  const [lane, setLane] = useState(/** @type {string} */ (card?.lane));
  const [step, setStep] = useState(/** @type {string} */ (card?.step));
  const others = store.cell(lane, step).value.filter((id) => !ids.includes(id));
  const [after, setAfter] = useState(/** @type {string | null} */ (null));
  const chosen = after !== null && (after === "" || others.includes(after)) ? after : (others.at(-1) ?? "");
  const lanes = store.lanes().value.filter((id) => store.record("lane", id).value?.kind !== "emotions");
  return h(
    MoveForm,
    { editor, onMove: () => moveCards(editor, ids, lane, step, chosen || null) },
    h(Pick, { label: t("Lane"), value: lane, choices: named(lanes, (id) => laneName(store, id)), onPick: setLane }),
    h(Pick, {
      label: t("Step"),
      value: step,
      choices: named(store.allSteps().value, (id) => stepName(store, id)),
      onPick: setStep,
    }),
    h(Pick, {
      label: t("Place"),
      value: chosen,
      choices: places(others, (id) => short(store.record("card", id).value?.text ?? "", 40)),
      onPick: setAfter,
    }),
  );
}

/** @param {{editor: Editor, ids: string[]}} props */
function MoveStage({ editor, ids }) {
  const [after, setAfter] = useState("");
  const others = editor.store.stages().value.filter((id) => id !== ids[0]);
  return h(
    MoveForm,
    { editor, onMove: () => placeStage(editor, ids[0], after || null) },
    h(Pick, {
      label: t("Place"),
      value: after,
      choices: places(others, (id) => stageName(editor.store, id)),
      onPick: setAfter,
    }),
  );
}

/** @param {{editor: Editor, ids: string[]}} props */
function MoveLane({ editor, ids }) {
  const [after, setAfter] = useState("");
  const others = editor.store.lanes().value.filter((id) => id !== ids[0]);
  return h(
    MoveForm,
    { editor, onMove: () => placeLane(editor, ids[0], after || null) },
    h(Pick, {
      label: t("Place"),
      value: after,
      choices: places(others, (id) => laneName(editor.store, id)),
      onPick: setAfter,
    }),
  );
}

/** @param {{editor: Editor, ids: string[]}} props */
function MoveStep({ editor, ids }) {
  const { store } = editor;
  const [stage, setStage] = useState(store.record("step", ids[0]).peek()?.stage ?? "");
  const [after, setAfter] = useState("");
  const others = store.steps(stage).value.filter((id) => id !== ids[0]);
  const chosen = others.includes(after) ? after : "";
  return h(
    MoveForm,
    { editor, onMove: () => placeStep(editor, ids[0], stage, chosen || null) },
    h(Pick, {
      label: t("Stage"),
      value: stage,
      choices: named(store.stages().value, (id) => stageName(store, id)),
      onPick: setStage,
    }),
    h(Pick, {
      label: t("Place"),
      value: chosen,
      choices: places(others, (id) => stepName(store, id)),
      onPick: setAfter,
    }),
  );
}
