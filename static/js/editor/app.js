/** The whole screen of the editor: header, board or outline, inspector, and what floats above. */
import { h, render } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Board } from "./board.js";
import { FindBar } from "./find.js";
import { Header } from "./header.js";
import { icon } from "./icon.js";
import { Later } from "./later.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {Editor} editor @param {HTMLElement} root */
export function draw(editor, root) {
  root.replaceChildren();
  render(h(App, { editor }), root);
}

/** @param {{editor: Editor}} props */
function App({ editor }) {
  const ready = editor.store.ready.value;
  return h(
    "div",
    { class: "editor-shell", "data-inspector": editor.inspector.value || undefined, "data-readonly": !editor.canEdit.value || undefined },
    h(Header, { editor }),
    h(Refusals, { editor }),
    h(
      "div",
      { class: "editor-main" },
      h("div", { class: "editor-stage" }, h(FindBar, { editor }), ready ? (editor.view.value === "board" ? h(Board, { editor }) : h(Later, { key: "outline", editor, load: outline })) : h(Loading, null)),
      editor.inspector.value && ready && h(Later, { key: "inspector", editor, load: inspector }),
    ),
    editor.menu.value && h(Later, { key: "menu", editor, load: menu }),
    h(OpenDialog, { editor }),
    h(Toasts, { editor }),
  );
}

const outline = () => import("./outline.js").then((module) => module.Outline);
const inspector = () => import("./inspector.js").then((module) => module.Inspector);
const menu = () => import("./menus.js").then((module) => module.OpenMenu);

/** @type {Record<string, () => Promise<import("./later").Part>>} */
const DIALOGS = {
  palette: () => import("./dialogs.js").then((module) => module.Palette),
  shortcuts: () => import("./dialogs.js").then((module) => module.Shortcuts),
  lane: () => import("./dialogs.js").then((module) => module.LanePicker),
  move: () => import("./dialogs.js").then((module) => module.MoveTo),
  share: () => import("./share.js").then((module) => module.Share),
  export: () => import("./export.js").then((module) => module.Export),
};

/** @param {{editor: Editor}} props */
function OpenDialog({ editor }) {
  const name = editor.dialog.value;
  return name && DIALOGS[name] ? h(Later, { key: name, editor, load: DIALOGS[name] }) : null;
}

/** Grey bars in the shape of a board until the document is there. */
function Loading() {
  return h("div", { class: "board-loading", role: "status", "aria-label": t("The map is loading") }, [1, 2, 3, 4, 5, 6].map((n) => h("div", { key: n, class: "skeleton" })));
}

/** Changes the server would not take: shown with their words, never dropped silently. @param {{editor: Editor}} props */
function Refusals({ editor }) {
  const refused = editor.store.refused.value;
  if (!refused.length) return null;
  const last = refused[refused.length - 1];
  return h(
    "div",
    { class: "notice refusal", "data-kind": "error", role: "alert" },
    icon("circle-alert"),
    h(
      "div",
      { class: "grow" },
      h("p", null, h("strong", null, t("A change was not taken. ")), last.message),
      last.text && h("p", { class: "small" }, t("Your words: “{text}”", { text: last.text.length > 300 ? `${last.text.slice(0, 300)}…` : last.text })),
    ),
    h("button", { type: "button", class: "button button-small button-quiet", onClick: () => editor.store.dismiss(last.key) }, refused.length > 1 ? t("Next ({n})", { n: refused.length - 1 }) : t("Dismiss")),
  );
}

/** @param {{editor: Editor}} props */
function Toasts({ editor }) {
  return h(
    "div",
    { class: "toasts" },
    editor.toasts.value.map((toast) =>
      h(
        "div",
        { key: toast.id, class: "toast", "data-kind": toast.kind },
        h("p", null, toast.text),
        toast.action && h("button", { type: "button", class: "button button-quiet button-small", onClick: () => { editor.dismissToast(toast.id); toast.action?.run(); } }, toast.action.label),
        h("button", { type: "button", class: "icon-button button-small", "aria-label": t("Dismiss"), onClick: () => editor.dismissToast(toast.id) }, icon("x")),
      ),
    ),
  );
}
