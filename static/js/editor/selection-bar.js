/** On a phone: what can be done with the selected thing, in reach of the thumb. Everything a drag does is here too. */
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { can, command } from "./commands.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

const SHOWN = ["open", "inspector", "moment", "move-to", "duplicate", "delete"];
/** @type {Record<string, string>} */
const NAMES = { open: "Write", inspector: "Details" };

/** @param {{editor: Editor}} props */
export function SelectionBar({ editor }) {
  if (!editor.selection.value || editor.inspector.value || editor.editing.value || editor.view.value !== "board")
    return null;
  const shown = SHOWN.filter((id) => can(editor, id));
  return h(
    "div",
    { class: "selection-bar", role: "toolbar", "aria-label": t("What is selected") },
    shown.map((id) => {
      const { label, icon: picture, run } = command(id);
      const name = t(NAMES[id] ?? label);
      return h(
        "button",
        {
          key: id,
          type: "button",
          class: `icon-button ${id === "delete" ? "menu-item-danger" : ""}`,
          "aria-label": name,
          title: name,
          onClick: () => run(editor),
        },
        icon(picture ?? "info"),
      );
    }),
  );
}
