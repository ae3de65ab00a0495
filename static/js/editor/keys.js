/** Shortcuts: from a key press to the command that owns it, and how keys are written for people. */
import { COMMANDS } from "./commands.js";

/** @typedef {import("./state").Editor} Editor */

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
/** @type {Record<string, string>} */
const GLYPHS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", Backspace: "⌫", Enter: "↵" };

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
const isField = (target) => target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);

/** @param {Editor} editor @returns {() => void} stops listening */
export function listenForKeys(editor) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const field = isField(event.target);
    const found = COMMANDS.find((each) => each.keys?.some((keys) => matches(event, keys)) && (each.when?.(editor) ?? true));
    if (!found) return;
    if (field && !["palette", "undo", "redo"].includes(found.id)) return;
    if (field && found.id !== "palette" && !editor.editing.peek()) return;
    if (document.querySelector("dialog[open]") && !(field && found.id === "palette")) return;
    const onBoard = event.target instanceof Element && event.target.closest(".board, body > .editor") !== null;
    if (event.target instanceof Element && event.target.closest("button, a, summary") && ["Enter", " ", "Delete", "Backspace"].includes(event.key) && onBoard) return;
    event.preventDefault();
    found.run(editor);
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
