/** The whole screen of the editor: header, board or outline, inspector, and what floats above. */
import { h, render } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Board } from "./board.js";
import { Header } from "./header.js";
import { fetchWhenIdle, Later } from "./later.js";
import { SelectionBar } from "./selection-bar.js";
import { Refusals, Toasts } from "./notices.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {Editor} editor @param {HTMLElement} root */
export function draw(editor, root) {
  root.replaceChildren();
  render(h(App, { editor }), root);
  const stop = editor.store.ready.subscribe((ready) => {
    if (ready) fetchWhenIdle([find, menu, DIALOGS.palette, DIALOGS.move, DIALOGS.lane]);
  });
  window.addEventListener("pagehide", stop, { once: true });
}

/** @param {{editor: Editor}} props */
function App({ editor }) {
  const ready = editor.store.ready.value;
  return h(
    "div",
    {
      class: "editor-shell",
      "data-inspector": editor.inspector.value || undefined,
      "data-readonly": !editor.canEdit.value || undefined,
    },
    h(Header, { editor }),
    h(Refusals, { editor }),
    h(
      "div",
      { class: "editor-main" },
      h(
        "div",
        { class: "editor-stage" },
        editor.finding.value !== null && h(Later, { key: "find", editor, load: find }),
        ready
          ? editor.view.value === "board"
            ? h(Board, { editor })
            : h(Later, { key: "outline", editor, load: outline })
          : h(Loading, null),
      ),
      editor.inspector.value && ready && h(Later, { key: "inspector", editor, load: inspector }),
    ),
    h(SelectionBar, { editor }),
    editor.menu.value && h(Later, { key: "menu", editor, load: menu }),
    h(OpenDialog, { editor }),
    h(Toasts, { editor }),
  );
}

const find = () => import("./find.js").then((module) => module.FindBar);
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
  return h(
    "div",
    { class: "board-loading", role: "status", "aria-label": t("The map is loading") },
    [1, 2, 3, 4, 5, 6].map((n) => h("div", { key: n, class: "skeleton" })),
  );
}
