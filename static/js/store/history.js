/**
 * Undo and redo of one tab: the keys of its own changes, newest last, kept over a reload.
 *
 * @typedef {import("../types").Memory} Memory
 * @typedef {import("./rebase.js").Pending} Pending
 * @typedef {object} Step
 * @property {string} target key or group of what is taken back
 * @property {string} label
 * @property {Pending[]} [held] parts that never went out and were taken back here
 * @property {boolean} [answered] false when there is nothing at the server to redo
 */
import { signal } from "../../vendor/signals-core.js";

const DEPTH = 200;

/** The two stacks. */
export class History {
  /**
   * @param {string} name
   * @param {Memory | null} memory
   */
  constructor(name, memory) {
    this.name = name;
    this.memory = memory;
    /** @type {Step[]} */
    this.undone = [];
    /** @type {Step[]} */
    this.done = [];
    this.recall();
    this.canUndo = signal(this.done.length > 0);
    this.canRedo = signal(this.undone.length > 0);
  }

  /**
   * An own edit: joins the step before it if it is of the same group, and ends what could be redone.
   * @param {string} target
   * @param {string} label
   */
  edited(target, label) {
    this.undone = [];
    if (this.done.at(-1)?.target !== target) this.done.push({ target, label });
    this.keep();
  }

  /** @param {Step} step */
  pushDone(step) {
    this.done.push(step);
    this.keep();
  }

  /** @param {Step} step */
  pushUndone(step) {
    this.undone.push(step);
    this.keep();
  }

  /** @returns {Step | undefined} */
  popDone() {
    const step = this.done.pop();
    this.keep();
    return step;
  }

  /** @returns {Step | undefined} */
  popUndone() {
    const step = this.undone.pop();
    this.keep();
    return step;
  }

  /**
   * A change that never happened cannot be undone.
   * @param {string} target
   */
  forget(target) {
    this.done = this.done.filter((step) => step.target !== target);
    this.keep();
  }

  clear() {
    this.done = [];
    this.undone = [];
    this.keep();
  }

  keep() {
    this.done = this.done.slice(-DEPTH);
    if (this.canUndo) this.canUndo.value = this.done.length > 0;
    if (this.canRedo) this.canRedo.value = this.undone.length > 0;
    const plain = (/** @type {Step[]} */ steps) => steps.filter((step) => !step.held?.length);
    try {
      this.memory?.setItem(this.name, JSON.stringify({ done: plain(this.done), undone: plain(this.undone) }));
    } catch {
      // A full or forbidden storage costs the memory of a reload, not the undo itself.
    }
  }

  recall() {
    try {
      const kept = JSON.parse(this.memory?.getItem(this.name) ?? "null");
      if (Array.isArray(kept?.done)) this.done = kept.done;
      if (Array.isArray(kept?.undone)) this.undone = kept.undone;
    } catch {
      // Nothing readable was kept.
    }
  }
}
