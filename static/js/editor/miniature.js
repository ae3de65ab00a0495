/** A small drawing of a map from its summary: stages on top, lanes of cards, the curve. */
import { pathOf } from "./curve.js";
import { laneLook } from "./kinds.js";

/**
 * @typedef {object} Summary
 * @property {number[]} stages how many steps each has
 * @property {string[]} lanes their kinds
 * @property {number[][]} cells for each lane the number of cards in each step
 * @property {(number | null)[][]} curve for each line the valence in each step
 */

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 288;
const HEIGHT = 150;
const HEAD = 16;

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [color] */
function make(name, attributes, color) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (color) node.dataset.color = color;
  return node;
}

/** @param {Partial<Summary>} summary @returns {SVGElement} */
export function miniature({ stages = [], lanes = [], cells = [], curve = [] }) {
  const svg = /** @type {SVGElement} */ (
    make("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "xMidYMin slice",
      class: "miniature-drawing",
    })
  );
  const columns = Math.max(
    1,
    stages.reduce((sum, steps) => sum + Math.max(1, steps), 0),
  );
  const step = WIDTH / columns;
  drawStages(svg, stages, step);
  const rows = chosenRows(lanes);
  const weights = rows
    .map((row) => ({ kind: lanes[row], row }))
    .map(({ kind, row }) => (kind === "emotions" ? 2.2 : Math.min(3, Math.max(1, ...(cells[row] ?? [1])))));
  const unit =
    (HEIGHT - HEAD) /
    Math.max(
      4,
      weights.reduce((sum, weight) => sum + weight, 0),
    );
  let top = HEAD;
  rows.forEach((row, index) => {
    const kind = lanes[row];
    const height = unit * weights[index];
    svg.append(make("line", { x1: 0, x2: WIDTH, y1: top, y2: top, class: "miniature-line" }));
    if (kind === "emotions") drawCurves(svg, curve, { step, top, height });
    else drawCards(svg, cells[row] ?? [], kind, { step, top, height, unit });
    top += height;
  });
  return svg;
}

const MOST_ROWS = 8;
const TELLING = new Set([
  "emotions",
  "actions",
  "customer_actions",
  "touchpoints",
  "pain_points",
  "opportunities",
  "frontstage",
  "backstage",
]);

/** Which lanes are drawn when not all fit: those that tell most, in their order. @param {string[]} lanes @returns {number[]} */
function chosenRows(lanes) {
  const all = lanes.map((_, row) => row);
  if (all.length <= MOST_ROWS) return all;
  const telling = all.filter((row) => TELLING.has(lanes[row])).slice(0, MOST_ROWS);
  const others = all.filter((row) => !telling.includes(row)).slice(0, MOST_ROWS - telling.length);
  return [...telling, ...others].sort((a, b) => a - b);
}

/** @param {SVGElement} svg @param {Summary["stages"]} stages @param {number} step */
function drawStages(svg, stages, step) {
  let x = 0;
  for (const steps of stages) {
    const width = Math.max(1, steps) * step;
    svg.append(
      make("rect", {
        x: x + 4,
        y: 5,
        width: Math.max(2, Math.min(width - 8, 44)),
        height: 5,
        rx: 2.5,
        class: "miniature-stage",
      }),
    );
    if (x > 0) svg.append(make("line", { x1: x, x2: x, y1: 0, y2: HEIGHT, class: "miniature-line" }));
    x += width;
  }
}

/** @param {SVGElement} svg @param {number[]} counts @param {string} kind @param {{step: number, top: number, height: number, unit: number}} box */
function drawCards(svg, counts, kind, { step, top, height, unit }) {
  const size = Math.max(2, Math.min(unit - 3, 16));
  counts.forEach((count, column) => {
    const room = Math.max(1, Math.floor((height - 2) / (size + 2)));
    for (let n = 0; n < Math.min(count, room); n += 1) {
      svg.append(
        make(
          "rect",
          {
            x: column * step + 2,
            y: top + 2.5 + n * (size + 2),
            width: Math.max(1, step - 4),
            height: size,
            rx: Math.min(2.5, size / 3),
            class: "miniature-card",
          },
          laneLook(kind).card,
        ),
      );
    }
  });
}

/** @param {SVGElement} svg @param {(number | null)[][]} curve @param {{step: number, top: number, height: number}} box */
function drawCurves(svg, curve, { step, top, height }) {
  const y = (/** @type {number} */ valence) => top + 5 + ((100 - valence) / 200) * (height - 10);
  curve.slice(0, 4).forEach((line, index) => {
    const points = line.flatMap((valence, column) =>
      valence === null ? [] : [/** @type {[number, number]} */ ([column * step + step / 2, y(valence)])],
    );
    if (!points.length) return;
    svg.prepend(
      make("path", {
        d: pathOf(points),
        class: "miniature-curve",
        "data-line": index,
        ...(index ? { "stroke-dasharray": "3 2.5" } : {}),
      }),
    );
    if (index === 0)
      for (const [x, at] of points)
        svg.append(
          make("circle", { cx: x, cy: at, r: 2.4, class: "miniature-point", "data-mood": mood(at, top, height) }),
        );
  });
}

/** @param {number} at @param {number} top @param {number} height */
const mood = (at, top, height) => (at < top + height * 0.4 ? "high" : at > top + height * 0.6 ? "low" : "mid");

// How many cards an example holds in each column, and how it feels; what a real map holds is as uneven as this.
const FILLED = [1, 2, 1, 1, 2, 0, 1, 1, 2, 1, 0, 1];
const FELT = [-20, 10, -45, 30, 75, -10, -35, 20, 60, 40, -5, 70];

/** An empty template, filled as a map of its kind often is. @param {Partial<Summary>} summary @returns {Partial<Summary>} */
function filled(summary) {
  const { stages = [], lanes = [] } = summary;
  const columns = Array.from(
    { length: stages.reduce((sum, steps) => sum + Math.max(1, steps), 0) },
    (_, column) => column,
  );
  return {
    stages,
    lanes,
    cells: lanes.map((_, row) => columns.map((column) => FILLED[(column + row * 5) % FILLED.length])),
    curve: lanes.includes("emotions") ? [columns.map((column) => FELT[column % FELT.length])] : [],
  };
}

/** Draws every `[data-miniature]` of the page, those out of sight when they come near. @param {ParentNode} [root] */
export function drawMiniatures(root = document) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        const data = target.querySelector("script")?.textContent;
        if (!data) continue;
        const summary = JSON.parse(data) ?? {};
        target.append(miniature(target.hasAttribute("data-example") ? filled(summary) : summary));
      }
    },
    { rootMargin: "300px" },
  );
  for (const node of root.querySelectorAll("[data-miniature]")) observer.observe(node);
}
