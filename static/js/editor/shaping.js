/** Changes of the scaffold and of cards that commands, menus and drags have in common. */
import { t, tn } from "../i18n.js";
import { newId } from "../ids.js";
import { COLORS, LANES } from "./kinds.js";
import { cardName, laneName, short, stageName, stepName } from "./naming.js";
import { typeName } from "./state.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").Intent} Intent */

/** Opens a title for writing once it is on the screen. @param {Editor} editor @param {import("../types").RecordType} type @param {string} id @param {string} [field] */
export function rename(editor, type, id, field = "title") {
  if (!editor.canEdit.peek()) return;
  editor.select(type, [id]);
  editor.write({ type, id, field });
}

/** @param {Editor} editor @param {string | null} [after] the stage before; absent: last */
export function addStage(editor, after) {
  const stages = editor.store.stages().peek();
  const [id, step] = [newId(), newId()];
  const color = COLORS[(5 + stages.length) % (COLORS.length - 2)];
  editor.edit(
    [
      {
        op: "insert",
        type: "stage",
        id,
        fields: { title: "", color },
        after: after === undefined ? (stages[stages.length - 1] ?? null) : after,
      },
      { op: "insert", type: "step", id: step, fields: { stage: id, title: "" }, after: null },
    ],
    t("added a stage"),
  );
  rename(editor, "stage", id);
}

/** @param {Editor} editor @param {string} stage @param {string | null} after */
export function addStep(editor, stage, after) {
  const id = newId();
  editor.edit([{ op: "insert", type: "step", id, fields: { stage, title: "" }, after }], t("added a step"));
  rename(editor, "step", id);
}

/** @param {Editor} editor @param {string} kind @param {string | null} [after] */
export function addLane(editor, kind, after) {
  const lanes = editor.store.lanes().peek();
  const id = newId();
  const look = LANES[/** @type {import("../types").LaneKind} */ (kind)];
  editor.edit(
    [
      {
        op: "insert",
        type: "lane",
        id,
        fields: { kind, title: t(look.label) },
        after: after === undefined ? (lanes[lanes.length - 1] ?? null) : after,
      },
    ],
    t("added a lane"),
  );
  editor.select("lane", [id]);
  editor.announce(t("Added the lane {name}.", { name: t(look.label) }));
  requestAnimationFrame(() => focusThing("lane", id));
}

const FINDERS = /** @type {Record<string, string>} */ ({
  card: "data-card",
  stage: "data-stage",
  step: "data-step-head",
  lane: "data-lane-head",
  emotion: "data-point",
});

/** @param {string} type @param {string} id */
export function focusThing(type, id) {
  const node = document.querySelector(`[${FINDERS[type]}="${id}"]`);
  if (!(node instanceof HTMLElement)) return;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {Editor} editor */
export function deleteSelection(editor) {
  const chosen = editor.selection.peek();
  if (!chosen || chosen.type === "map" || !editor.canEdit.peek()) return;
  const { store } = editor;
  if (chosen.type === "step") {
    const step = store.record("step", chosen.ids[0]).peek();
    if (step && store.steps(step.stage).peek().length === 1) {
      editor.toast(t("A stage keeps at least one step. Delete the stage instead."), { kind: "error" });
      return;
    }
  }
  const what =
    chosen.ids.length === 1
      ? nameOf(editor, chosen.type, chosen.ids[0])
      : tn("{n} card", "{n} cards", chosen.ids.length);
  const next = neighbourOf(chosen.ids[chosen.ids.length - 1]);
  const ops = chosen.ids.map((id) => /** @type {Intent} */ ({ op: "delete", type: chosen.type, id }));
  editor.edit(
    ops,
    chosen.ids.length === 1
      ? t("deleted {what}", { what: typeName(chosen.type) })
      : tn("deleted {n} card", "deleted {n} cards", chosen.ids.length),
  );
  editor.select("card", []);
  editor.toast(t("Deleted {what}.", { what }), { action: { label: t("Undo"), run: () => void undo(editor) } });
  requestAnimationFrame(() => next?.focus());
}

/** Where the focus goes when a thing is deleted: the next card of its cell, or the cell, or the heading beside it. @param {string} id */
function neighbourOf(id) {
  const node = document.querySelector(
    `[data-card="${id}"], [data-point="${id}"], [data-stage="${id}"], [data-step-head="${id}"], [data-lane-head="${id}"]`,
  );
  const near = node?.nextElementSibling?.matches("[data-card], [data-stage], [data-step-head]")
    ? node.nextElementSibling
    : node?.previousElementSibling?.matches("[data-card], [data-stage], [data-step-head]")
      ? node.previousElementSibling
      : null;
  const found = near ?? node?.closest("[data-cell]") ?? document.querySelector("[data-stage], [data-lane-head]");
  return found instanceof HTMLElement ? found : null;
}

/** @param {Editor} editor @param {import("../types").RecordType} type @param {string} id */
export function nameOf({ store }, type, id) {
  if (type === "card") return cardName(store, id);
  if (type === "lane") return t("the lane {name}", { name: laneName(store, id) });
  if (type === "stage") return t("the stage {name}", { name: stageName(store, id) });
  if (type === "step") return t("the step {name}", { name: stepName(store, id) });
  if (type === "map") return t("the map");
  return typeName(type);
}

/** @param {Editor} editor */
export async function undo(editor) {
  sayUndone(editor, await editor.store.undo(), t("Undid"), t("Nothing to undo."));
}
/** @param {Editor} editor */
export async function redo(editor) {
  sayUndone(editor, await editor.store.redo(), t("Redid"), t("Nothing to redo."));
}

/** @param {Editor} editor @param {import("../types").UndoResult | null} result @param {string} verb @param {string} nothing */
function sayUndone(editor, result, verb, nothing) {
  if (!result || (!result.done && !result.message && !result.label)) return editor.toast(nothing);
  if (!result.done && result.message) return editor.toast(result.message, { kind: "error" });
  const left = result.left
    ? ` ${tn("One thing a colleague has changed since was left alone.", "{n} things colleagues have changed since were left alone.", result.left)}`
    : "";
  return editor.toast(`${verb}: ${result.label || t("a change")}.${left}`);
}

/** @param {Editor} editor @param {string} color */
export function recolor(editor, color) {
  const chosen = editor.selection.peek();
  if (!chosen || !editor.canEdit.peek() || !["card", "stage"].includes(chosen.type)) return;
  editor.edit(
    chosen.ids.map((id) => /** @type {Intent} */ ({ op: "set", type: chosen.type, id, fields: { color } })),
    t("changed a colour"),
  );
}

/** Copies of the selected cards, each below its original. @param {Editor} editor */
export function duplicate(editor) {
  const chosen = editor.selection.peek();
  if (chosen?.type !== "card") return;
  const originals = chosen.ids.map((id) => editor.store.record("card", id).peek()).filter((card) => card !== null);
  const copies = originals.map((card) => {
    const { id, rank: _, ...fields } = card;
    return /** @type {import("../types").InsertOp} */ ({ op: "insert", type: "card", id: newId(), fields, after: id });
  });
  editor.edit(copies, tn("duplicated a card", "duplicated {n} cards", copies.length));
  editor.select(
    "card",
    copies.map((op) => op.id),
  );
}

/**
 * Puts cards into a cell, in their order, behind `after` (null: first).
 * @param {Editor} editor @param {string[]} ids @param {string} lane @param {string} step @param {string | null} after
 */
export function moveCards(editor, ids, lane, step, after) {
  let above = after;
  const ops = ids.map((id) => {
    const op = /** @type {Intent} */ ({ op: "set", type: "card", id, fields: { lane, step }, after: above });
    above = id;
    return op;
  });
  editor.edit(ops, tn("moved a card", "moved {n} cards", ids.length));
  const where = `${laneName(editor.store, lane)}, ${stepName(editor.store, step)}`;
  editor.announce(
    ids.length === 1
      ? t("Moved {card} to {where}.", { card: cardName(editor.store, ids[0]), where })
      : tn("Moved {n} card to {where}.", "Moved {n} cards to {where}.", ids.length, { where }),
  );
  if (ids.length === 1) requestAnimationFrame(() => focusThing("card", ids[0]));
}

/** One place further by keyboard. @param {Editor} editor @param {"up" | "down" | "left" | "right"} direction */
export function moveSelection(editor, direction) {
  const chosen = editor.selection.peek();
  if (!chosen || !editor.canEdit.peek()) return;
  const [id] = chosen.ids;
  const by = direction === "up" || direction === "left" ? -1 : 1;
  if (chosen.type === "card") moveCard(editor, id, direction, by);
  else if (chosen.type === "lane" && (direction === "up" || direction === "down")) moveLane(editor, id, by);
  else if (chosen.type === "stage" && (direction === "left" || direction === "right")) moveStage(editor, id, by);
  else if (chosen.type === "step" && (direction === "left" || direction === "right")) moveStep(editor, id, by);
}

/** @param {Editor} editor @param {string} id @param {string} direction @param {number} by */
function moveCard(editor, id, direction, by) {
  const { store } = editor;
  const card = store.record("card", id).peek();
  if (!card) return;
  if (direction === "left" || direction === "right") {
    const steps = store.allSteps().peek();
    const step = steps[steps.indexOf(card.step) + by];
    if (step) moveCards(editor, [id], card.lane, step, lastOf(store.cell(card.lane, step).peek()));
    return;
  }
  const ids = store.cell(card.lane, card.step).peek();
  const at = ids.indexOf(id) + by;
  if (at >= 0 && at < ids.length)
    return moveCards(editor, [id], card.lane, card.step, by > 0 ? ids[at] : (ids[at - 1] ?? null));
  const lanes = store
    .lanes()
    .peek()
    .filter((lane) => store.record("lane", lane).peek()?.kind !== "emotions");
  const lane = lanes[lanes.indexOf(card.lane) + by];
  if (lane) moveCards(editor, [id], lane, card.step, by > 0 ? null : lastOf(store.cell(lane, card.step).peek()));
}

/** @param {string[]} ids */
const lastOf = (ids) => ids[ids.length - 1] ?? null;

/** The neighbour to stand behind after going one place on. @param {string[]} ids @param {string} id @param {number} by @returns {string | null | undefined} undefined: there is no further */
function behind(ids, id, by) {
  const at = ids.indexOf(id) + by;
  if (at < 0 || at >= ids.length) return undefined;
  return by > 0 ? ids[at] : (ids[at - 1] ?? null);
}

/** @param {Editor} editor @param {string} id @param {number} by */
function moveLane(editor, id, by) {
  const after = behind(editor.store.lanes().peek(), id, by);
  if (after === undefined) return;
  placeLane(editor, id, after);
}

/** @param {Editor} editor @param {string} id @param {string | null} after */
export function placeLane(editor, id, after) {
  editor.edit([{ op: "set", type: "lane", id, fields: {}, after }], t("moved a lane"));
  editor.announce(
    t("Moved the lane {name} to place {n}.", {
      name: laneName(editor.store, id),
      n: editor.store.lanes().peek().indexOf(id) + 1,
    }),
  );
  requestAnimationFrame(() => focusThing("lane", id));
}

/** @param {Editor} editor @param {string} id @param {number} by */
function moveStage(editor, id, by) {
  const after = behind(editor.store.stages().peek(), id, by);
  if (after !== undefined) placeStage(editor, id, after);
}

/** @param {Editor} editor @param {string} id @param {string | null} after */
export function placeStage(editor, id, after) {
  editor.edit([{ op: "set", type: "stage", id, fields: {}, after }], t("moved a stage"));
  editor.announce(
    t("Moved the stage {name} to place {n}.", {
      name: stageName(editor.store, id),
      n: editor.store.stages().peek().indexOf(id) + 1,
    }),
  );
  requestAnimationFrame(() => focusThing("stage", id));
}

/** @param {Editor} editor @param {string} id @param {number} by */
function moveStep(editor, id, by) {
  const { store } = editor;
  const step = store.record("step", id).peek();
  if (!step) return;
  const after = behind(store.steps(step.stage).peek(), id, by);
  if (after !== undefined) return placeStep(editor, id, step.stage, after);
  const stages = store.stages().peek();
  const stage = stages[stages.indexOf(step.stage) + by];
  if (stage) placeStep(editor, id, stage, by > 0 ? null : lastOf(store.steps(stage).peek()));
}

/** @param {Editor} editor @param {string} id @param {string} stage @param {string | null} after */
export function placeStep(editor, id, stage, after) {
  const { store } = editor;
  const now = store.record("step", id).peek();
  if (!now) return;
  if (now.stage !== stage && store.steps(now.stage).peek().length === 1) {
    editor.toast(
      t("A stage keeps at least one step, so “{name}” stays. Move the stage instead.", {
        name: short(now.title || stageName(store, now.stage)),
      }),
      { kind: "error" },
    );
    return;
  }
  editor.edit([{ op: "set", type: "step", id, fields: { stage }, after }], t("moved a step"));
  editor.announce(t("Moved the step {name}.", { name: stepName(store, id) }));
  requestAnimationFrame(() => focusThing("step", id));
}

/** @param {Editor} editor @param {number} by */
export function stretchCard(editor, by) {
  const chosen = editor.selection.peek();
  if (chosen?.type !== "card") return;
  const card = editor.store.record("card", chosen.ids[0]).peek();
  const steps = editor.store.allSteps().peek();
  if (!card) return;
  const span = Math.max(1, Math.min(steps.length - steps.indexOf(card.step), card.span + by));
  if (span === card.span) return;
  editor.set("card", card.id, { span }, t("stretched a card"));
  editor.announce(tn("Now {n} step wide.", "Now {n} steps wide.", span));
  requestAnimationFrame(() => focusThing("card", card.id));
}
