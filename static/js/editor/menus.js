/** Menus of cards, stages, steps, lanes and points: opened by right click, the three dots or the menu key. */
import { h } from "../../vendor/preact.js";
import { useEffect, useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { command, COMMANDS } from "./commands.js";
import { icon } from "./icon.js";
import { shownKeys } from "./keys.js";
import { COLORS } from "./kinds.js";
import { addLane, addStage, addStep, nameOf, recolor, rename } from "./shaping.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("./types").MenuItem} MenuItem */
/** @typedef {import("../types").RecordType} RecordType */

/** @param {Editor} editor @param {string} id @param {Partial<MenuItem>} [more] @returns {MenuItem} */
function itemOf(editor, id, more = {}) {
  const { label, icon: picture, keys, run } = command(id);
  return { label: t(label), icon: picture, keys: keys?.[0], run: () => run(editor), ...more };
}

/** @type {MenuItem} */
const LINE = { label: "", separator: true };

/** @param {Editor} editor @param {RecordType} type @param {string} id @returns {MenuItem[]} */
function itemsFor(editor, type, id) {
  const details = { label: t("Details"), icon: "panel-right", run: () => editor.showInspector(true) };
  if (!editor.canEdit.peek()) return [details];
  const remove = itemOf(editor, "delete", { danger: true });
  if (type === "card") {
    return [
      itemOf(editor, "open", { label: t("Write") }),
      { ...LINE, separator: false, colors: true },
      itemOf(editor, "moment"),
      itemOf(editor, "wider"),
      itemOf(editor, "narrower"),
      itemOf(editor, "duplicate"),
      itemOf(editor, "move-to"),
      LINE,
      details,
      remove,
    ].filter(
      (item) =>
        item.label !== t(command("moment").label) || COMMANDS.find((each) => each.id === "moment")?.when?.(editor),
    );
  }
  if (type === "stage") {
    const { store } = editor;
    const stages = store.stages().peek();
    return [
      { label: t("Rename"), icon: "pencil", keys: "F2", run: () => rename(editor, "stage", id) },
      { label: t("Goal"), icon: "target", run: () => rename(editor, "stage", id, "goal") },
      { ...LINE, separator: false, colors: true },
      {
        label: t("Add a step"),
        icon: "columns-3",
        run: () => addStep(editor, id, store.steps(id).peek().at(-1) ?? null),
      },
      {
        label: t("Add a stage before"),
        icon: "plus",
        run: () => addStage(editor, stages[stages.indexOf(id) - 1] ?? null),
      },
      { label: t("Add a stage after"), icon: "plus", run: () => addStage(editor, id) },
      itemOf(editor, "move-to"),
      LINE,
      details,
      remove,
    ];
  }
  if (type === "step") {
    const stage = editor.store.record("step", id).peek()?.stage ?? "";
    const steps = editor.store.steps(stage).peek();
    return [
      { label: t("Rename"), icon: "pencil", keys: "F2", run: () => rename(editor, "step", id) },
      {
        label: t("Add a step before"),
        icon: "plus",
        run: () => addStep(editor, stage, steps[steps.indexOf(id) - 1] ?? null),
      },
      { label: t("Add a step after"), icon: "plus", run: () => addStep(editor, stage, id) },
      itemOf(editor, "move-to"),
      LINE,
      details,
      remove,
    ];
  }
  if (type === "lane") {
    const { kind } = editor.store.record("lane", id).peek() ?? { kind: "text" };
    return [
      { label: t("Rename"), icon: "pencil", keys: "F2", run: () => rename(editor, "lane", id) },
      itemOf(editor, "collapse"),
      { label: t("Add a lane like this below"), icon: "plus", run: () => addLane(editor, kind, id) },
      { label: t("Add another lane…"), icon: "rows-3", run: () => (editor.dialog.value = "lane") },
      itemOf(editor, "move-to"),
      LINE,
      details,
      remove,
    ];
  }
  return [itemOf(editor, "moment"), LINE, details, remove];
}

/** The one open menu. @param {{editor: Editor}} props */
export function OpenMenu({ editor }) {
  const menu = editor.menu.value;
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  const home = useRef(/** @type {Element | null} */ (null));
  useLayoutEffect(() => {
    if (!menu || !node.current) return;
    home.current = document.activeElement;
    const box = node.current.getBoundingClientRect();
    node.current.style.left = `${Math.max(8, Math.min(menu.x, window.innerWidth - box.width - 8))}px`;
    node.current.style.top = `${Math.max(8, Math.min(menu.y, window.innerHeight - box.height - 8))}px`;
    /** @type {HTMLElement | null} */ (node.current.querySelector("button"))?.focus({ preventScroll: true });
  }, [menu]);
  useEffect(() => {
    if (!menu) return undefined;
    /** @param {Event} event */
    const away = (event) => {
      if (!(event.target instanceof Node && node.current?.contains(event.target))) editor.menu.value = null;
    };
    document.addEventListener("pointerdown", away, true);
    window.addEventListener("resize", away);
    return () => {
      document.removeEventListener("pointerdown", away, true);
      window.removeEventListener("resize", away);
    };
  }, [menu]);
  if (!menu) return null;
  const close = (/** @type {boolean} */ back) => {
    editor.menu.value = null;
    if (back && home.current instanceof HTMLElement) home.current.focus({ preventScroll: true });
  };
  return h(
    "div",
    {
      ref: node,
      class: "menu-list context-menu",
      role: "menu",
      "aria-label": nameOf(editor, menu.type, menu.id),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => keyInMenu(event, node.current, close),
    },
    itemsFor(editor, menu.type, menu.id).map((item, index) => {
      if (item.separator) return h("div", { key: index, class: "menu-separator", role: "separator" });
      if (item.colors) return h(Swatches, { key: index, editor, close: () => close(true) });
      return h(
        "button",
        {
          key: index,
          type: "button",
          role: "menuitem",
          tabIndex: -1,
          class: `menu-item ${item.danger ? "menu-item-danger" : ""}`,
          onClick: () => {
            close(true);
            item.run?.();
          },
        },
        item.icon ? icon(item.icon) : null,
        h("span", null, item.label),
        item.keys && h("kbd", null, shownKeys(item.keys)),
      );
    }),
  );
}

/** @param {{editor: Editor, close: () => void}} props */
function Swatches({ editor, close }) {
  const now = editor.selection.value;
  const color = now ? editor.store.record(now.type, now.ids[0]).value?.color : null;
  return h(
    "div",
    { class: "swatches menu-swatches", role: "group", "aria-label": t("Colour") },
    COLORS.map((each) =>
      h("button", {
        key: each,
        type: "button",
        role: "menuitemradio",
        tabIndex: -1,
        class: "swatch",
        "data-color": each,
        "aria-label": t(each),
        title: t(each),
        "aria-checked": each === color,
        onClick: () => {
          close();
          recolor(editor, each);
        },
      }),
    ),
  );
}

/** @param {KeyboardEvent} event @param {HTMLElement | null} menu @param {(back: boolean) => void} close */
function keyInMenu(event, menu, close) {
  const items = /** @type {HTMLElement[]} */ ([...(menu?.querySelectorAll("button") ?? [])]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (event.key === "Escape" || event.key === "Tab") close(true);
  else if (event.key === "ArrowDown" || event.key === "ArrowRight") items[(at + 1) % items.length]?.focus();
  else if (event.key === "ArrowUp" || event.key === "ArrowLeft") items[(at - 1 + items.length) % items.length]?.focus();
  else if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items.at(-1)?.focus();
  else if (event.key.length === 1)
    items.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  else return;
  if (event.key.length > 1) event.preventDefault();
  event.stopPropagation();
}
