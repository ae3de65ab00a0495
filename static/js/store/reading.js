/**
 * What the page reads of the store: signals of what is shown, of who is here and of how safe it is.
 *
 * @typedef {import("../types").RecordType} RecordType
 */
/**
 * @template T
 * @typedef {import("../../vendor/signals-core.js").Signal<T>} Signal
 */
import { computed, signal } from "../../vendor/signals-core.js";
import { Engine } from "./engine.js";
import { History } from "./history.js";
import { People } from "./people.js";

/** The reading half of the store. */
export class Reading {
  /**
   * @param {string} mapId
   * @param {import("../types").Memory | null} memory
   */
  constructor(mapId, memory) {
    this.mapId = mapId;
    this.engine = new Engine();
    this.history = new History(`journeymap.undo.${mapId}`, memory);
    this.others = new People();
    this.link = signal(/** @type {"connecting" | "online" | "offline"} */ ("connecting"));
    this.ready = signal(false);
    this.role = signal("");
    this.personas = signal(/** @type {import("../types").PersonaSummary[]} */ ([]));
    this.state = computed(() => stateOf(this.link.value, this.engine.unsent.value));
  }

  get seq() {
    return this.engine.seq;
  }

  get log() {
    return this.engine.log;
  }

  get refused() {
    return this.engine.refused;
  }

  get you() {
    return this.others.you;
  }

  get people() {
    return this.others.list;
  }

  get canUndo() {
    return this.history.canUndo;
  }

  get canRedo() {
    return this.history.canRedo;
  }

  get map() {
    return /** @type {Signal<import("../types").MapRecord | null>} */ (/** @type {unknown} */ (this.record("map", this.mapId)));
  }

  get persona() {
    return this.record("persona", this.mapId);
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   */
  record(type, id) {
    return this.engine.shown.record(type, this.engine.aliases.get(id) ?? id);
  }

  stages() {
    return this.engine.shown.order("stage");
  }

  lanes() {
    return this.engine.shown.order("lane");
  }

  skills() {
    return this.engine.shown.order("skill");
  }

  sections() {
    return this.engine.shown.order("section");
  }

  allSteps() {
    return this.engine.shown.order("steps");
  }

  /** @param {string} stage */
  steps(stage) {
    return this.engine.shown.order(`step|${stage}`);
  }

  /**
   * @param {string} lane
   * @param {string} step
   */
  cell(lane, step) {
    return this.engine.shown.order(`card|${lane}|${step}`);
  }

  /** @param {string} lane */
  emotions(lane) {
    return this.engine.shown.order(`emotion|${lane}`);
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   */
  comments(type, id) {
    return this.engine.shown.order(`comment|${type}:${id}`);
  }
}

/**
 * @param {"connecting" | "online" | "offline"} link
 * @param {number} unsent
 * @returns {import("../types").ConnectionState}
 */
function stateOf(link, unsent) {
  if (link !== "online") return { kind: link, unsent };
  return { kind: unsent ? "saving" : "saved", unsent };
}
