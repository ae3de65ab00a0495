/** The panel on the right: every field of whatever is selected, in the same order everywhere. */
import { h } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Actions } from "./actions.js";
import { cardFields, membersOf, translated } from "./card-fields.js";
import { ChoiceField, ColorField, LinksField, RangeField, SwitchField, TextField, ValueField } from "./fields.js";
import { icon } from "./icon.js";
import { addPersona } from "./library.js";
import { COLORS, laneLook, MAP_KINDS, MAP_STATUSES } from "./kinds.js";
import { laneTitle, personaName, stepName } from "./naming.js";
import { recolor } from "./shaping.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").RecordType} RecordType */

/** @param {{editor: Editor}} props */
export function Inspector({ editor }) {
  const chosen = editor.selection.value;
  const record = chosen ? editor.store.record(chosen.type, chosen.ids[0]).value : null;
  const shown = chosen && record ? chosen : null;
  const { heading, look } = headingOf(editor, shown);
  return h(
    "aside",
    { class: "inspector", "aria-label": t("Details") },
    h(
      "div",
      { class: "inspector-head", "data-color": look?.tint },
      look && icon(look.icon),
      h("h2", { class: "inspector-kind" }, heading),
      h(
        "button",
        {
          type: "button",
          class: "icon-button button-small",
          "aria-label": t("Close the details"),
          onClick: () => editor.showInspector(false),
        },
        icon("x"),
      ),
    ),
    h("div", { class: "inspector-body", key: shown ? shown.ids.join() : "map" }, fieldsOf(editor, shown)),
  );
}

/** @param {Editor} editor @param {import("./types").Selection | null} chosen */
function headingOf({ store }, chosen) {
  if (!chosen) return { heading: t("This map"), look: null };
  if (chosen.ids.length > 1) return { heading: tn("{n} card", "{n} cards", chosen.ids.length), look: null };
  const record = store.record(chosen.type, chosen.ids[0]).value;
  if (!record) return { heading: "", look: null };
  if (chosen.type === "card") {
    const lane = store.record("lane", record.lane).value;
    return { heading: singular(lane?.kind) || laneTitle(lane), look: lane ? laneLook(lane.kind) : null };
  }
  if (chosen.type === "lane") return { heading: t("Lane"), look: laneLook(record.kind) };
  const names = /** @type {Record<string, string>} */ ({ stage: t("Stage"), step: t("Step"), emotion: t("Emotion") });
  return { heading: names[chosen.type] ?? "", look: chosen.type === "emotion" ? laneLook("emotions") : null };
}

/** @param {string | undefined} kind */
function singular(kind) {
  /** @type {Record<string, string>} */
  const names = {
    touchpoints: t("Touchpoint"),
    pain_points: t("Pain point"),
    opportunities: t("Opportunity"),
    thoughts: t("Thought"),
    questions: t("Question"),
    goals: t("Goal"),
    actions: t("Action"),
    metrics: t("Metric"),
    evidence: t("Evidence"),
  };
  return names[kind ?? ""] ?? "";
}

/** @param {Editor} editor @param {import("./types").Selection | null} chosen */
function fieldsOf(editor, chosen) {
  if (!chosen) return mapFields(editor);
  if (chosen.ids.length > 1) return manyFields(editor);
  const id = chosen.ids[0];
  const fields = { card: cardFields, stage: stageFields, step: stepFields, lane: laneFields, emotion: emotionFields };
  const make = fields[/** @type {"card"} */ (chosen.type)];
  return make ? make(editor, id) : null;
}

/** @param {Editor} editor */
function manyFields(editor) {
  return [
    h("p", { key: "hint", class: "muted small" }, t("Changes apply to all of them.")),
    h(ManyColors, { key: "color", editor }),
    h(Actions, { key: "actions", editor, ids: ["move-to", "duplicate", "delete"] }),
  ];
}

/** @param {{editor: Editor}} props */
function ManyColors({ editor }) {
  return h(
    "div",
    { class: "swatches", role: "group", "aria-label": t("Colour") },
    COLORS.map((color) =>
      h("button", {
        key: color,
        type: "button",
        class: "swatch",
        "data-color": color,
        "aria-label": t(color),
        title: t(color),
        onClick: () => recolor(editor, color),
      }),
    ),
  );
}

/** @param {Editor} editor @param {string} id */
function stageFields(editor, id) {
  const at = { editor, type: /** @type {RecordType} */ ("stage"), id };
  return [
    h(TextField, {
      ...at,
      key: "title",
      field: "title",
      label: t("Title"),
      big: true,
      placeholder: t("Untitled stage"),
    }),
    h(TextField, {
      ...at,
      key: "goal",
      field: "goal",
      label: t("Goal"),
      rows: 2,
      placeholder: t("What the person wants to have reached at its end"),
    }),
    h(ColorField, { ...at, key: "color", field: "color", label: t("Colour") }),
    h(Actions, { key: "actions", editor, ids: ["add-step", "move-to", "delete"] }),
  ];
}

/** @param {Editor} editor @param {string} id */
function stepFields(editor, id) {
  const at = { editor, type: /** @type {RecordType} */ ("step"), id };
  return [
    h(TextField, {
      ...at,
      key: "title",
      field: "title",
      label: t("Title"),
      big: true,
      placeholder: t("Name this step"),
    }),
    h(TextField, {
      ...at,
      key: "duration",
      field: "duration",
      label: t("Duration"),
      placeholder: t("10 minutes, two days…"),
    }),
    h(Actions, { key: "actions", editor, ids: ["add-step", "move-to", "delete"] }),
  ];
}

/** @param {Editor} editor @param {string} id */
function laneFields(editor, id) {
  const lane = editor.store.record("lane", id).value;
  if (!lane) return null;
  const at = { editor, type: /** @type {RecordType} */ ("lane"), id };
  return [
    h(TextField, {
      ...at,
      key: "title",
      field: "title",
      label: t("Title"),
      big: true,
      placeholder: t(laneLook(lane.kind).label),
    }),
    h("p", { key: "about", class: "muted small" }, `${t(laneLook(lane.kind).label)}: ${t(laneLook(lane.kind).about)}`),
    h(Actions, { key: "actions", editor, ids: ["collapse", "move-to", "delete"] }),
  ];
}

/** @param {Editor} editor @param {string} id */
function emotionFields(editor, id) {
  const { store } = editor;
  const point = store.record("emotion", id).value;
  if (!point) return null;
  const at = { editor, type: /** @type {RecordType} */ ("emotion"), id };
  const personas = (store.map.value?.personas ?? []).map(
    (each) => /** @type {[string, string]} */ ([each, personaName(store, each)]),
  );
  return [
    h(TextField, {
      ...at,
      key: "feeling",
      field: "feeling",
      label: t("Feeling"),
      big: true,
      placeholder: t("One word: relieved, lost…"),
    }),
    h("p", { key: "where", class: "inspector-where" }, stepName(store, point.step)),
    h(RangeField, { ...at, key: "valence", field: "valence", label: t("Valence"), min: -100, max: 100 }),
    h(ValueField, {
      ...at,
      key: "emoji",
      field: "emoji",
      label: t("Emoji"),
      suggestions: ["😀", "🙂", "😐", "😕", "😠", "😢", "😍", "🤔", "😮", "😴"],
    }),
    h(ChoiceField, {
      ...at,
      key: "persona",
      field: "persona",
      label: t("Persona"),
      choices: personas,
      none: t("Everyone"),
    }),
    h(SwitchField, { ...at, key: "moment", field: "moment_of_truth", label: t("Moment of truth") }),
    h(TextField, {
      ...at,
      key: "note",
      field: "note",
      label: t("In their words"),
      rows: 3,
      placeholder: t("A quote, or why it feels like that"),
    }),
    h(Actions, { key: "actions", editor, ids: ["delete"] }),
  ];
}

/** @param {Editor} editor */
function mapFields(editor) {
  const map = editor.store.map.value;
  if (!map) return null;
  const at = { editor, type: /** @type {RecordType} */ ("map"), id: editor.mapId };
  const members = membersOf(editor);
  return [
    h(TextField, { ...at, key: "title", field: "title", label: t("Title"), big: true, placeholder: t("Untitled map") }),
    h(ChoiceField, { ...at, key: "kind", field: "kind", label: t("Kind"), choices: translated(MAP_KINDS) }),
    h(ChoiceField, { ...at, key: "status", field: "status", label: t("Status"), choices: translated(MAP_STATUSES) }),
    h(TextField, {
      ...at,
      key: "scenario",
      field: "scenario",
      label: t("Scenario"),
      rows: 2,
      placeholder: t("Who wants what, in which situation"),
    }),
    h(TextField, {
      ...at,
      key: "objective",
      field: "objective",
      label: t("Objective"),
      rows: 2,
      placeholder: t("What this map should help to decide"),
    }),
    h(TextField, {
      ...at,
      key: "start",
      field: "scope_start",
      label: t("Starts when"),
      placeholder: t("The old bike breaks down"),
    }),
    h(TextField, {
      ...at,
      key: "end",
      field: "scope_end",
      label: t("Ends when"),
      placeholder: t("The first service is done"),
    }),
    h(LinksField, {
      ...at,
      key: "personas",
      field: "personas",
      label: t("Personas"),
      none: t("No personas yet."),
      choices: personasOf(editor),
    }),
    editor.canEdit.value && h(NewPersona, { key: "new-persona", editor }),
    members.length > 0 &&
      h(ChoiceField, { ...at, key: "owner", field: "owner", label: t("Owner"), choices: members, none: t("Nobody") }),
    h(ValueField, { ...at, key: "review", field: "review_on", label: t("Review on"), kind: "date" }),
    h(TextField, {
      ...at,
      key: "notes",
      field: "notes",
      label: t("Notes"),
      rows: 3,
      placeholder: t("Anything that has no place on the board"),
    }),
  ];
}

/** Those of the library, and those on the map that the library does not show to this reader. @param {Editor} editor @returns {[string, string][]} */
function personasOf({ library, store }) {
  const names = new Map(
    [...store.personas.value, ...library.value.personas].map((persona) => [persona.id, persona.name || t("A persona")]),
  );
  return [...names];
}

/** @param {{editor: Editor}} props */
function NewPersona({ editor }) {
  return h("input", {
    class: "tags-input",
    "aria-label": t("Name of a new persona"),
    placeholder: t("New persona: type a name, Enter"),
    maxLength: 200,
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (event.key !== "Enter" || event.isComposing || !input.value.trim()) return;
      event.preventDefault();
      void addPersona(editor, input.value.trim());
      input.value = "";
    },
  });
}
