/**
 * Who else is here and what they are doing.
 *
 * @typedef {import("../types").Person} Person
 * @typedef {import("../types").PresenceMessage} PresenceMessage
 */
import { signal } from "../../vendor/signals-core.js";

/** The others on the map. */
export class People {
  constructor() {
    /** @type {import("../../vendor/signals-core.js").Signal<Person[]>} */
    this.list = signal([]);
    /** @type {import("../../vendor/signals-core.js").Signal<Person | null>} */
    this.you = signal(null);
  }

  /** @param {import("../types").Welcome} welcome */
  welcome(welcome) {
    this.you.value = welcome.you;
    this.list.value = (welcome.people ?? []).filter((person) => person.id !== welcome.you.id);
  }

  /** @param {PresenceMessage} message */
  moved({ person, state }) {
    const id = typeof person === "string" ? person : person.id;
    if (id === this.you.peek()?.id) return;
    const before = this.list.peek().find((other) => other.id === id);
    const others = this.list.peek();
    if (state === null) this.list.value = others.filter((other) => other.id !== id);
    else if (before) this.list.value = others.map((other) => (other === before ? merged(before, person, state) : other));
    else this.list.value = [...others, merged({ id, name: "" }, person, state)];
  }
}

/**
 * @param {Person} before
 * @param {Person | string} person
 * @param {import("../types").Presence} state
 * @returns {Person}
 */
function merged(before, person, state) {
  return { ...before, ...(typeof person === "string" ? {} : person), state };
}
