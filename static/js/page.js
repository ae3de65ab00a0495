/** What ordinary pages need from a script: menus that close, dialogs that open, fields that copy, the theme switch. */

/** @param {string} text @returns {Promise<boolean>} whether the text is on the clipboard; works without the clipboard API too. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused (no permission): the old way below may still work.
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.className = "visually-hidden";
  const host = document.querySelector("dialog[open]") ?? document.body;
  const focused = document.activeElement;
  host.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

/** Goes from the system's theme to its opposite and back. */
export function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const next = dark ? "light" : "dark";
  root.dataset.theme = next;
  try {
    window.localStorage.setItem("theme", next);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

/** @param {Event} event */
function closeMenus(event) {
  const target = event.target instanceof Node ? event.target : null;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!target || !menu.contains(target)) menu.removeAttribute("open");
  }
}

/** @param {KeyboardEvent} event */
function closeMenuByKey(event) {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.removeAttribute("open");
  open.querySelector("summary")?.focus();
}

/** @param {HTMLElement} button */
async function copyFrom(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  const text =
    source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement
      ? source.value
      : (source?.textContent ?? "");
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  if (!(await copyText(text))) return;
  label.textContent = button.dataset.copied ?? "Copied";
  setTimeout(() => {
    label.textContent = before;
  }, 1600);
}

/** @param {MouseEvent} event */
function onClick(event) {
  closeMenus(event);
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const copy = target.closest("[data-copy]");
  if (copy instanceof HTMLElement) void copyFrom(copy);
  const opener = target.closest("[data-dialog]");
  if (opener instanceof HTMLElement) {
    const dialog = document.getElementById(opener.dataset.dialog ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target.closest("[data-theme-switch]")) switchTheme();
  if (target.matches("dialog[data-dismissable]") && target instanceof HTMLDialogElement) target.close();
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", closeMenuByKey);
