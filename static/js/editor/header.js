/** The bar on top: where we are, what it is called, whether it is saved, who is here, and what to do with the whole map. */
import { h } from "../../vendor/preact.js";
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t, tn } from "../i18n.js";
import { COMMANDS, command } from "./commands.js";
import { icon } from "./icon.js";
import { shownKeys } from "./keys.js";
import { MAP_KINDS } from "./kinds.js";
import { initials } from "./naming.js";
import { SaveState } from "./save-state.js";
import { cursorOf, selectedBy } from "./presence.js";
import { rename } from "./shaping.js";
import { Title } from "./title.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").Person} Person */

/** @param {{editor: Editor}} props */
export function Header({ editor }) {
  const map = editor.store.map.value;
  return h(
    "header",
    { class: "editor-header" },
    !editor.store.you.value?.guest &&
      h(
        "a",
        { class: "icon-button", href: "/", "aria-label": t("Back to all maps"), title: t("Back to all maps") },
        icon("chevron-left"),
      ),
    h(
      "h1",
      { class: "map-title", onClick: () => !editor.editing.peek() && rename(editor, "map", editor.mapId) },
      editor.canEdit.value && !editor.written.at(editor.mapId).value
        ? h(
            "button",
            { type: "button", class: "map-title-button", title: t("Rename the map") },
            map?.title || t("Untitled map"),
          )
        : h(Title, {
            editor,
            type: "map",
            id: editor.mapId,
            field: "title",
            label: t("Title of the map"),
            placeholder: t("Untitled map"),
          }),
    ),
    map && h("span", { class: "chip header-wide" }, t(MAP_KINDS[map.kind] ?? map.kind)),
    h(PersonaChips, { editor }),
    h(SaveState, { editor }),
    h(
      "div",
      { class: "header-end" },
      h(People, { editor }),
      editor.canEdit.value && h(UndoButtons, { editor }),
      h(Zoom, { editor }),
      h(
        "div",
        { class: "header-actions" },
        h(CommandButton, { editor, id: "find", iconOnly: true }),
        editor.mayDownload &&
          h(
            "button",
            { type: "button", class: "button button-quiet", onClick: () => (editor.dialog.value = "export") },
            t("Export"),
          ),
        h(CommandButton, { editor, id: "inspector", iconOnly: true, pressed: editor.inspector.value }),
        editor.canEdit.value &&
          h(
            "button",
            { type: "button", class: "button button-primary", onClick: () => (editor.dialog.value = "share") },
            t("Share"),
          ),
      ),
      h(HeaderMenu, { editor }),
    ),
  );
}

/** @param {{editor: Editor, id: string, iconOnly?: boolean, pressed?: boolean}} props */
function CommandButton({ editor, id, pressed }) {
  const { label, icon: picture, keys, run } = command(id);
  const hint = keys?.length ? `${t(label)} (${shownKeys(keys[0])})` : t(label);
  return h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t(label),
      title: hint,
      "aria-pressed": pressed,
      onClick: () => run(editor),
    },
    icon(picture ?? "info"),
  );
}

/** @param {{editor: Editor}} props */
function PersonaChips({ editor }) {
  const personas = editor.store.personas.value;
  const ids = editor.store.map.value?.personas ?? [];
  const shown = ids
    .map((id) => personas.find((persona) => persona.id === id))
    .filter((persona) => persona !== undefined);
  if (!shown.length) return null;
  // Guests see who it is about; the library is for members.
  const member = editor.store.you.value?.guest === false;
  return h(
    "span",
    { class: "persona-chips header-wide" },
    shown
      .slice(0, 2)
      .map(({ id, name, role, color }) =>
        h(
          member ? "a" : "span",
          {
            key: id,
            class: "chip persona-chip",
            "data-color": color,
            title: role,
            href: member ? `/personas/${id}/` : undefined,
          },
          name,
        ),
      ),
    shown.length > 2 && h("span", { class: "chip" }, `+${shown.length - 2}`),
  );
}

/** @param {{editor: Editor}} props */
function People({ editor }) {
  const people = editor.store.people.value;
  if (!people.length) return null;
  return h(
    "div",
    {
      class: "avatars header-people",
      role: "group",
      "aria-label": tn("1 other person is here", "{n} other people are here", people.length),
    },
    people.slice(0, 4).map((person) => h(PersonFace, { key: person.id, editor, person })),
    people.length > 4 && h("span", { class: "avatar", "data-color": "grey" }, `+${people.length - 4}`),
  );
}

/** @param {{editor: Editor, person: Person}} props */
function PersonFace({ editor, person }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => node.current?.style.setProperty("--person", person.color ?? ""), [person.color]);
  const name = person.name || t("Guest");
  return h(
    "button",
    {
      ref: node,
      type: "button",
      class: "avatar",
      title: t("Go to {name}", { name }),
      "aria-label": t("Go to {name}", { name }),
      onClick: () => jumpTo(editor, person),
    },
    initials(name),
  );
}

/** @param {Editor} editor @param {Person} person */
function jumpTo(editor, person) {
  const cursor = cursorOf(person.state);
  const [id] = selectedBy(person.state);
  const node =
    (id && document.querySelector(`[data-card="${id}"], [data-point="${id}"], [data-stage="${id}"]`)) ||
    (cursor && document.querySelector(`[data-cell="${cursor.at}"], [data-step-head="${cursor.at}"]`));
  if (node) node.scrollIntoView({ block: "center", inline: "center", behavior: "smooth" });
  else editor.toast(t("{name} has not touched the board yet.", { name: person.name || t("Guest") }));
}

/** @param {{editor: Editor}} props */
function UndoButtons({ editor }) {
  const button = (/** @type {string} */ id, /** @type {boolean} */ on) => {
    const { label, icon: picture, keys = [], run } = command(id);
    return h(
      "button",
      {
        key: id,
        type: "button",
        class: "icon-button",
        disabled: !on,
        "aria-label": t(label),
        title: `${t(label)} (${shownKeys(keys[0])})`,
        onClick: () => run(editor),
      },
      icon(picture ?? "undo-2"),
    );
  };
  return h(
    "div",
    { class: "header-undo" },
    button("undo", editor.store.canUndo.value),
    button("redo", editor.store.canRedo.value),
  );
}

const ZOOMS = [0.25, 0.5, 0.75, 1, 1.5, 2];

/** @param {{editor: Editor}} props */
function Zoom({ editor }) {
  const percent = `${Math.round(editor.zoom.value * 100)} %`;
  return h(
    "details",
    { class: "menu menu-end header-zoom" },
    h("summary", { class: "button button-quiet number", "aria-label": t("Zoom: {percent}", { percent }) }, percent),
    h(
      "div",
      { class: "menu-list" },
      ZOOMS.map((zoom) =>
        h(
          "button",
          {
            key: zoom,
            type: "button",
            class: "menu-item number",
            "aria-current": zoom === editor.zoom.value ? "true" : undefined,
            onClick: (/** @type {Event} */ event) => choose(event, () => editor.setZoom(zoom)),
          },
          `${zoom * 100} %`,
        ),
      ),
      h("div", { class: "menu-separator" }),
      h(
        "button",
        {
          type: "button",
          class: "menu-item",
          onClick: (/** @type {Event} */ event) => choose(event, () => fitBoard(editor)),
        },
        t("Fit the width"),
      ),
    ),
  );
}

/** @param {Editor} editor */
function fitBoard(editor) {
  const board = document.querySelector(".board");
  const canvas = document.querySelector(".board-canvas");
  if (board && canvas)
    editor.setZoom(Math.min(1, (editor.zoom.peek() * board.clientWidth) / canvas.getBoundingClientRect().width));
}

/** Closes the menu, then acts. @param {Event} event @param {() => void} act */
function choose(event, act) {
  if (event.target instanceof Element) event.target.closest("details")?.removeAttribute("open");
  act();
}

const IN_MENU = ["find", "palette", "export", "outline", "inspector", "add-stage", "add-lane", "theme", "shortcuts"];

/** Everything else, and on a phone everything. @param {{editor: Editor}} props */
function HeaderMenu({ editor }) {
  const commands = COMMANDS.filter((each) => IN_MENU.includes(each.id) && (each.when?.(editor) ?? true));
  return h(
    "details",
    { class: "menu menu-end" },
    h("summary", { class: "icon-button", "aria-label": t("More") }, icon("ellipsis")),
    h(
      "div",
      { class: "menu-list" },
      commands.map(({ id, label, icon: picture, keys, run }) =>
        h(
          "button",
          {
            key: id,
            type: "button",
            class: "menu-item",
            onClick: (/** @type {Event} */ event) => choose(event, () => run(editor)),
          },
          icon(picture ?? "info"),
          t(label),
          keys?.length ? h("kbd", null, shownKeys(keys[0])) : null,
        ),
      ),
    ),
  );
}
