/** Which record an element of the board shows, and how its menu is asked for. */

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").RecordType} RecordType */
/** @typedef {{type: RecordType, id: string, node: HTMLElement}} Thing */

/** @param {Element} node @returns {Thing | null} the record that a node shows */
export function thingAt(node) {
  const found = node.closest("[data-point], [data-card], [data-stage], [data-step-head], [data-lane-head]");
  if (!(found instanceof HTMLElement)) return null;
  const { point, card, stage, stepHead, laneHead } = found.dataset;
  if (point) return { type: "emotion", id: point, node: found };
  if (card) return { type: "card", id: card, node: found };
  if (stage) return { type: "stage", id: stage, node: found };
  if (stepHead) return { type: "step", id: stepHead, node: found };
  return laneHead ? { type: "lane", id: laneHead, node: found } : null;
}

/** @param {Editor} editor @param {Thing} thing @param {number} x @param {number} y in the window */
export function openMenuFor(editor, { type, id }, x, y) {
  editor.menu.value = { x, y, type, id };
}
