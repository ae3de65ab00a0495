/** How records are called when they are spoken of: in the live region, in menus, in dialogs. */
import { t } from "../i18n.js";
import { laneLook } from "./kinds.js";

/** @typedef {import("./types").Store} Store */

/** @param {string} text @param {number} [length] */
export function short(text, length = 48) {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** @param {import("../types").AnyRecord | null | undefined} lane */
export const laneTitle = (lane) => (lane ? lane.title || t(laneLook(lane.kind).label) : t("a lane"));
/** @param {Store} store @param {string} id */
export const laneName = (store, id) => laneTitle(store.record("lane", id).value);
/** @param {Store} store @param {string} id */
export const stageName = (store, id) => store.record("stage", id).value?.title || t("Untitled stage");

/** @param {Store} store @param {string} id "Compare, Visits a shop" */
export function stepName(store, id) {
  const step = store.record("step", id).value;
  if (!step) return t("a step");
  const stage = stageName(store, step.stage);
  return step.title ? `${stage}, ${step.title}` : stage;
}

/** @param {Store} store @param {string | null} id */
export function personaName(store, id) {
  if (!id) return t("Everyone");
  return store.personas.value.find((persona) => persona.id === id)?.name || t("A persona");
}

/** A card in quotes, for a sentence. @param {Store} store @param {string} id */
export function cardName(store, id) {
  const card = store.record("card", id).value;
  return card?.text ? `“${short(card.text)}”` : t("an empty card");
}

/** @param {string} name @returns {string} two letters */
export function initials(name) {
  const words = name.split(/[^\p{L}\p{M}’']+/u).filter(Boolean);
  if (!words.length) return name.trim().slice(0, 2) || "?";
  const letters = words.length > 1 ? words[0].slice(0, 1) + words[words.length - 1].slice(0, 1) : words[0].slice(0, 2);
  return letters.toUpperCase();
}
