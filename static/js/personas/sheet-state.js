/** What one open persona remembers beside the document: the editor's state, and who is in which field. */
import { effect } from "../../vendor/signals.js";
import { createKeyed } from "../editor/keyed.js";
import { createEditor } from "../editor/state.js";

/** @typedef {import("../types").Person} Person */
/** @typedef {import("../types").RecordType} RecordType */
/** @typedef {{id: string, title: string}} UsedOn */
/** @typedef {ReturnType<typeof createSheet>} Sheet */

/** @param {string} id of a record @param {string} field */
export const placeKey = (id, field) => `${id}:${field}`;

/**
 * @param {import("../store.js").Store} store
 * @param {{personaId: string, workspace: string, archived: boolean, maps: UsedOn[], announce: (text: string) => void}} page
 */
export function createSheet(store, { personaId, workspace, archived, maps, announce }) {
  const editor = createEditor(store, { mapId: personaId, mayDownload: false, roots: { announce } });
  const places = createKeyed(/** @type {Person | null} */ (null));
  effect(() => {
    /** @type {Map<string, Person>} */
    const next = new Map();
    for (const person of store.people.value) {
      const at = /** @type {{id?: string, field?: string} | null | undefined} */ (person.state?.field);
      if (at?.id && at.field) next.set(placeKey(at.id, at.field), person);
    }
    places.replace(next);
  });
  return {
    editor,
    store,
    id: personaId,
    workspace,
    archived,
    maps,
    places,

    /** Tells the others which field this person is in. @param {RecordType} type @param {string} id @param {string} field */
    enter(type, id, field) {
      store.sendPresence({ field: { type, id, field } });
    },
    leave() {
      store.endTyping();
      store.sendPresence({ field: null });
    },
    /** @param {import("../types").Fields} fields @param {string} label what it did: "changed the colour" */
    set(fields, label) {
      store.edit([{ op: "set", type: "persona", id: personaId, fields }], { label });
    },
  };
}

/** Focuses the field of a record once it is on the screen. @param {string} id @param {string} field */
export function focusField(id, field) {
  requestAnimationFrame(() => {
    const area = document.querySelector(`[data-words="${placeKey(id, field)}"] textarea`);
    if (!(area instanceof HTMLTextAreaElement)) return;
    area.focus();
    area.select();
  });
}
