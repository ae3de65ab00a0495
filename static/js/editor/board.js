/** The board: stages and steps on top, lanes on the left, cells where they meet. One component per cell, each reading its own signal. */
import { h } from "../../vendor/preact.js";
import { useEffect, useMemo, useRef } from "../../vendor/hooks.js";
import { useComputed } from "../../vendor/signals.js";
import { t, tn } from "../i18n.js";
import { Card } from "./card.js";
import { EmotionLane, LineSwitches } from "./emotions.js";
import { drawGradually } from "./gradually.js";
import { icon } from "./icon.js";
import { laneLook, lineBetween } from "./kinds.js";
import { attachBoard } from "./board-events.js";
import { laneTitle } from "./naming.js";
import { PeopleLayer } from "./people.js";
import { addStage, addStep } from "./shaping.js";
import { cellKey } from "./state.js";
import { Title } from "./title.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {{editor: Editor}} props */
export function Board({ editor }) {
  const { store } = editor;
  const board = useRef(/** @type {HTMLElement | null} */ (null));
  useMemo(() => drawGradually(editor), []);
  useEffect(() => (board.current ? attachBoard(editor, board.current) : undefined), []);
  const steps = store.allSteps().value;
  const lanes = store.lanes().value;
  return h(
    "div",
    { class: "board", ref: board, "data-zoomed": editor.zoom.value !== 1 || undefined },
    h(
      "div",
      { class: "board-canvas", style: { "--columns": Math.max(steps.length, 1), zoom: editor.zoom.value } },
      h(
        "div",
        {
          class: "board-grid",
          role: "grid",
          "aria-label": store.map.value?.title || t("Untitled map"),
          "aria-rowcount": lanes.length + 2,
          "aria-colcount": steps.length + 1,
        },
        h(Head, { editor }),
        lanes.map((id, index) => h(Lane, { key: id, editor, id, above: lanes[index - 1], row: index + 3 })),
      ),
      editor.canEdit.value &&
        h(
          "div",
          { class: "board-more" },
          h(
            "button",
            {
              type: "button",
              class: "button button-quiet button-small",
              onClick: () => (editor.dialog.value = "lane"),
            },
            icon("plus"),
            t("Add lane"),
          ),
        ),
      h("div", { class: "drop-mark", hidden: true }),
      h(PeopleLayer, { editor }),
    ),
    lanes.length === 0 && steps.length === 0 && store.ready.value && h(EmptyBoard, { editor }),
  );
}

/** @param {{editor: Editor}} props */
function EmptyBoard({ editor }) {
  return h(
    "div",
    { class: "board-empty" },
    h("h2", null, t("An empty map")),
    h("p", null, t("Start with the first stage of the journey: what happens first?")),
    editor.canEdit.value &&
      h(
        "button",
        { type: "button", class: "button button-primary", onClick: () => addStage(editor) },
        icon("plus"),
        t("Add the first stage"),
      ),
  );
}

/** @param {{editor: Editor}} props */
function Head({ editor }) {
  const { store } = editor;
  const stages = store.stages().value;
  const steps = store.allSteps().value;
  return h(
    "div",
    { class: "board-head", role: "rowgroup" },
    h(
      "div",
      { class: "stage-row", role: "row", "aria-rowindex": 1 },
      h("div", { class: "corner", role: "columnheader" }, h("span", { class: "corner-label" }, t("Stages"))),
      stages.map((id) => h(Stage, { key: id, editor, id })),
    ),
    h(
      "div",
      { class: "step-row", role: "row", "aria-rowindex": 2 },
      h("div", { class: "corner", role: "columnheader" }, h("span", { class: "corner-label" }, t("Steps"))),
      steps.map((id, index) => h(Step, { key: id, editor, id, column: index + 2 })),
    ),
  );
}

/** @param {{editor: Editor, id: string}} props */
function Stage({ editor, id }) {
  const { store } = editor;
  const stage = store.record("stage", id).value;
  const steps = store.steps(id).value;
  if (!stage) return null;
  const ring = editor.rings.at(id).value;
  return h(
    "div",
    {
      class: "stage",
      role: "columnheader",
      tabIndex: -1,
      id: `stage-${id}`,
      "aria-colspan": steps.length || 1,
      "data-stage": id,
      "data-color": stage.color,
      "data-selected": editor.selected.at(id).value || undefined,
      "data-ring": ring?.name,
      style: { gridColumn: `span ${steps.length || 1}` },
    },
    h(Title, {
      editor,
      type: "stage",
      id,
      field: "title",
      label: t("Title of the stage"),
      placeholder: t("Untitled stage"),
      className: "stage-title",
    }),
    stage.goal || editor.written.at(id).value?.field === "goal"
      ? h(Title, {
          editor,
          type: "stage",
          id,
          field: "goal",
          label: t("Goal of the stage"),
          placeholder: t("Goal"),
          className: "stage-goal",
        })
      : null,
    editor.canEdit.value && h(More, { label: t("Menu of the stage") }),
    editor.canEdit.value &&
      store.stages().value.at(-1) === id &&
      h(
        "button",
        {
          type: "button",
          class: "add-stage icon-button button-small",
          tabIndex: -1,
          "aria-label": t("Add a stage at the end"),
          title: t("Add a stage"),
          onClick: () => addStage(editor),
        },
        icon("plus"),
      ),
  );
}

/** @param {{editor: Editor, id: string, column: number}} props */
function Step({ editor, id, column }) {
  const { store } = editor;
  const step = store.record("step", id).value;
  if (!step) return null;
  const first = store.steps(step.stage).value[0] === id;
  const ring = editor.rings.at(id).value;
  return h(
    "div",
    {
      class: "step",
      role: "columnheader",
      tabIndex: -1,
      id: `step-${id}`,
      "aria-colindex": column,
      "data-step-head": id,
      "data-first": first || undefined,
      "data-selected": editor.selected.at(id).value || undefined,
      "data-ring": ring?.name,
    },
    h(Title, {
      editor,
      type: "step",
      id,
      field: "title",
      label: t("Title of the step"),
      placeholder: editor.canEdit.value ? t("Name this step") : "–",
      className: "step-title",
    }),
    step.duration && h("span", { class: "step-duration" }, icon("clock"), step.duration),
    editor.canEdit.value && h(More, { label: t("Menu of the step") }),
    editor.canEdit.value &&
      h(
        "button",
        {
          type: "button",
          class: "add-between",
          tabIndex: -1,
          "aria-label": t("Add a step after this one"),
          title: t("Add a step"),
          onClick: () => addStep(editor, step.stage, id),
        },
        icon("plus"),
      ),
  );
}

/** @param {{label: string}} props */
function More({ label }) {
  return h(
    "button",
    {
      type: "button",
      class: "more icon-button button-small",
      tabIndex: -1,
      "aria-label": label,
      "aria-haspopup": "menu",
      "data-more": true,
    },
    icon("ellipsis"),
  );
}

/** @param {{editor: Editor, id: string, above: string | undefined, row: number}} props */
function Lane({ editor, id, above, row }) {
  const { store } = editor;
  const lane = store.record("lane", id).value;
  const aboveKind = above ? store.record("lane", above).value?.kind : undefined;
  const steps = store.allSteps().value;
  const collapsed = editor.collapsed.value.has(id);
  const tracks = useComputed(() => spanTracks(editor, id));
  if (!lane) return null;
  const look = laneLook(lane.kind);
  const line = lineBetween(aboveKind, lane.kind);
  const spans = tracks.value;
  return h(
    "div",
    {
      class: "lane",
      role: "row",
      "aria-rowindex": row,
      "data-lane": id,
      "data-kind": lane.kind,
      "data-line": line || undefined,
      "data-collapsed": collapsed || undefined,
      "data-spans": spans.count || undefined,
      style: { "--tracks": spans.count },
    },
    line && h("span", { class: "lane-line", "aria-hidden": "true" }, h("span", null, line)),
    h(
      "div",
      {
        class: "lane-head",
        role: "rowheader",
        tabIndex: -1,
        id: `lane-${id}`,
        "data-lane-head": id,
        "data-color": look.tint,
        "data-selected": editor.selected.at(id).value || undefined,
        "data-ring": editor.rings.at(id).value?.name,
      },
      h(
        "span",
        { class: "lane-name" },
        icon(look.icon),
        h(Title, {
          editor,
          type: "lane",
          id,
          field: "title",
          label: t("Title of the lane"),
          placeholder: t(look.label),
          fallback: laneTitle(lane),
          className: "lane-title",
        }),
      ),
      editor.canEdit.value && h(More, { label: t("Menu of the lane") }),
      lane.kind === "emotions" && !collapsed && h(LineSwitches, { editor, lane: id }),
      collapsed && h("span", { class: "tiny muted" }, tn("{n} card", "{n} cards", countCards(editor, id))),
    ),
    collapsed
      ? steps.map((step) =>
          h("div", {
            key: step,
            class: "cell cell-collapsed",
            role: "gridcell",
            tabIndex: -1,
            "data-cell": cellKey(id, step),
            "aria-labelledby": `lane-${id} step-${step}`,
          }),
        )
      : lane.kind === "emotions"
        ? h(EmotionLane, { editor, id })
        : steps.map((step, index) =>
            h(Cell, { key: step, editor, lane: id, step, kind: lane.kind, column: index + 2, track: spans.of }),
          ),
  );
}

/** @param {Editor} editor @param {string} lane */
const countCards = (editor, lane) =>
  editor.store.allSteps().value.reduce((sum, step) => sum + editor.store.cell(lane, step).value.length, 0);

/**
 * Cards that stretch over neighbouring steps stand in tracks above the others, packed so that none overlap.
 * @param {Editor} editor
 * @param {string} lane
 * @returns {{count: number, of: Map<string, {track: number, span: number}>}}
 */
function spanTracks({ store }, lane) {
  const steps = store.allSteps().value;
  /** @type {Map<string, {track: number, span: number}>} */
  const of = new Map();
  /** @type {number[]} */
  const ends = [];
  steps.forEach((step, column) => {
    for (const id of store.cell(lane, step).value) {
      const span = Math.min(store.record("card", id).value?.span ?? 1, steps.length - column);
      if (span < 2) continue;
      let track = ends.findIndex((end) => end <= column);
      if (track < 0) track = ends.push(0) - 1;
      ends[track] = column + span;
      of.set(id, { track, span });
    }
  });
  return { count: ends.length, of };
}

/**
 * @param {{editor: Editor, lane: string, step: string, kind: string, column: number, track: Map<string, {track: number, span: number}>}} props
 */
function Cell({ editor, lane, step, kind, column, track }) {
  const { store } = editor;
  const key = cellKey(lane, step);
  const ids = store.cell(lane, step).value;
  const draft = editor.written.at(key).value;
  const first = store.steps(store.record("step", step).value?.stage ?? "").value[0] === step;
  const shown = draft && !ids.includes(draft.id) ? insertAfter(ids, draft.id, draft.draft?.after ?? null) : ids;
  const limit = editor.limits.at(lane).value;
  const plain = shown.filter((id) => !track.has(id)).slice(0, limit);
  const stretched = shown.filter((id) => track.has(id));
  return h(
    "div",
    {
      class: "cell",
      role: "gridcell",
      tabIndex: -1,
      "aria-colindex": column,
      // A cell with cards is named by them; the headings of its row and column are said by the screen reader itself.
      "aria-labelledby": shown.length ? undefined : `lane-${lane} step-${step}`,
      "data-cell": key,
      "data-first": first || undefined,
      "data-empty": shown.length === 0 || undefined,
      "data-ring": editor.ringCells.at(key).value || undefined,
      style: { "--cards": shown.length, "--column": column },
    },
    stretched.map((id) => {
      const place = /** @type {{track: number, span: number}} */ (track.get(id));
      return h(
        "div",
        { key: id, class: "cell-stretched", style: { "--track": place.track + 1, "--span": place.span } },
        h(Card, { editor, id, lane, step, kind }),
      );
    }),
    h(
      "div",
      { class: "cell-cards", key: "cards" },
      plain.map((id) => h(Card, { key: id, editor, id, lane, step, kind })),
      editor.canEdit.value &&
        h(
          "button",
          {
            key: "add",
            type: "button",
            class: "add-card",
            tabIndex: -1,
            "data-add": key,
            "aria-label": t("Add a card here"),
          },
          icon("plus"),
        ),
    ),
  );
}

/** @param {string[]} ids @param {string} id @param {string | null} after */
function insertAfter(ids, id, after) {
  const at = after === null ? 0 : ids.indexOf(after) + 1 || ids.length;
  return [...ids.slice(0, at), id, ...ids.slice(at)];
}
