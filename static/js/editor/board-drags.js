/** What can be dragged on the board, where it lands, and the mark that shows it. */
import { t } from "../i18n.js";
import { makeGhost } from "./drag.js";
import { moveCards, placeLane, placeStage, placeStep } from "./shaping.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("./drag").Place} Place */
/** @typedef {import("./drag").Session} Session */

/** @param {HTMLElement} board @param {string} selector @returns {HTMLElement[]} */
const all = (board, selector) => [...board.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);

/**
 * The drag that a press on this node starts; null where there is nothing to drag.
 * @param {Editor} editor
 * @param {HTMLElement} board
 * @param {Element} target
 * @param {Place} grip
 * @returns {(() => Session | null) | null}
 */
export function dragFor(editor, board, target, grip) {
  if (
    !editor.canEdit.peek() ||
    target.closest("input, textarea, .more, .add-between, .add-card, .line-switch, .add-stage")
  )
    return null;
  const stretch = target.closest(".card-stretch")?.closest("[data-card]");
  if (stretch instanceof HTMLElement) return () => stretchDrag(editor, board, stretch);
  const point = target.closest("[data-point]");
  if (point instanceof HTMLElement) return () => pointDrag(editor, point);
  const card = target.closest("[data-card]");
  if (card instanceof HTMLElement) return () => cardDrag(editor, board, card, grip);
  const stage = target.closest("[data-stage]");
  if (stage instanceof HTMLElement) return () => stageDrag(editor, board, stage, grip);
  const step = target.closest("[data-step-head]");
  if (step instanceof HTMLElement) return () => stepDrag(editor, board, step, grip);
  const lane = target.closest("[data-lane-head]");
  if (lane instanceof HTMLElement) return () => laneDrag(editor, board, lane, grip);
  return null;
}

/** The one line that shows where a thing will land. @param {Editor} editor @param {HTMLElement} board */
function markOf(editor, board) {
  const mark = /** @type {HTMLElement} */ (board.querySelector(".drop-mark"));
  const canvas = /** @type {HTMLElement} */ (board.querySelector(".board-canvas"));
  return {
    /** @param {{left: number, top: number, width: number, height: number}} box in the window */
    show(box) {
      const origin = canvas.getBoundingClientRect();
      const zoom = editor.zoom.peek();
      mark.hidden = false;
      mark.style.translate = `${(box.left - origin.left) / zoom}px ${(box.top - origin.top) / zoom}px`;
      mark.style.inlineSize = `${box.width / zoom}px`;
      mark.style.blockSize = `${box.height / zoom}px`;
    },
    hide: () => (mark.hidden = true),
  };
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} card @param {Place} grip @returns {Session | null} */
function cardDrag(editor, board, card, grip) {
  const id = card.dataset.card ?? "";
  if (editor.editing.peek()?.id === id) return null;
  const chosen = editor.selection.peek();
  const ids = chosen?.type === "card" && chosen.ids.includes(id) ? chosen.ids : [id];
  editor.select("card", ids);
  const ghost = makeGhost(card, grip, ids.length);
  const mark = markOf(editor, board);
  const moving = new Set(ids);
  for (const each of ids) board.querySelector(`[data-card="${each}"]`)?.setAttribute("data-lifted", "true");
  /** @type {{lane: string, step: string, after: string | null} | null} */
  let target = null;
  /** @param {Place} place */
  const aim = (place) => {
    const cell = document
      .elementsFromPoint(place.x, place.y)
      .find((node) => node instanceof HTMLElement && node.dataset.cell && !node.dataset.emotions);
    if (!(cell instanceof HTMLElement)) return null;
    const [lane, step] = (cell.dataset.cell ?? "").split(":");
    const cards = all(cell, "[data-card]").filter((node) => !moving.has(node.dataset.card ?? ""));
    const below = cards.findIndex((node) => {
      const box = node.getBoundingClientRect();
      return place.y < box.top + box.height / 2;
    });
    const index = below < 0 ? cards.length : below;
    const box = cell.getBoundingClientRect();
    const edge =
      index > 0
        ? cards[index - 1].getBoundingClientRect().bottom + 2
        : cards.length
          ? cards[0].getBoundingClientRect().top - 3
          : box.top + 6;
    mark.show({ left: box.left + 7, top: edge - 1, width: box.width - 14, height: 3 });
    return { lane, step, after: index > 0 ? (cards[index - 1].dataset.card ?? null) : null };
  };
  return {
    move(place) {
      ghost.move(place);
      target = aim(place);
      if (!target) mark.hide();
    },
    drop(place) {
      target = aim(place);
      mark.hide();
      if (target && !standsThere(editor, ids, target)) moveCards(editor, ids, target.lane, target.step, target.after);
    },
    cancel() {
      ghost.remove();
      mark.hide();
      for (const node of all(board, "[data-lifted]")) node.removeAttribute("data-lifted");
    },
  };
}

/** Whether the cards stand exactly there already. @param {Editor} editor @param {string[]} ids @param {{lane: string, step: string, after: string | null}} place */
function standsThere({ store }, ids, { lane, step, after }) {
  const cell = store.cell(lane, step).peek();
  const at = after === null ? 0 : cell.indexOf(after) + 1;
  return ids.every((id, index) => cell[at + index] === id);
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} card @returns {Session} */
function stretchDrag(editor, board, card) {
  const id = card.dataset.card ?? "";
  const record = editor.store.record("card", id).peek();
  const columns = all(board, "[data-step-head]");
  const first = columns.findIndex((node) => node.dataset.stepHead === record?.step);
  const mark = markOf(editor, board);
  let span = record?.span ?? 1;
  const measure = (/** @type {Place} */ place) => {
    const reached = columns.filter(
      (node, index) => index >= first && node.getBoundingClientRect().left + 8 < place.x,
    ).length;
    return Math.max(1, reached);
  };
  return {
    move(place) {
      span = measure(place);
      const [start, end] = [
        columns[first].getBoundingClientRect(),
        columns[Math.min(first + span - 1, columns.length - 1)].getBoundingClientRect(),
      ];
      const box = card.getBoundingClientRect();
      mark.show({ left: start.left + 6, top: box.bottom, width: end.right - start.left - 12, height: 3 });
    },
    drop() {
      if (span !== record?.span) editor.set("card", id, { span }, t("stretched a card"));
    },
    cancel: () => mark.hide(),
  };
}

/** @param {Editor} editor @param {HTMLElement} point @returns {Session} */
function pointDrag(editor, point) {
  const id = point.dataset.point ?? "";
  const plot = /** @type {HTMLElement} */ (point.closest(".plot"));
  editor.select("emotion", [id]);
  const valueAt = (/** @type {Place} */ place) => {
    const box = plot.getBoundingClientRect();
    return Math.max(-100, Math.min(100, Math.round(100 - ((place.y - box.top) / box.height) * 200)));
  };
  return {
    move(place) {
      editor.dragValue.value = { type: "emotion", id, valence: valueAt(place) };
    },
    drop(place) {
      const valence = valueAt(place);
      if (editor.store.record("emotion", id).peek()?.valence !== valence)
        editor.set("emotion", id, { valence }, t("moved a point of the curve"));
      editor.dragValue.value = null;
    },
    cancel() {
      editor.dragValue.value = null;
    },
  };
}

/**
 * Where a pointer falls among boxes in a row or column: the index of the first whose middle is further.
 * @param {HTMLElement[]} nodes @param {number} at @param {"x" | "y"} axis
 */
function indexAmong(nodes, at, axis) {
  const found = nodes.findIndex((node) => {
    const box = node.getBoundingClientRect();
    return at < (axis === "x" ? box.left + box.width / 2 : box.top + box.height / 2);
  });
  return found < 0 ? nodes.length : found;
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} node @param {Place} grip @param {(place: Place) => (() => void) | null} aim draws the mark and says what a drop would do */
function headDrag(editor, board, node, grip, aim) {
  const ghost = makeGhost(node, grip, 1);
  const mark = markOf(editor, board);
  node.setAttribute("data-lifted", "true");
  return {
    move: (/** @type {Place} */ place) => {
      ghost.move(place);
      if (!aim(place)) mark.hide();
    },
    drop: (/** @type {Place} */ place) => {
      const act = aim(place);
      mark.hide();
      act?.();
    },
    cancel: () => {
      ghost.remove();
      mark.hide();
      node.removeAttribute("data-lifted");
    },
  };
}

/** @param {HTMLElement} board */
function bodyHeight(board) {
  const grid = /** @type {HTMLElement} */ (board.querySelector(".board-grid")).getBoundingClientRect();
  const head = /** @type {HTMLElement} */ (board.querySelector(".board-head")).getBoundingClientRect();
  return { top: head.top, height: Math.max(head.height, grid.bottom - head.top) };
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} node @param {Place} grip */
function stageDrag(editor, board, node, grip) {
  const id = node.dataset.stage ?? "";
  editor.select("stage", [id]);
  const mark = markOf(editor, board);
  return headDrag(editor, board, node, grip, (place) => {
    const stages = all(board, "[data-stage]").filter((each) => each.dataset.stage !== id);
    const index = indexAmong(stages, place.x, "x");
    const edge =
      index > 0 ? stages[index - 1].getBoundingClientRect().right : (stages[0]?.getBoundingClientRect().left ?? 0);
    mark.show({ left: edge - 1, width: 3, ...bodyHeight(board) });
    const after = index > 0 ? (stages[index - 1].dataset.stage ?? null) : null;
    const order = editor.store.stages().peek();
    return (order[order.indexOf(id) - 1] ?? null) === after ? () => undefined : () => placeStage(editor, id, after);
  });
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} node @param {Place} grip */
function stepDrag(editor, board, node, grip) {
  const id = node.dataset.stepHead ?? "";
  editor.select("step", [id]);
  const mark = markOf(editor, board);
  return headDrag(editor, board, node, grip, (place) => {
    const stageNode = all(board, "[data-stage]").find((each) => {
      const box = each.getBoundingClientRect();
      return place.x >= box.left && place.x < box.right;
    });
    const stage = stageNode?.dataset.stage;
    if (!stage) return null;
    const inStage = new Set(editor.store.steps(stage).peek());
    const heads = all(board, "[data-step-head]").filter(
      (each) => inStage.has(each.dataset.stepHead ?? "") && each.dataset.stepHead !== id,
    );
    const index = indexAmong(heads, place.x, "x");
    const box = stageNode.getBoundingClientRect();
    const edge = index > 0 ? heads[index - 1].getBoundingClientRect().right : box.left;
    mark.show({ left: edge - 1, width: 3, ...bodyHeight(board) });
    const after = index > 0 ? (heads[index - 1].dataset.stepHead ?? null) : null;
    const order = editor.store.steps(stage).peek();
    const same = order.includes(id) && (order[order.indexOf(id) - 1] ?? null) === after;
    return same ? () => undefined : () => placeStep(editor, id, stage, after);
  });
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} node @param {Place} grip */
function laneDrag(editor, board, node, grip) {
  const id = node.dataset.laneHead ?? "";
  editor.select("lane", [id]);
  const mark = markOf(editor, board);
  return headDrag(editor, board, node, grip, (place) => {
    const lanes = all(board, ".lane").filter((each) => each.dataset.lane !== id);
    const index = indexAmong(lanes, place.y, "y");
    const box = (lanes[Math.max(0, index - 1)] ?? node).getBoundingClientRect();
    mark.show({ left: box.left, top: (index > 0 ? box.bottom : box.top) - 1, width: box.width, height: 3 });
    const after = index > 0 ? (lanes[index - 1].dataset.lane ?? null) : null;
    const order = editor.store.lanes().peek();
    return (order[order.indexOf(id) - 1] ?? null) === after ? () => undefined : () => placeLane(editor, id, after);
  });
}
