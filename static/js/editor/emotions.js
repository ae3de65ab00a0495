/** The lane of the emotion curve: one smooth line a persona, faces to drag, feelings, moments of truth. */
import { h } from "../../vendor/preact.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { heightAt, pathOf } from "./curve.js";
import { icon } from "./icon.js";
import { initials, personaName, stepName } from "./naming.js";
import { cellKey } from "./state.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").EmotionRecord} Emotion */
/** @typedef {{key: string, persona: string | null, state: string, index: number, color: string, dash: string, points: Emotion[]}} Line */

const DASHES = ["", "7 5", "2 4", "12 4 2 4", "16 6"];

/**
 * The lines of a lane in the order of the map's personas, each with its points from left to right.
 * @param {Editor} editor
 * @param {string} lane
 * @returns {Line[]}
 */
export function linesOf({ store, preview }, lane) {
  const columns = new Map(store.allSteps().value.map((step, index) => [step, index]));
  const order = (store.map.value?.personas ?? []).filter((id) =>
    store.personas.value.some((persona) => persona.id === id),
  );
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const id of store.emotions(lane).value) {
    const point = /** @type {Emotion | null} */ (store.record("emotion", id).value);
    if (!point || !columns.has(point.step)) continue;
    const key = `${point.persona ?? ""}/${point.state}`;
    let line = lines.get(key);
    if (!line)
      lines.set(
        key,
        (line = { key, persona: point.persona, state: point.state, index: 0, color: "grey", dash: "", points: [] }),
      );
    line.points.push({ ...point, valence: preview.at(id).value ?? point.valence });
  }
  for (const persona of order) {
    const key = `${persona}/today`;
    if (!lines.has(key))
      lines.set(key, { key, persona, state: "today", index: 0, color: "grey", dash: "", points: [] });
  }
  const place = (/** @type {Line} */ line) => (line.persona ? order.indexOf(line.persona) + 1 || 99 : 0);
  const sorted = [...lines.values()].sort(
    (a, b) => place(a) - place(b) || Number(a.state !== "today") - Number(b.state !== "today"),
  );
  sorted.forEach((line, index) => {
    const persona = store.personas.value.find((each) => each.id === line.persona);
    Object.assign(line, { index, color: persona?.color ?? "grey", dash: DASHES[index % DASHES.length] });
    line.points.sort((a, b) => (columns.get(a.step) ?? 0) - (columns.get(b.step) ?? 0));
  });
  return sorted;
}

/** The line that new points join. @param {Editor} editor @param {Line[]} lines */
export function activeLine(editor, lines) {
  const chosen = editor.line.value;
  return lines.find((line) => line.key === chosen) ?? lines.find((line) => line.points.length) ?? lines[0] ?? null;
}

/** @param {{editor: Editor, id: string}} props */
export function EmotionLane({ editor, id }) {
  const { store } = editor;
  const steps = store.allSteps().value;
  const all = linesOf(editor, id);
  const active = activeLine(editor, all);
  const shown = all.filter((line) => !editor.hiddenLines.value.has(line.key));
  const columns = new Map(steps.map((step, index) => [step, index]));
  const drawn = [...shown].sort((a, b) => Number(a === active) - Number(b === active));
  const stagesFirst = new Set(store.stages().value.map((stage) => store.steps(stage).value[0]));
  return [
    h(Curves, { key: "curves", gradient: `valence-${id}`, lines: drawn, active, columns }),
    ...steps.map((step, index) =>
      h(
        "div",
        {
          key: step,
          class: "cell cell-emotions",
          role: "gridcell",
          tabIndex: -1,
          "aria-colindex": index + 2,
          "aria-labelledby": shown.some((line) => line.points.some((point) => point.step === step))
            ? undefined
            : `lane-${id} step-${step}`,
          "data-cell": cellKey(id, step),
          "data-first": stagesFirst.has(step) || undefined,
          "data-emotions": true,
          style: { gridColumn: index + 2 },
        },
        h(
          "div",
          { class: "plot" },
          drawn.flatMap((line) =>
            line.points
              .filter((point) => point.step === step)
              .map((point) => h(Point, { key: point.id, editor, point, line, active: line === active })),
          ),
        ),
      ),
    ),
  ];
}

/** @param {{gradient: string, lines: Line[], active: Line | null, columns: Map<string, number>}} props `gradient`: an id of its own in the page */
function Curves({ gradient, lines, active, columns }) {
  const width = Math.max(columns.size, 1) * 100;
  const at = (/** @type {Emotion} */ point) =>
    /** @type {[number, number]} */ ([(columns.get(point.step) ?? 0) * 100 + 50, 100 - point.valence]);
  const area = active && lines.includes(active) && active.points.length > 1 ? active.points.map(at) : null;
  return h(
    "div",
    { class: "curves", "aria-hidden": "true" },
    h("span", { class: "axis axis-high" }, "+"),
    h("span", { class: "axis axis-low" }, "−"),
    h(
      "svg",
      { class: "curves-drawing", viewBox: `0 0 ${width} 200`, preserveAspectRatio: "none", focusable: "false" },
      h(
        "defs",
        null,
        h(
          "linearGradient",
          { id: gradient, x1: 0, y1: 0, x2: 0, y2: 200, gradientUnits: "userSpaceOnUse" },
          h("stop", { offset: 0, class: "stop-high" }),
          h("stop", { offset: 0.5, class: "stop-mid" }),
          h("stop", { offset: 1, class: "stop-low" }),
        ),
      ),
      [0, 100, 200].map((y) => h("line", { key: y, class: "axis-line", x1: 0, x2: width, y1: y, y2: y })),
      area &&
        h("path", {
          class: "curve-area",
          d: `${pathOf(area)}L${area[area.length - 1][0]},212L${area[0][0]},212Z`,
          fill: `url(#${gradient})`,
        }),
      lines.map((line) =>
        h("path", {
          key: line.key,
          class: "curve",
          "data-color": line.color,
          "data-active": line === active || undefined,
          "stroke-dasharray": line.dash || undefined,
          d: pathOf(line.points.map(at)),
        }),
      ),
    ),
  );
}

/** The shape of a face between sorrow and joy. @param {{valence: number}} props */
export function Face({ valence }) {
  const bend = Math.round((valence / 100) * 30) / 10;
  return h(
    "svg",
    { class: "face", viewBox: "0 0 20 20", "aria-hidden": "true" },
    h("circle", { class: "face-eye", cx: 7, cy: 8, r: 1.15 }),
    h("circle", { class: "face-eye", cx: 13, cy: 8, r: 1.15 }),
    h("path", { class: "face-mouth", d: `M6.4 ${12.9 - bend * 0.35}Q10 ${12.9 + bend} 13.6 ${12.9 - bend * 0.35}` }),
  );
}

/** @param {{editor: Editor, point: Emotion, line: Line, active: boolean}} props */
function Point({ editor, point, line, active }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  const ring = editor.rings.at(point.id).value;
  useLayoutEffect(() => {
    node.current?.style.setProperty("--top", `${(100 - point.valence) / 2}%`);
    node.current?.style.setProperty("--mood", `${Math.abs(point.valence)}%`);
    if (ring?.color) node.current?.style.setProperty("--person", ring.color);
  });
  const words = [point.emoji, point.feeling].filter(Boolean).join(" ");
  const who = personaName(editor.store, point.persona);
  return h(
    "div",
    {
      ref: node,
      class: "point",
      role: "slider",
      tabIndex: -1,
      "data-point": point.id,
      "data-color": line.color,
      "data-active": active || undefined,
      "data-sign": point.valence < 0 ? "low" : "high",
      "data-above": point.valence < -55 || undefined,
      "data-selected": editor.selected.at(point.id).value || undefined,
      "data-ring": ring?.name,
      "aria-orientation": "vertical",
      "aria-valuemin": -100,
      "aria-valuemax": 100,
      "aria-valuenow": point.valence,
      "aria-valuetext": [words, signed(point.valence), point.moment_of_truth ? t("moment of truth") : ""]
        .filter(Boolean)
        .join(", "),
      "aria-label": `${who}, ${stepName(editor.store, point.step)}`,
      "aria-readonly": !editor.canEdit.value || undefined,
      title: [`${who}: ${[words, signed(point.valence)].filter(Boolean).join(" ")}`, point.note]
        .filter(Boolean)
        .join("\n"),
    },
    h("span", { class: "point-dot" }, active && h(Face, { valence: point.valence })),
    point.moment_of_truth && h("span", { class: "point-star" }, icon("star", "icon-filled")),
    words && h("span", { class: "point-label" }, words),
  );
}

/** @param {number} valence */
export const signed = (valence) => (valence > 0 ? `+${valence}` : valence < 0 ? `−${-valence}` : "0");

/** Portraits beside the curve: whose line gets new points, and which lines are drawn. @param {{editor: Editor, lane: string}} props */
export function LineSwitches({ editor, lane }) {
  const lines = linesOf(editor, lane);
  const active = activeLine(editor, lines);
  if (!lines.length) return null;
  return h(
    "div",
    { class: "lane-faces" },
    lines.map((line) => {
      const name = personaName(editor.store, line.persona) + (line.state === "today" ? "" : ` · ${t(line.state)}`);
      const hidden = editor.hiddenLines.value.has(line.key);
      const persona = editor.store.personas.value.find((each) => each.id === line.persona);
      return h(
        "button",
        {
          key: line.key,
          type: "button",
          class: "line-switch",
          tabIndex: -1,
          "data-color": line.color,
          "data-dash": line.dash ? "dashed" : "solid",
          "data-later": line.state !== "today" || undefined,
          "data-active": line === active || undefined,
          "aria-pressed": !hidden,
          "aria-label": hidden
            ? t("Show the line of {name}", { name })
            : line === active
              ? t("Hide the line of {name}", { name })
              : t("Draw for {name}", { name }),
          title: name,
          onClick: () => switchLine(editor, line, hidden, line === active),
        },
        persona?.portrait
          ? h("img", { src: persona.portrait, alt: "" })
          : line.persona
            ? initials(personaName(editor.store, line.persona))
            : icon("users"),
      );
    }),
  );
}

/** @param {Editor} editor @param {Line} line @param {boolean} hidden @param {boolean} active */
function switchLine(editor, line, hidden, active) {
  const next = new Set(editor.hiddenLines.peek());
  if (hidden) next.delete(line.key);
  else if (active) next.add(line.key);
  editor.hiddenLines.value = next;
  if (!active || hidden) editor.line.value = line.key;
}

/**
 * Adds a point for the chosen persona, at the given height or on the line that is there; focuses the one that exists.
 * @param {Editor} editor
 * @param {string} lane
 * @param {string} step
 * @param {number} [valence]
 */
export function addPoint(editor, lane, step, valence) {
  const lines = linesOf(editor, lane);
  const line = activeLine(editor, lines);
  const there = line?.points.find((point) => point.step === step);
  if (there || !editor.canEdit.peek()) {
    if (there) focusPoint(there.id);
    return;
  }
  const columns = editor.store.allSteps().peek();
  const persona = line?.persona ?? null;
  const fields = {
    lane,
    step,
    persona,
    state: line?.state ?? "today",
    valence: valence ?? onLine(line, columns, columns.indexOf(step)),
  };
  const id = editor.store.insert("emotion", fields, { label: t("added a point to the curve") });
  editor.select("emotion", [id]);
  requestAnimationFrame(() => focusPoint(id));
}

/** @param {Line | null} line @param {string[]} columns @param {number} column */
function onLine(line, columns, column) {
  const points = (line?.points ?? []).map(
    (point) => /** @type {[number, number]} */ ([columns.indexOf(point.step), point.valence]),
  );
  if (points.length < 2 || column < points[0][0] || column > points[points.length - 1][0]) return 0;
  return Math.round(heightAt(points, column));
}

/** @param {string} id */
function focusPoint(id) {
  const node = document.querySelector(`[data-point="${id}"]`);
  if (node instanceof HTMLElement) node.focus();
}

/** @param {Editor} editor @param {string} id @param {number} by */
export function nudgePoint(editor, id, by) {
  const point = editor.store.record("emotion", id).peek();
  if (!point || !editor.canEdit.peek()) return;
  const valence = Math.max(-100, Math.min(100, point.valence + by));
  if (valence !== point.valence) editor.set("emotion", id, { valence }, t("moved a point of the curve"));
}
