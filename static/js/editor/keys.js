/** Shortcuts: from a key press to the command that owns it, and how keys are written for people. */
import { COMMANDS } from "./commands.js";

/** @typedef {import("./state").Editor} Editor */

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
/** @type {Record<string, string>} */
const GLYPHS = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Backspace: "⌫",
  Enter: "↵",
};

/** "Mod+Shift+Z" as this keyboard writes it. @param {string} keys */
export function shownKeys(keys) {
  return keys
    .split(/\+(?!$)/)
    .map((key) => (key === "Mod" ? (MAC ? "⌘" : "Ctrl") : key === "Shift" && MAC ? "⇧" : (GLYPHS[key] ?? key)))
    .join(MAC ? "" : "+");
}

/** @param {KeyboardEvent} event @param {string} keys */
function matches(event, keys) {
  const parts = keys.split(/\+(?!$)/);
  const key = /** @type {string} */ (parts.at(-1));
  const mod = MAC ? event.metaKey : event.ctrlKey;
  if (parts.includes("Mod") !== mod || event.altKey) return false;
  if (key.length > 1 || /[A-Z]/.test(key)) {
    if (parts.includes("Shift") !== event.shiftKey) return false;
  }
  return event.key.toLowerCase() === key.toLowerCase();
}

/** @param {EventTarget | null} target */
const isField = (target) =>
  target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);

/**
 * Whether a shortcut may be heard where the focus is: fields keep their keys, buttons those that press them.
 * @param {Editor} editor @param {EventTarget | null} target @param {string} id @param {string} key
 */
function isHeard(editor, target, id, key) {
  if (isField(target)) return id === "palette" || (editor.editing.peek() !== null && (id === "undo" || id === "redo"));
  const control = target instanceof Element && target.closest("button, a, summary");
  return !(control && ["Enter", " ", "Delete", "Backspace"].includes(key));
}

/**
 * While the find bar is still being fetched, what is typed is its first words and no command.
 * @param {Editor} editor @param {KeyboardEvent} event
 */
function keepForFind(editor, event) {
  const asked = editor.finding.peek();
  if (asked === null || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isField(event.target) || document.querySelector(".find-bar")) return false;
  event.preventDefault();
  editor.finding.value = asked + event.key;
  return true;
}

/** @param {Editor} editor @returns {() => void} stops listening */
export function listenForKeys(editor) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    // A dialog that is on its way takes no keys yet, and the board none any more.
    if (event.defaultPrevented || event.isComposing || editor.dialog.peek()) return;
    if (keepForFind(editor, event)) return;
    const found = COMMANDS.find(
      (each) => each.keys?.some((keys) => matches(event, keys)) && (each.when?.(editor) ?? true),
    );
    if (!found || !isHeard(editor, event.target, found.id, event.key)) return;
    event.preventDefault();
    found.run(editor);
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
