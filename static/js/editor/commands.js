/** Every intent of the editor in one list: toolbar, menus, shortcuts, palette and the help page read it. */
import { switchTheme } from "../page.js";
import {
  addStage,
  addStep,
  deleteSelection,
  duplicate,
  moveSelection,
  redo,
  rename,
  stretchCard,
  undo,
} from "./shaping.js";
import { startCard } from "./writing.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("./types").Command} Command */

/** @param {Editor} editor */
const writes = (editor) => editor.canEdit.value;
/** @param {...string} types */
const chosen =
  (...types) =>
  (/** @type {Editor} */ editor) =>
    editor.canEdit.value && types.includes(editor.selection.value?.type ?? "");
/** @param {Editor} editor */
const oneId = (editor) => editor.selection.peek()?.ids[0] ?? "";

/** The cell in focus, or the one of the selected card. @param {Editor} editor */
export function cellInFocus({ store, selection }) {
  const focused = document.activeElement?.closest("[data-cell]");
  if (focused instanceof HTMLElement && !focused.dataset.emotions) {
    const [lane, step] = (focused.dataset.cell ?? "").split(":");
    return { lane, step };
  }
  const card = selection.peek()?.type === "card" ? store.record("card", selection.peek()?.ids[0] ?? "").peek() : null;
  if (card) return { lane: card.lane, step: card.step };
  const lane = store
    .lanes()
    .peek()
    .find((id) => store.record("lane", id).peek()?.kind !== "emotions");
  const step = store.allSteps().peek()[0];
  return lane && step ? { lane, step } : null;
}

/** @param {Editor} editor */
function writeHere(editor) {
  const place = cellInFocus(editor);
  const selected = editor.selection.peek();
  if (place)
    startCard(
      editor,
      place.lane,
      place.step,
      selected?.type === "card" && selected.ids.length === 1 ? selected.ids[0] : undefined,
    );
}

/** @param {Editor} editor */
function editSelected(editor) {
  const now = editor.selection.peek();
  if (now?.type === "card") editor.write({ type: "card", id: now.ids[0], field: "text" });
  else if (now && ["stage", "step", "lane"].includes(now.type)) rename(editor, now.type, now.ids[0]);
}

/** The stage and step that the selection stands in. @param {Editor} editor */
function columnOf({ store, selection }) {
  const now = selection.peek();
  const record = now ? store.record(now.type, now.ids[0]).peek() : null;
  const stages = store.stages().peek();
  if (now?.type === "stage") return { stage: now.ids[0], step: store.steps(now.ids[0]).peek().at(-1) ?? null };
  const step = now?.type === "step" ? now.ids[0] : (record?.step ?? store.allSteps().peek().at(-1) ?? null);
  const stage = step ? store.record("step", step).peek()?.stage : stages.at(-1);
  return { stage, step };
}

/** @param {Editor} editor */
function stepAfter(editor) {
  const { stage, step } = columnOf(editor);
  if (stage) addStep(editor, stage, step);
  else addStage(editor);
}

/** @param {Editor} editor */
function selectLane(editor) {
  const place = cellInFocus(editor);
  if (!place) return;
  const ids = editor.store
    .allSteps()
    .peek()
    .flatMap((step) => editor.store.cell(place.lane, step).peek());
  editor.select("card", ids);
}

/** @param {Editor} editor */
function toggleMoment(editor) {
  const now = editor.selection.peek();
  if (!now) return;
  const record = editor.store.record(now.type, now.ids[0]).peek();
  if (record) editor.set(now.type, record.id, { moment_of_truth: !record.moment_of_truth });
}

/** @param {Editor} editor */
const isTouchpoint = (editor) => {
  const now = editor.selection.value;
  if (!editor.canEdit.value || !now) return false;
  if (now.type === "emotion") return true;
  return (
    now.type === "card" &&
    editor.store.record("lane", editor.store.record("card", now.ids[0]).value?.lane ?? "").value?.kind === "touchpoints"
  );
};

/** @param {Editor} editor */
function toggleLane(editor) {
  const id = oneId(editor);
  const next = new Set(editor.collapsed.peek());
  if (!next.delete(id)) next.add(id);
  editor.collapsed.value = next;
}

/** @type {readonly Command[]} */
export const COMMANDS = [
  { id: "write", label: "Write a card here", keys: ["N"], icon: "plus", group: "Write", when: writes, run: writeHere },
  {
    id: "open",
    label: "Start a card, or write in the one in focus",
    keys: ["Enter", "F2"],
    icon: "pencil",
    group: "Write",
    when: chosen("card", "stage", "step", "lane"),
    run: editSelected,
    quiet: true,
  },
  {
    id: "next-card",
    label: "While writing: next card below",
    keys: ["Mod+Enter"],
    group: "Write",
    run: () => undefined,
    quiet: true,
    when: () => false,
  },
  {
    id: "next-cell",
    label: "While writing: next cell",
    keys: ["Tab"],
    group: "Write",
    run: () => undefined,
    quiet: true,
    when: () => false,
  },
  {
    id: "duplicate",
    label: "Duplicate",
    keys: ["Mod+D"],
    icon: "copy",
    group: "Write",
    when: chosen("card"),
    run: duplicate,
  },
  {
    id: "delete",
    label: "Delete",
    keys: ["Delete", "Backspace"],
    icon: "trash-2",
    group: "Write",
    when: chosen("card", "stage", "step", "lane", "emotion"),
    run: deleteSelection,
  },
  {
    id: "undo",
    label: "Undo",
    keys: ["Mod+Z"],
    icon: "undo-2",
    group: "Write",
    when: writes,
    run: (editor) => void undo(editor),
  },
  {
    id: "redo",
    label: "Redo",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    icon: "redo-2",
    group: "Write",
    when: writes,
    run: (editor) => void redo(editor),
  },

  {
    id: "move-to",
    label: "Move to…",
    keys: ["M"],
    icon: "move",
    group: "Move",
    when: chosen("card", "stage", "step", "lane"),
    run: (editor) => (editor.dialog.value = "move"),
  },
  {
    id: "move-up",
    label: "Move up",
    keys: ["Mod+ArrowUp"],
    icon: "arrow-up",
    group: "Move",
    when: chosen("card", "lane"),
    run: (editor) => moveSelection(editor, "up"),
  },
  {
    id: "move-down",
    label: "Move down",
    keys: ["Mod+ArrowDown"],
    icon: "arrow-down",
    group: "Move",
    when: chosen("card", "lane"),
    run: (editor) => moveSelection(editor, "down"),
  },
  {
    id: "move-left",
    label: "Move left",
    keys: ["Mod+ArrowLeft"],
    icon: "arrow-left",
    group: "Move",
    when: chosen("card", "stage", "step"),
    run: (editor) => moveSelection(editor, "left"),
  },
  {
    id: "move-right",
    label: "Move right",
    keys: ["Mod+ArrowRight"],
    icon: "arrow-right",
    group: "Move",
    when: chosen("card", "stage", "step"),
    run: (editor) => moveSelection(editor, "right"),
  },
  {
    id: "wider",
    label: "Stretch over one more step",
    keys: ["Mod+Shift+ArrowRight"],
    icon: "columns-3",
    group: "Move",
    when: chosen("card"),
    run: (editor) => stretchCard(editor, 1),
  },
  {
    id: "narrower",
    label: "Stretch over one step less",
    keys: ["Mod+Shift+ArrowLeft"],
    group: "Move",
    when: chosen("card"),
    run: (editor) => stretchCard(editor, -1),
  },
  { id: "select-lane", label: "Select all cards of the lane", keys: ["Mod+A"], group: "Move", run: selectLane },

  {
    id: "add-step",
    label: "Add a step after this one",
    icon: "columns-3",
    group: "Board",
    when: writes,
    run: stepAfter,
  },
  {
    id: "add-stage",
    label: "Add a stage",
    icon: "plus",
    group: "Board",
    when: writes,
    run: (editor) => addStage(editor, columnOf(editor).stage),
  },
  {
    id: "add-lane",
    label: "Add a lane…",
    icon: "rows-3",
    group: "Board",
    when: writes,
    run: (editor) => (editor.dialog.value = "lane"),
  },
  {
    id: "moment",
    label: "Moment of truth on or off",
    keys: ["S"],
    icon: "star",
    group: "Board",
    when: isTouchpoint,
    run: toggleMoment,
  },
  {
    id: "collapse",
    label: "Collapse or open the lane",
    icon: "chevron-down",
    group: "Board",
    when: (editor) => editor.selection.value?.type === "lane",
    run: toggleLane,
  },

  {
    id: "share",
    label: "Share…",
    icon: "share-2",
    group: "Map",
    when: writes,
    run: (editor) => (editor.dialog.value = "share"),
  },
  {
    id: "export",
    label: "Export…",
    icon: "download",
    group: "Map",
    when: (editor) => editor.mayDownload,
    run: (editor) => (editor.dialog.value = "export"),
  },
  { id: "maps", label: "Back to all maps", icon: "arrow-left", group: "Map", run: () => window.location.assign("/") },

  {
    id: "inspector",
    label: "Details panel on or off",
    keys: ["I"],
    icon: "panel-right",
    group: "View",
    run: (editor) => editor.showInspector(!editor.inspector.peek()),
  },
  {
    id: "outline",
    label: "Board or outline",
    keys: ["O"],
    icon: "list",
    group: "View",
    run: (editor) => (editor.view.value = editor.view.peek() === "board" ? "outline" : "board"),
  },
  {
    id: "zoom-in",
    label: "Zoom in",
    keys: ["Mod+=", "Mod++"],
    icon: "zoom-in",
    group: "View",
    run: (editor) => editor.setZoom(editor.zoom.peek() + 0.1),
  },
  {
    id: "zoom-out",
    label: "Zoom out",
    keys: ["Mod+-"],
    icon: "zoom-out",
    group: "View",
    run: (editor) => editor.setZoom(editor.zoom.peek() - 0.1),
  },
  {
    id: "zoom-reset",
    label: "Zoom to 100 %",
    keys: ["Mod+0"],
    icon: "maximize",
    group: "View",
    run: (editor) => editor.setZoom(1),
  },
  { id: "theme", label: "Light or dark", icon: "moon", group: "View", run: switchTheme },

  {
    id: "find",
    label: "Find on the map",
    keys: ["/"],
    icon: "search",
    group: "Look up",
    run: (editor) => (editor.finding.value = editor.finding.peek() ?? ""),
  },
  {
    id: "palette",
    label: "All commands",
    keys: ["Mod+K"],
    icon: "command",
    group: "Look up",
    run: (editor) => (editor.dialog.value = "palette"),
  },
  {
    id: "shortcuts",
    label: "Keyboard shortcuts",
    keys: ["?"],
    icon: "keyboard",
    group: "Look up",
    run: (editor) => (editor.dialog.value = "shortcuts"),
  },
];

/** @param {string} id @returns {Command} */
export function command(id) {
  const found = COMMANDS.find((each) => each.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

/** @param {Editor} editor @param {string} id */
export function can(editor, id) {
  return command(id).when?.(editor) ?? true;
}
