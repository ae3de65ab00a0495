/** The fields of a card: what every sticky note has, and what its lane asks for. */
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Actions } from "./actions.js";
import {
  ChoiceField,
  ColorField,
  LinksField,
  MetricFields,
  ScaleField,
  SwitchField,
  TagsField,
  TextField,
  ValueField,
} from "./fields.js";
import { CHANNELS, OPPORTUNITY_STATUSES, QUALITIES } from "./kinds.js";
import { laneTitle, short, stepName } from "./naming.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").RecordType} RecordType */

/** @param {Editor} editor @param {string} id */
export function cardFields(editor, id) {
  const { store } = editor;
  const card = store.record("card", id).value;
  if (!card) return null;
  const kind = store.record("lane", card.lane).value?.kind ?? "text";
  const at = { editor, type: /** @type {RecordType} */ ("card"), id };
  return [
    h(TextField, {
      ...at,
      key: "text",
      field: "text",
      label: t("Text"),
      rows: 2,
      big: true,
      placeholder: t("Write here"),
    }),
    h(
      "p",
      { key: "where", class: "inspector-where" },
      `${laneTitle(store.record("lane", card.lane).value)} · ${stepName(store, card.step)}`,
    ),
    ...detailFields(editor, id, kind),
    h(ColorField, { ...at, key: "color", field: "color", label: t("Colour") }),
    editor.library.value.members.length > 0 &&
      h(ChoiceField, {
        ...at,
        key: "assignee",
        field: "assignee",
        label: t("Owner"),
        choices: membersOf(editor),
        none: t("Nobody"),
      }),
    h(TagsField, { ...at, key: "tags", field: "tags", label: t("Tags") }),
    h(ValueField, { ...at, key: "url", field: "url", label: t("Link"), kind: "url", placeholder: "https://" }),
    h(Actions, { key: "actions", editor, ids: ["move-to", "duplicate", "delete"] }),
  ];
}

/** @param {Editor} editor @param {string} id @param {string} kind */
function detailFields(editor, id, kind) {
  const at = { editor, type: /** @type {RecordType} */ ("card"), id };
  if (kind === "touchpoints" || kind === "channels") {
    return [
      h(ValueField, {
        ...at,
        key: "channel",
        field: "channel",
        label: t("Channel"),
        suggestions: CHANNELS,
        placeholder: t("web, store, phone…"),
      }),
      h(ChoiceField, {
        ...at,
        key: "quality",
        field: "quality",
        label: t("Quality"),
        choices: translated(QUALITIES),
        none: t("Not judged"),
      }),
      h(SwitchField, { ...at, key: "moment", field: "moment_of_truth", label: t("Moment of truth") }),
      h(SwitchField, { ...at, key: "missing", field: "missing", label: t("Missing today") }),
    ];
  }
  if (kind === "pain_points") {
    return [
      h(ScaleField, {
        ...at,
        key: "severity",
        field: "severity",
        label: t("Severity"),
        low: t("a nuisance"),
        high: t("they leave"),
      }),
      h(ScaleField, {
        ...at,
        key: "frequency",
        field: "frequency",
        label: t("How often"),
        low: t("rarely"),
        high: t("always"),
      }),
      h(ChoiceField, {
        ...at,
        key: "hurts",
        field: "hurts_at",
        label: t("Hurts at"),
        choices: cardsOf(editor, "touchpoints"),
        none: t("No touchpoint"),
      }),
    ];
  }
  if (kind === "opportunities") {
    return [
      h(ScaleField, { ...at, key: "impact", field: "impact", label: t("Impact"), low: t("small"), high: t("large") }),
      h(ScaleField, { ...at, key: "effort", field: "effort", label: t("Effort"), low: t("easy"), high: t("hard") }),
      h(ChoiceField, {
        ...at,
        key: "status",
        field: "status",
        label: t("Status"),
        choices: translated(OPPORTUNITY_STATUSES),
        none: t("None"),
      }),
      h(ValueField, { ...at, key: "due", field: "due_on", label: t("Due"), kind: "date" }),
      h(LinksField, {
        ...at,
        key: "answers",
        field: "answers",
        label: t("Answers these pain points"),
        choices: cardsOf(editor, "pain_points"),
        none: t("There are no pain points on this map yet."),
      }),
    ];
  }
  if (kind === "metrics") return [h(MetricFields, { ...at, key: "metric", field: "metric", label: t("Metric") })];
  return [];
}

/** @param {Editor} editor @returns {[string, string][]} */
export const membersOf = ({ library }) => library.value.members.map((member) => [member.user, member.name]);

/** @param {Record<string, string>} words */
export const translated = (words) =>
  Object.entries(words).map(([key, text]) => /** @type {[string, string]} */ ([key, t(text)]));

/** All cards in lanes of one kind, as choices. @param {Editor} editor @param {string} kind @returns {[string, string][]} */
function cardsOf({ store }, kind) {
  const lanes = store.lanes().value.filter((id) => store.record("lane", id).value?.kind === kind);
  const ids = lanes.flatMap((lane) => store.allSteps().value.flatMap((step) => store.cell(lane, step).value));
  return ids.map((id) => [id, short(store.record("card", id).value?.text || t("Empty card"), 60)]);
}
