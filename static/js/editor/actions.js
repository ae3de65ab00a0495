/** Commands as buttons at the end of the inspector. */
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { can, command } from "./commands.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

/** @param {{editor: Editor, ids: string[]}} props */
export function Actions({ editor, ids }) {
  const shown = ids.filter((id) => can(editor, id));
  if (!shown.length) return null;
  return h(
    "div",
    { class: "inspector-actions" },
    shown.map((id) => {
      const { label, icon: picture, run } = command(id);
      return h(
        "button",
        {
          key: id,
          type: "button",
          class: `button button-small button-quiet ${id === "delete" ? "menu-item-danger" : ""}`,
          onClick: () => run(editor),
        },
        icon(picture ?? "info"),
        t(label),
      );
    }),
  );
}
