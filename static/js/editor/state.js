/** What one open editor remembers beside the document: selection, what is being written, zoom, panels, toasts. */
import { batch, computed, effect, signal } from "../../vendor/signals.js";
import { t } from "../i18n.js";
import { newId } from "../ids.js";
import { createKeyed } from "./keyed.js";
import { dragOf, selectedBy } from "./presence.js";

/** @typedef {import("./types").Selection} Selection */
/** @typedef {import("./types").Editing} Editing */
/** @typedef {import("../types").Person} Person */
/** @typedef {ReturnType<typeof createEditor>} Editor */

const WRITERS = new Set(["editor", "admin", "owner"]);

/** @param {string} key @param {string} fallback */
function remembered(key, fallback) {
  try {
    return window.localStorage.getItem(`editor.${key}`) ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    window.localStorage.setItem(`editor.${key}`, value);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

/**
 * @param {import("./types").Store} store
 * @param {{mapId: string, mayDownload: boolean, roots: {announce: (text: string) => void}}} options
 */
export function createEditor(store, { mapId, mayDownload, roots }) {
  const selection = signal(/** @type {Selection | null} */ (null));
  const editing = signal(/** @type {Editing | null} */ (null));
  const toasts = signal(/** @type {import("./types").Toast[]} */ ([]));
  const selected = createKeyed(false);
  const written = createKeyed(/** @type {Editing | null} */ (null));
  const rings = createKeyed(/** @type {Person | null} */ (null));
  const ringCells = createKeyed(false);
  const preview = createKeyed(/** @type {number | null} */ (null));
  const dragValue = signal(/** @type {{type: "emotion", id: string, valence: number} | null} */ (null));
  const dimmed = signal(/** @type {Set<string> | null} */ (null));
  const zoom = signal(Number(remembered("zoom", "1")) || 1);
  const wide = matchMedia("(width >= 1100px)");
  const inspector = signal(wide.matches && remembered("inspector", "open") === "open");

  effect(() => {
    const now = selection.value;
    selected.replace(new Map((now?.ids ?? []).map((id) => [id, true])));
  });
  effect(() => {
    const now = editing.value;
    if (!now) written.replace(new Map());
    else
      written.replace(
        new Map([
          [now.id, now],
          ...(now.draft ? [/** @type {[string, Editing]} */ ([cellKey(now.draft.lane, now.draft.step), now])] : []),
        ]),
      );
  });
  effect(() => {
    const next = new Map();
    for (const drag of [...store.people.value.map((person) => dragOf(person.state)), dragValue.value])
      if (drag) next.set(drag.id, drag.valence);
    preview.replace(next);
  });
  effect(() => {
    const next = new Map();
    for (const person of store.people.value) {
      for (const id of selectedBy(person.state)) next.set(id, person);
    }
    rings.replace(next);
    const cells = [...next.keys()].map((id) => store.record("card", id).value).filter((card) => card !== null);
    ringCells.replace(new Map(cells.map((card) => [cellKey(card.lane, card.step), true])));
  });

  return {
    store,
    mapId,
    mayDownload,
    canEdit: computed(() => WRITERS.has(store.role.value)),
    selection,
    editing,
    selected,
    written,
    rings,
    /** by lane: how many cards of a cell are drawn so far */
    limits: createKeyed(Infinity),
    /** cells with a card that somebody else is in */
    ringCells,
    toasts,
    zoom,
    inspector,
    wide: () => wide.matches,
    /** ids of what a search found; null while nobody searches */
    found: dimmed,
    finding: signal(/** @type {string | null} */ (null)),
    library: signal(/** @type {import("./library").Library} */ ({ personas: [], members: [] })),
    view: signal(/** @type {"board" | "outline"} */ ("board")),
    dialog: signal(/** @type {string | null} */ (null)),
    menu: signal(/** @type {import("./types").OpenMenu | null} */ (null)),
    /** the line of a curve that gets new points; null: the first there is */
    line: signal(/** @type {string | null} */ (null)),
    hiddenLines: signal(/** @type {Set<string>} */ (new Set())),
    collapsed: signal(/** @type {Set<string>} */ (new Set())),
    /** valence shown while a point is dragged, by us or by somebody else */
    preview,
    dragValue,

    /** @param {import("../types").RecordType} type @param {string[]} ids */
    select(type, ids) {
      const now = selection.peek();
      if (now?.type === type && now.ids.join() === ids.join()) return;
      selection.value = ids.length ? { type, ids } : null;
    },
    /** @param {Editing} what */
    write(what) {
      editing.value = what;
    },
    stopWriting() {
      editing.value = null;
    },
    /** @param {number} value */
    setZoom(value) {
      const next = Math.min(2, Math.max(0.25, Math.round(value * 20) / 20));
      zoom.value = next;
      remember("zoom", String(next));
    },
    /** @param {boolean} open */
    showInspector(open) {
      inspector.value = open;
      if (wide.matches) remember("inspector", open ? "open" : "closed");
    },
    /** Says something to people who listen. @param {string} text */
    announce: roots.announce,
    /** @param {string} text @param {{kind?: "info" | "error", action?: {label: string, run: () => void}, seconds?: number}} [options] */
    toast(text, { kind = "info", action, seconds = action ? 8 : 4 } = {}) {
      const id = Date.now() + Math.random();
      toasts.value = [...toasts.peek().slice(-2), { id, text, kind, action }];
      roots.announce(text);
      setTimeout(() => this.dismissToast(id), seconds * 1000);
    },
    /** @param {number} id */
    dismissToast(id) {
      toasts.value = toasts.peek().filter((toast) => toast.id !== id);
    },
    /** One change of one or several ops. @param {import("../types").Intent[]} ops @param {string} label what it did: "moved a card" */
    edit(ops, label) {
      if (!ops.length) return;
      if (ops.length <= 400) store.edit(ops, { label });
      else {
        const group = newId();
        batch(() => {
          for (let at = 0; at < ops.length; at += 400) store.edit(ops.slice(at, at + 400), { group, label });
        });
      }
    },
    /** @param {import("../types").RecordType} type @param {string} id @param {import("../types").Fields} fields @param {string} [label] */
    set(type, id, fields, label = t("changed {what}", { what: typeName(type) })) {
      store.edit([{ op: "set", type, id, fields }], { label });
    },
  };
}

/** @param {string} lane @param {string} step */
export const cellKey = (lane, step) => `${lane}:${step}`;

/** @param {string} type */
export function typeName(type) {
  /** @type {Record<string, string>} */
  const names = {
    card: t("a card"),
    stage: t("a stage"),
    step: t("a step"),
    lane: t("a lane"),
    emotion: t("a point of the curve"),
    map: t("the map"),
    comment: t("a comment"),
    persona: t("the persona"),
    skill: t("a skill"),
    section: t("a section"),
  };
  return names[type] ?? type;
}
