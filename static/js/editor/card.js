/** A sticky note: its words, written in place, and what its lane says about it. */
import { h } from "../../vendor/preact.js";
import { useEffect, useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { showText } from "../typing.js";
import { icon } from "./icon.js";
import { memberOf } from "./library.js";
import { initials } from "./naming.js";
import { channelIcon, laneLook, OPPORTUNITY_STATUSES, QUALITIES } from "./kinds.js";
import { cellKey } from "./state.js";
import { finishCard, keyInCard, pasteInCard, writeCard } from "./writing.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").CardRecord} CardRecord */

/**
 * @param {{editor: Editor, id: string, lane: string, step: string, kind: string}} props
 */
export function Card({ editor, id, lane, step, kind }) {
  const card = /** @type {CardRecord | null} */ (editor.store.record("card", id).value);
  const writing = editor.written.at(id).value;
  const ring = editor.rings.at(id).value;
  const found = editor.found.value;
  const chosen = editor.selected.at(id).value;
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => paintRing(node.current, ring), [ring]);
  useLayoutEffect(() => () => keepFocus(node.current, id, cellKey(lane, step)), []);
  const color = card?.color ?? laneLook(kind).card;
  return h(
    "div",
    {
      ref: node,
      class: "card",
      role: "group",
      tabIndex: -1,
      "aria-roledescription": t("card"),
      "aria-label": writing ? undefined : describe(card, kind),
      "data-card": id,
      "data-color": color,
      "data-selected": chosen || undefined,
      "data-writing": writing ? true : undefined,
      "data-quality": card?.quality ?? undefined,
      "data-ring": ring ? ring.name : undefined,
      "data-missing": card?.missing || undefined,
      "data-dim": (found && !found.has(id)) || undefined,
      "data-kind": kind,
    },
    writing?.field === "text"
      ? h(CardText, { editor, id, text: card?.text ?? "", draft: writing.draft })
      : h("p", { class: "card-text", dir: "auto" }, card?.text || h("span", { class: "card-empty" }, t("Empty card"))),
    card && h(CardDetails, { editor, card, kind }),
    card?.quality &&
      h("span", { class: "card-quality", "data-quality": card.quality, title: t(QUALITIES[card.quality]) }),
    // Only the chosen card has a handle: two thousand of them would be two thousand nodes.
    chosen && editor.canEdit.value && card && !writing && h("span", { class: "card-stretch", "aria-hidden": "true" }),
  );
}

/** @param {HTMLElement | null} node @param {import("../types").Person | null} person */
function paintRing(node, person) {
  if (person?.color) node?.style.setProperty("--person", person.color);
}

/** A focused card that goes away hands the focus to itself elsewhere, or to its cell. @param {HTMLElement | null} node @param {string} id @param {string} cell */
function keepFocus(node, id, cell) {
  if (!node?.contains(document.activeElement)) return;
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const next = document.querySelector(`[data-card="${id}"]`) ?? document.querySelector(`[data-cell="${cell}"]`);
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
}

/** What a screen reader says of a card. @param {CardRecord | null} card @param {string} kind */
function describe(card, kind) {
  if (!card) return t("New card");
  const parts = [card.text || t("Empty card")];
  if (card.channel) parts.push(t("channel {channel}", { channel: card.channel }));
  if (card.moment_of_truth) parts.push(t("moment of truth"));
  if (card.missing) parts.push(t("missing"));
  if (card.quality) parts.push(t("quality {quality}", { quality: t(QUALITIES[card.quality]) }));
  if (kind === "pain_points" && card.severity) parts.push(t("severity {n} of 5", { n: card.severity }));
  if (kind === "opportunities" && card.status) parts.push(t(OPPORTUNITY_STATUSES[card.status]));
  if (card.span > 1) parts.push(t("{n} steps wide", { n: card.span }));
  return parts.join(", ");
}

/** @param {{editor: Editor, card: CardRecord, kind: string}} props */
function CardDetails({ editor, card, kind }) {
  const owner = memberOf(editor, card.assignee);
  const details = [
    card.channel &&
      h("span", { class: "card-channel" }, channelIcon(card.channel) && icon(channelIcon(card.channel)), card.channel),
    card.missing && h("span", { class: "card-channel" }, t("missing")),
    kind === "pain_points" && card.severity && h(Dots, { value: card.severity, label: t("Severity") }),
    kind === "opportunities" &&
      card.status &&
      card.status !== "idea" &&
      h("span", { class: "card-channel" }, t(OPPORTUNITY_STATUSES[card.status])),
    kind === "opportunities" &&
      card.impact &&
      h("span", { class: "card-measure", title: t("Impact") }, icon("arrow-up"), card.impact),
    kind === "opportunities" &&
      card.effort &&
      h("span", { class: "card-measure", title: t("Effort") }, icon("clock"), card.effort),
    kind === "metrics" &&
      card.metric &&
      h("span", { class: "card-metric" }, metricWords(/** @type {Metric} */ (card.metric))),
    ...card.tags.map((tag) => h("span", { class: "card-tag", key: tag }, `#${tag}`)),
    card.url &&
      h(
        "a",
        { class: "card-link", href: safeUrl(card.url), target: "_blank", rel: "noopener noreferrer", tabIndex: -1 },
        icon("link"),
        hostOf(card.url),
      ),
    owner &&
      h("span", { class: "card-owner", title: t("Assigned to {name}", { name: owner.name }) }, initials(owner.name)),
  ].filter(Boolean);
  if (!details.length && !card.moment_of_truth) return null;
  return h(
    "div",
    { class: "card-details" },
    details,
    card.moment_of_truth && h("span", { class: "card-moment" }, icon("star", "icon-filled"), t("moment of truth")),
  );
}

/** @typedef {{name?: string, unit?: string, baseline?: number | null, target?: number | null, current?: number | null}} Metric */

/** "41 → 60 %": where it stands and where it should go. @param {Metric} metric */
function metricWords({ unit = "", baseline, target, current }) {
  const number = (/** @type {number} */ value) => value.toLocaleString(document.documentElement.lang || undefined);
  const now = current ?? baseline;
  const parts = [
    now === null || now === undefined ? "" : number(now),
    target === null || target === undefined ? "" : `→ ${number(target)}`,
    unit,
  ];
  return parts.filter(Boolean).join(" ");
}

/** @param {{value: number, label: string}} props */
export function Dots({ value, label }) {
  const dots = [1, 2, 3, 4, 5].map((n) => h("i", { key: n, "data-on": n <= value || undefined }));
  return h("span", { class: "dots", title: `${label}: ${value}/5` }, dots);
}

/** Only addresses of the web become links. @param {string} url */
const safeUrl = (url) => (/^https?:\/\//i.test(url) ? url : undefined);
/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url.slice(0, 30);
  }
}

/**
 * The field in which a card is written. The text flows both ways: typing goes to the store letter by letter, and what a
 * colleague writes into the same card appears around the caret.
 * @param {{editor: Editor, id: string, text: string, draft: import("./types").Editing["draft"]}} props
 */
function CardText({ editor, id, text, draft }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.focus({ preventScroll: false });
    area.setSelectionRange(area.value.length, area.value.length);
  }, []);
  useLayoutEffect(() => {
    const area = field.current;
    if (area) showText(area, text);
    if (area) grow(area);
  }, [text]);
  return h("textarea", {
    ref: field,
    class: "card-input",
    rows: 1,
    dir: "auto",
    maxLength: 10000,
    "aria-label": draft ? t("New card: write, Enter ends, Ctrl+Enter starts the next card") : t("Card text"),
    defaultValue: text,
    onInput: (/** @type {InputEvent} */ event) => {
      const area = /** @type {HTMLTextAreaElement} */ (event.target);
      grow(area);
      writeCard(editor, id, area.value, draft, area);
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event) => keyInCard(editor, event),
    onPaste: (/** @type {ClipboardEvent} */ event) => pasteInCard(editor, event, id, draft),
    onBlur: () => finishCard(editor, id),
  });
}

/** Browsers without field-sizing get their height from here. @param {HTMLTextAreaElement} area */
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight}px`;
}
