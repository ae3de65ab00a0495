/** Other people on the board: cursors with names. Their rings are drawn by the things they are in. */
import { h } from "../../vendor/preact.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { cursorOf } from "./presence.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").Person} Person */

/** @param {{editor: Editor}} props */
export function PeopleLayer({ editor }) {
  const people = editor.store.people.value.filter((person) => cursorOf(person.state));
  return h(
    "div",
    { class: "people-layer", "aria-hidden": "true" },
    people.map((person) => h(PersonCursor, { key: person.id, editor, person })),
  );
}

/** @param {string} at */
const anchor = (at) =>
  document.querySelector(
    `[data-cell="${at}"], [data-stage="${at}"], [data-step-head="${at}"], [data-lane-head="${at}"]`,
  );

/** @param {{editor: Editor, person: Person}} props */
function PersonCursor({ editor, person }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  const cursor = cursorOf(person.state);
  const zoom = editor.zoom.value;
  useLayoutEffect(() => {
    const place = cursor && anchor(cursor.at);
    const layer = node.current?.parentElement;
    if (!node.current || !layer) return;
    node.current.hidden = !place;
    if (!place || !cursor) return;
    const [box, origin] = [place.getBoundingClientRect(), layer.getBoundingClientRect()];
    const x = (box.left - origin.left + cursor.x * box.width) / zoom;
    const y = (box.top - origin.top + cursor.y * box.height) / zoom;
    node.current.style.translate = `${x}px ${y}px`;
    node.current.style.setProperty("--person", person.color ?? "");
  });
  return h(
    "div",
    { ref: node, class: "cursor" },
    h("svg", { class: "cursor-arrow", viewBox: "0 0 16 16" }, h("path", { d: "M2 1.5 13.5 7 8 8.6 5.6 14Z" })),
    h("span", { class: "cursor-name" }, person.name || t("Guest")),
  );
}

const BETWEEN_SENDS = 60;

/**
 * Tells the others where the pointer is, what is selected and what is being written; at most every 60 ms.
 * @param {Editor} editor
 * @param {HTMLElement} board
 * @returns {() => void} stops
 */
export function sharePresence(editor, board) {
  /** @type {import("../types").Presence} */
  let state = {};
  let timer = 0;
  const send = () => {
    timer = 0;
    editor.store.sendPresence(state);
  };
  /** @param {import("../types").Presence} part */
  const share = (part) => {
    state = { ...state, ...part };
    timer ||= window.setTimeout(send, BETWEEN_SENDS);
  };
  /** @param {PointerEvent} event */
  const onMove = (event) => {
    if (event.pointerType === "touch") return;
    const place =
      event.target instanceof Element
        ? event.target.closest("[data-cell], [data-stage], [data-step-head], [data-lane-head]")
        : null;
    if (!(place instanceof HTMLElement)) return;
    const box = place.getBoundingClientRect();
    const at = place.dataset.cell ?? place.dataset.stage ?? place.dataset.stepHead ?? place.dataset.laneHead;
    share({
      cursor: {
        at,
        x: round((event.clientX - box.left) / box.width),
        y: round((event.clientY - box.top) / box.height),
      },
    });
  };
  const onLeave = () => share({ cursor: null });
  board.addEventListener("pointermove", onMove, { passive: true });
  board.addEventListener("pointerleave", onLeave);
  const stops = [
    editor.selection.subscribe((selection) => share({ selection })),
    editor.editing.subscribe((now) => share({ field: now ? { type: now.type, id: now.id, field: now.field } : null })),
    editor.dragValue.subscribe((drag) => share({ drag })),
  ];
  return () => {
    board.removeEventListener("pointermove", onMove);
    board.removeEventListener("pointerleave", onLeave);
    for (const stop of stops) stop();
    window.clearTimeout(timer);
  };
}

/** @param {number} share */
const round = (share) => Math.round(share * 1000) / 1000;
