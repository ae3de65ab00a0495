/** Parts of the screen whose script is only fetched when they are asked for. */
import { h } from "../../vendor/preact.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { t } from "../i18n.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("preact").FunctionComponent<{editor: Editor}>} Part */

/** @param {{editor: Editor, load: () => Promise<Part>}} props */
export function Later({ editor, load }) {
  const [part, setPart] = useState(/** @type {{Part: Part} | null} */ (null));
  useEffect(() => {
    load().then(
      (Part) => setPart({ Part }),
      () => {
        editor.dialog.value = null;
        editor.toast(t("This panel could not be loaded. Check the connection and try again."), { kind: "error" });
      },
    );
  }, []);
  return part ? h(part.Part, { editor }) : null;
}
