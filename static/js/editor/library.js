/** What the workspace offers to a map: its personas and its members. Read once, when the editor is idle. */
import { call } from "../api.js";
import { t } from "../i18n.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {{id: string, name: string, role: string, color: string, portrait: string | null}} LibraryPersona */
/** @typedef {{user: string, name: string, color: string}} Member */
/** @typedef {{personas: LibraryPersona[], members: Member[]}} Library */

/** Fills `editor.library`; guests have none. @param {Editor} editor */
export async function loadLibrary(editor) {
  const workspace = editor.store.map.peek()?.workspace;
  if (!workspace || editor.store.you.peek()?.guest) return;
  try {
    const [personas, members] = await Promise.all([
      call("GET", `personas/?workspace=${workspace}`),
      call("GET", `workspaces/${workspace}/members/`),
    ]);
    editor.library.value = { personas: personas.items, members: members.items };
  } catch {
    // Without it the fields show what the map itself knows.
  }
}

/** A new persona in the library and on this map. @param {Editor} editor @param {string} name */
export async function addPersona(editor, name) {
  const workspace = editor.store.map.peek()?.workspace;
  try {
    const persona = await call("POST", "personas/", { workspace, name });
    editor.store.edit(
      [{ op: "set", type: "map", id: editor.mapId, fields: { personas: { add: [persona.id], remove: [] } } }],
      { label: t("added a persona") },
    );
    await loadLibrary(editor);
  } catch (reason) {
    editor.toast(/** @type {Error} */ (reason).message, { kind: "error" });
  }
}

/** @param {Editor} editor @param {string | null} id */
export const memberOf = ({ library }, id) =>
  id ? library.value.members.find((member) => member.user === id) : undefined;
