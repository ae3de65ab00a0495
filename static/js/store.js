/**
 * The store of one map (or persona) in one tab: what the server has confirmed, what is not answered yet, and what is
 * shown, which is the one with the other on top. Pure: connection.js feeds it and sends what it gives.
 *
 * Reading (signals of @preact/signals-core; each is one stable object, told only of what changed in it):
 *   store.ready                     has there been a document
 *   store.map, store.persona        the record of the document itself
 *   store.record(type, id)          a record as shown, null when there is none
 *   store.stages() store.lanes()    ids in display order
 *   store.skills() store.sections() of a persona, likewise
 *   store.steps(stage) store.allSteps() store.cell(lane, step) store.emotions(lane) store.comments(type, id)
 *   store.personas store.role store.you store.people store.state store.refused store.canUndo store.canRedo
 * Writing:
 *   store.edit(ops, {group, label}) -> key     shown at once; ids of inserts are made here if missing
 *   store.insert(type, fields, {after, group, label}) -> id
 *   store.typeText(type, id, field, text, {caret, group})   the smallest delta; call store.endTyping() on leaving
 *   store.undo() store.redo() -> Promise<{label, left, leftAlone, done, message}>
 *   store.dismiss(key) store.sendPresence(state)
 * Listening:
 *   store.onRemote((change, before) => …)      a colleague's change; before(type, id) is the record as it was
 *   store.onText(type, id, field, (text, deltas) => …)  the shown text changed under the person's hands by somebody
 *       else: move the caret with text.js `transformCaret` over each delta (code points: `toPoints`, `toUnits`)
 * Each on… gives a function that ends it.
 *
 * @typedef {import("./types").RecordType} RecordType
 * @typedef {import("./types").AnyRecord} AnyRecord
 * @typedef {import("./types").Op} Op
 * @typedef {import("./types").Intent} Intent
 * @typedef {import("./types").Entry} Entry
 * @typedef {import("./types").Change} Change
 * @typedef {import("./types").Delta} Delta
 * @typedef {import("./types").Refused} Refused
 * @typedef {import("./types").UndoResult} UndoResult
 * @typedef {import("./store/rebase.js").Pending} Pending
 * @typedef {import("./store/history.js").Step} Step
 * @typedef {(change: Change, before: (type: RecordType, id: string) => AnyRecord | undefined) => void} RemoteListener
 * @typedef {(text: string, deltas: Delta[]) => void} TextListener
 * @typedef {object} Options
 * @property {string} mapId the id of the map (of the persona, for a persona's document)
 * @property {string} tab
 * @property {import("./types").Memory | null} [storage] sessionStorage, or nothing
 * @property {() => number} [now]
 */
import { newId } from "./ids.js";
import { completed, inChunks } from "./store/intents.js";
import { Reading } from "./store/reading.js";
import { fieldKey } from "./store/rebase.js";
import { clean, difference, transform } from "./text.js";

/** Milliseconds of rest after which typing starts another step of undo, and the longest run of one step. */
const RUN_REST = 3000;
const RUN_LENGTH = 30_000;
/** Milliseconds in which the ack behind the change of an undo comes, if it comes. */
const BEHIND = 150;

/** @type {UndoResult} */
const NOTHING = Object.freeze({ label: "", left: 0, leftAlone: [], done: false });

/**
 * @param {Options} options
 * @returns {Store}
 */
export function createStore(options) {
  return new Store(options);
}

/** See the head of this file. */
export class Store extends Reading {
  /** @param {Options} options */
  constructor({ mapId, tab, storage = null, now = Date.now }) {
    super(mapId, storage);
    this.tab = tab;
    this.now = now;
    /** @type {{key: string, group: string, since: number, at: number} | null} */
    this.run = null;
    /** @type {Map<string, {step: Step, kind: "undo" | "redo", stacked: boolean, resolve: (result: UndoResult) => void}>} */
    this.asked = new Map();
    /** @type {Set<RemoteListener>} */
    this.remote = new Set();
    /** @type {Map<string, Set<TextListener>>} */
    this.texts = new Map();
    /** Set by the connection: something may be sent. */
    this.wake = () => {};
    /** Set by the connection. @type {(state: import("./types").Presence) => void} */
    this.sendPresence = () => {};
    this.listen();
  }

  /**
   * Shows an edit and queues it.
   * @param {readonly Intent[]} intents
   * @param {{group?: string, label?: string}} [options]
   * @returns {string} the key of the (first) change
   */
  edit(intents, { group, label = "" } = {}) {
    this.endTyping();
    const chunks = inChunks(completed(intents));
    if (chunks.length === 0) return "";
    const tie = group ?? (chunks.length > 1 ? newId() : null);
    const keys = chunks.map((ops) => this.append(ops, tie, label));
    this.edited(tie ?? keys[0], label);
    return keys[0];
  }

  /**
   * @param {RecordType} type
   * @param {import("./types").Fields} fields
   * @param {{after?: string | null, group?: string, label?: string}} [options]
   * @returns {string} the id of the new record
   */
  insert(type, fields, { after, group, label } = {}) {
    const id = newId();
    this.edit([{ op: "insert", type, id, fields, ...(after === undefined ? {} : { after }) }], { group, label });
    return id;
  }

  /**
   * What a person has typed: the whole text of the field as it should now read.
   * @param {RecordType} type
   * @param {string} id
   * @param {string} field
   * @param {string} newText
   * @param {{caret?: number | null, seen?: string, group?: string, label?: string}} [options] caret in UTF-16, as the
   *   DOM has it; `seen` is what the person's field read before, if it may be behind what is shown (typing.js does it)
   */
  typeText(type, id, field, newText, { caret = null, seen, group, label } = {}) {
    const shown = this.engine.board.get(type, this.engine.aliases.get(id) ?? id)?.[field];
    if (typeof shown !== "string") return;
    const after = clean(newText);
    const before = seen ?? shown;
    const delta = difference(before, after, after === newText ? caret : null);
    this.typeDelta(type, id, field, transform(delta, difference(before, shown), false), { group, label });
  }

  /**
   * The same for who knows the delta already.
   * @param {RecordType} type
   * @param {string} id
   * @param {string} field
   * @param {Delta} delta
   * @param {{group?: string, label?: string}} [options]
   */
  typeDelta(type, id, field, delta, { group, label = "" } = {}) {
    if (delta.length === 0) return;
    const tie = group ?? this.runOf(fieldKey(type, id, field));
    /** @type {import("./types").TextOp} */
    const op = { op: "text", type, id, field, delta };
    if (!this.engine.compose(op, tie)) this.append([op], tie, label);
    this.edited(tie, label);
  }

  /** The person left the field: what is typed next is another step of undo. */
  endTyping() {
    this.run = null;
  }

  /** @returns {Promise<UndoResult>} */
  undo() {
    this.endTyping();
    const step = this.history.popDone();
    if (!step) return Promise.resolve(NOTHING);
    const held = this.unsentOf(step);
    if (!held) return this.ask("undo", step);
    this.engine.cancel(held);
    this.history.pushUndone({ ...step, held });
    return Promise.resolve({ ...NOTHING, label: step.label, done: true });
  }

  /** @returns {Promise<UndoResult>} */
  redo() {
    this.endTyping();
    const step = this.history.popUndone();
    if (!step) return Promise.resolve(NOTHING);
    if (!step.held) return this.ask("redo", step);
    for (const one of step.held) this.engine.append(one);
    this.history.pushDone({ target: step.target, label: step.label });
    this.engine.settle();
    this.wake();
    return Promise.resolve({ ...NOTHING, label: step.label, done: true });
  }

  /** @param {string} key */
  dismiss(key) {
    this.engine.refused.value = this.engine.refused.peek().filter((one) => one.key !== key);
    this.engine.write([], [key]);
  }

  /** @param {RemoteListener} listener */
  onRemote(listener) {
    this.remote.add(listener);
    return () => void this.remote.delete(listener);
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   * @param {string} field
   * @param {TextListener} listener
   */
  onText(type, id, field, listener) {
    const key = fieldKey(type, id, field);
    const listeners = this.texts.get(key) ?? new Set();
    this.texts.set(key, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  // What the connection calls.

  /** The first message of a connection. */
  hello() {
    const since = this.ready.peek() ? this.seq : null;
    return { type: "hello", v: 1, since, ...(since === null ? {} : { log: this.log }), tab: this.tab };
  }

  /**
   * Messages of the server, in order. `missed`: for a document, the changes since `oldestBase()` if they could be read.
   * @param {readonly import("./types").ServerMessage[]} messages
   * @param {Change[] | null} [missed]
   * @returns {boolean} false when a change is missing: connect anew
   */
  receive(messages, missed = null) {
    this.engine.tellAfter(() => {
      for (const message of messages) this.take(message, missed);
    });
    this.wake();
    return !this.engine.gap;
  }

  /**
   * The next entry to send, marked as sent; a time at which to ask again; or null.
   * @returns {Entry | number | null}
   */
  next() {
    const found = this.engine.outbox.next(this.now());
    return found !== null && typeof found === "object" ? found.entry : found;
  }

  /**
   * Entries kept from an earlier life of this tab, or taken over from a dead one.
   * @param {readonly Entry[]} entries
   */
  restore(entries) {
    const { engine } = this;
    for (const entry of entries) {
      if (entry.refused) engine.refused.value = [...engine.refused.peek(), entry.refused];
      else if (!engine.outbox.find(entry.key)) engine.outbox.pending.push({ entry, ops: entry.ops, base: entry.base, wired: false });
    }
    engine.stale = true;
    engine.tellAfter(() => {});
    this.wake();
  }

  /**
   * Sets an own change aside as refused: the server would not have it.
   * @param {{key: string, error: string, message: string}} reason
   */
  refuse(reason) {
    this.engine.tellAfter(() => this.engine.reject(reason));
    this.wake();
  }

  // Inside.

  listen() {
    this.engine.held = () => [...this.history.undone].reverse().flatMap((step) => step.held ?? []);
    this.engine.onAnswer = (key, outcome) => this.answer(key, outcome);
    this.engine.onNothing = (entry) => this.forget(entry);
    this.engine.onChange = (change, own, before) => {
      if (!own) for (const tell of this.remote) tell(change, before);
    };
    this.engine.onText = (key, deltas) => {
      if (this.texts.get(key)?.size && deltas.some((delta) => delta.length)) this.engine.afterwards.push(() => this.tellText(key, deltas));
    };
  }

  /**
   * @param {import("./types").ServerMessage} message
   * @param {Change[] | null} missed
   */
  take(message, missed) {
    if (message.type === "welcome") this.welcome(message, missed);
    else if (message.type === "change") this.engine.change(message);
    else if (message.type === "ack") this.engine.ack(message);
    else if (message.type === "rejected") this.engine.reject(message);
    else if (message.type === "presence") this.others.moved(message);
    else if (message.type === "personas") this.personas.value = message.personas;
  }

  /**
   * @param {import("./types").Welcome} welcome
   * @param {Change[] | null} missed
   */
  welcome(welcome, missed) {
    const { engine } = this;
    engine.gap = false;
    engine.outbox.unwire();
    this.others.welcome(welcome);
    this.role.value = welcome.role;
    if (welcome.document) {
      engine.load(welcome, welcome.document, missed);
      if (welcome.document.personas) this.personas.value = welcome.document.personas;
    }
    for (const change of welcome.changes ?? []) engine.change(change);
    this.ready.value = true;
  }

  /**
   * @param {Op[]} ops
   * @param {string | null} group
   * @param {string} label
   */
  append(ops, group, label) {
    const entry = this.entry("change", ops, { group, label });
    this.engine.append({ entry, ops, base: this.seq, wired: false });
    return entry.key;
  }

  /**
   * @param {Entry["kind"]} kind
   * @param {Op[]} ops
   * @param {{group?: string | null, label: string, target?: string}} about
   * @returns {Entry}
   */
  entry(kind, ops, { group = null, label, target }) {
    const { seq: base, log } = this;
    return { kind, key: newId(), ops, group, label, log, base, sent: false, target: target ?? null, text: "", at: this.now() };
  }

  /**
   * @param {string} target
   * @param {string} label
   */
  edited(target, label) {
    this.history.edited(target, label);
    this.engine.settle();
    this.wake();
  }

  /**
   * @param {string} key
   * @returns {string} the group of the run of typing in this field
   */
  runOf(key) {
    const at = this.now();
    const { run } = this;
    if (run?.key === key && at - run.at < RUN_REST && at - run.since < RUN_LENGTH) run.at = at;
    else this.run = { key, group: newId(), since: at, at };
    return /** @type {{group: string}} */ (this.run).group;
  }

  /**
   * The entries of a step, if none of it ever went out and nothing was written behind it.
   * @param {Step} step
   * @returns {Pending[] | null}
   */
  unsentOf(step) {
    const { outbox, reached } = this.engine;
    const mine = outbox.pending.filter(({ entry }) => (entry.group ?? entry.key) === step.target);
    const last = outbox.pending.slice(-mine.length);
    const whole = mine.length > 0 && mine.every((one, at) => !one.entry.sent && one === last[at]);
    return whole && !reached.has(step.target) ? mine : null;
  }

  /**
   * @param {"undo" | "redo"} kind
   * @param {Step} step
   * @returns {Promise<UndoResult>}
   */
  ask(kind, step) {
    const entry = this.entry(kind, [], { label: step.label, target: step.target });
    const answer = new Promise((/** @type {(result: UndoResult) => void} */ resolve) => {
      this.asked.set(entry.key, { step, kind, stacked: false, resolve });
    });
    this.engine.append({ entry, ops: [], base: this.seq, wired: false });
    this.engine.settle();
    this.wake();
    return answer;
  }

  /**
   * @param {string} key
   * @param {import("./types").Outcome} outcome
   */
  answer(key, { effect, leftAlone, message }) {
    const asked = this.asked.get(key);
    if (!asked) return;
    const { label } = asked.step;
    if (effect && !asked.stacked) {
      asked.stacked = true;
      if (asked.kind === "undo") this.history.pushUndone({ target: key, label });
      else this.history.pushDone({ target: key, label });
    }
    // What was left alone is told in an ack behind the change, if at all.
    if (leftAlone === undefined) return void setTimeout(() => this.answer(key, { effect, leftAlone: [] }), BEHIND);
    this.asked.delete(key);
    asked.resolve({ label, left: leftAlone.length, leftAlone, done: effect, ...(message ? { message } : {}) });
  }

  /**
   * A change that came to nothing cannot be undone, unless a part of its group did.
   * @param {Entry} entry
   */
  forget(entry) {
    const target = entry.group ?? entry.key;
    const { outbox, reached } = this.engine;
    if (!reached.has(target) && !outbox.pending.some((one) => one.entry.group === target)) this.history.forget(target);
  }

  /**
   * @param {string} key
   * @param {Delta[]} deltas
   */
  tellText(key, deltas) {
    const [type, id, field] = key.split(":");
    const text = this.engine.board.get(/** @type {RecordType} */ (type), id)?.[field];
    if (typeof text === "string") for (const tell of this.texts.get(key) ?? []) tell(text, deltas);
  }
}
