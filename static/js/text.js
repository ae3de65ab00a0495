/**
 * Text deltas as a pure alphabet: parse, apply, invert, compose, transform.
 *
 * The twin of journeymap/sync/text.py: both are run on tests/vectors/text.json.
 * A delta walks a text from its start: a number keeps that many code points, a
 * string inserts itself, `{d: n}` deletes; what is not walked over is kept.
 * JavaScript strings are UTF-16, so counting goes through `size` and `skip`.
 *
 * @typedef {import("./types").Part} Part
 * @typedef {import("./types").Delta} Delta
 */

/** A delta that is malformed or does not fit its text. */
export class BadDelta extends Error {}

const SURROGATE = /[\ud800-\udfff]/;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * The normal form of a delta as it came over the wire.
 * @param {unknown} wire
 * @returns {Delta}
 */
export function parse(wire) {
  if (!Array.isArray(wire)) throw new BadDelta("A text delta is a list of numbers, strings and deletions.");
  return normalise(wire.map(parsePart));
}

/**
 * The one way to write this delta: no empty parts, no two neighbours of one
 * kind, no keep at the end, an insert before a delete at the same place.
 * @param {Iterable<Part>} parts
 * @returns {Delta}
 */
export function normalise(parts) {
  const writer = new Writer();
  for (const part of parts) writer.put(part);
  return writer.delta();
}

/**
 * Can this text be stored: no NUL, no CR, no half of a surrogate pair?
 * @param {string} text
 */
export function isClean(text) {
  return !text.includes("\0") && !text.includes("\r") && !LONE.test(text);
}

/**
 * The text as it can be stored: line ends become \n, the rest of what cannot be stored goes.
 * @param {string} text
 */
export function clean(text) {
  if (isClean(text)) return text;
  const halves = new RegExp(LONE.source, "g");
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "").replace(halves, "\ufffd");
}

/**
 * Length in code points.
 * @param {string} text
 */
export function size(text) {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let at = 0; at < text.length; count += 1) at += width(text, at);
  return count;
}

/**
 * A caret of the DOM (UTF-16) as a position in code points.
 * @param {string} text
 * @param {number} units
 */
export function toPoints(text, units) {
  return size(text.slice(0, units));
}

/**
 * A position in code points as a caret of the DOM (UTF-16), never past the end.
 * @param {string} text
 * @param {number} points
 */
export function toUnits(text, points) {
  return skip(text, 0, points) ?? text.length;
}

/**
 * The text after the delta; throws BadDelta if it walks past the end.
 * @param {string} text
 * @param {Delta} delta
 */
export function apply(text, delta) {
  let at = 0;
  let out = "";
  for (const part of delta) {
    if (typeof part === "string") {
      out += part;
      continue;
    }
    const next = walk(text, at, part);
    if (typeof part === "number") out += text.slice(at, next);
    at = next;
  }
  return out + text.slice(at);
}

/**
 * The delta that leads back to `text` from `apply(text, delta)`.
 * @param {string} text
 * @param {Delta} delta
 * @returns {Delta}
 */
export function invert(text, delta) {
  const writer = new Writer();
  let at = 0;
  for (const part of delta) {
    if (typeof part === "string") {
      writer.put({ d: size(part) });
      continue;
    }
    const next = walk(text, at, part);
    writer.put(typeof part === "number" ? part : text.slice(at, next));
    at = next;
  }
  return writer.delta();
}

/**
 * One delta that does what `first` and then `second` do.
 * @param {Delta} first
 * @param {Delta} second
 * @returns {Delta}
 */
export function compose(first, second) {
  const ours = new Walk(first);
  const theirs = new Walk(second);
  const writer = new Writer();
  for (;;) {
    if (typeof ours.head === "object") writer.put(ours.take());
    else if (typeof theirs.head === "string") writer.put(theirs.take());
    else if (ours.head === undefined || theirs.head === undefined) return rest(writer, ours, theirs);
    else composeStep(writer, ours, theirs);
  }
}

/**
 * `delta` as it must read once `over` was applied to the same text.
 * @param {Delta} delta
 * @param {Delta} over
 * @param {boolean} left whose inserts stand left at one place: true for the delta that is in the log already
 * @returns {Delta}
 */
export function transform(delta, over, left) {
  const mine = new Walk(normalise(delta));
  const other = new Walk(normalise(over));
  const writer = new Writer();
  while (mine.head !== undefined) {
    if (typeof mine.head === "string" && (left || typeof other.head !== "string")) writer.put(mine.take());
    else if (typeof other.head === "string") writer.put(size(/** @type {string} */ (other.take())));
    else if (other.head === undefined) writer.put(mine.take());
    else transformStep(writer, mine, other);
  }
  return writer.delta();
}

/**
 * The smallest delta with one hole that leads from one text to another, in linear time.
 * A caret (UTF-16, where it stands in `after`) tells which of equal letters was typed.
 * @param {string} before
 * @param {string} after
 * @param {number | null} [caret]
 * @returns {Delta}
 */
export function difference(before, after, caret = null) {
  if (before === after) return [];
  const hinted = caret === null ? null : around(before, after, caret);
  const [start, end] = hinted ?? common(before, after);
  return normalise([
    size(before.slice(0, start)),
    after.slice(start, after.length - end),
    { d: size(before.slice(start, before.length - end)) },
  ]);
}

/**
 * Where a caret (in code points) stands after `over`; with `left` an insert at its very place goes behind it.
 * @param {number} caret
 * @param {Delta} over
 * @param {boolean} [left]
 */
export function transformCaret(caret, over, left = true) {
  let at = 0;
  for (const part of over) {
    if (at > caret || (at === caret && left)) break;
    if (typeof part === "string") {
      const length = size(part);
      caret += length;
      at += length;
    } else if (typeof part === "number") at += part;
    else caret -= Math.min(part.d, caret - at);
  }
  return caret;
}

/**
 * Common start and end of two texts in UTF-16, never within a pair.
 * @param {string} before
 * @param {string} after
 * @returns {[number, number]}
 */
function common(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (start > 0 && isHigh(before, start - 1)) start -= 1;
  return [start, commonEnd(before, after, shorter - start)];
}

/**
 * The same, with the caret as the place where the changed part ends; null if that cannot be.
 * @param {string} before
 * @param {string} after
 * @param {number} caret
 * @returns {[number, number] | null}
 */
function around(before, after, caret) {
  const end = after.length - caret;
  if (end < 0 || end > before.length || commonEnd(before, after, end) !== end) return null;
  const [start] = common(before.slice(0, before.length - end), after.slice(0, caret));
  return [start, end];
}

/**
 * @param {string} before
 * @param {string} after
 * @param {number} most
 */
function commonEnd(before, after, most) {
  let end = 0;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (end > 0 && isLow(before, before.length - end)) end -= 1;
  return end;
}

/**
 * @param {unknown} part
 * @returns {Part}
 */
function parsePart(part) {
  if (typeof part === "string") {
    if (!isClean(part)) throw new BadDelta("A text delta may not insert NUL, CR or half a character.");
    return part;
  }
  if (part !== null && typeof part === "object") {
    const keys = Object.keys(part);
    if (Array.isArray(part) || keys.length !== 1 || keys[0] !== "d")
      throw new BadDelta('A deletion in a text delta is written {"d": number}.');
    return { d: parseCount(/** @type {{d: unknown}} */ (part).d) };
  }
  return parseCount(part);
}

/** @param {unknown} count */
function parseCount(count) {
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0)
    throw new BadDelta("Counts in a text delta are whole numbers from 0 up.");
  if (count > 1_000_000_000) throw new BadDelta("The text delta reaches past the end of the text.");
  return count;
}

/**
 * @param {Part} part
 */
function lengthOf(part) {
  if (typeof part === "number") return part;
  return typeof part === "string" ? size(part) : part.d;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isHigh(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isLow(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/**
 * UTF-16 units of the code point at `at`.
 * @param {string} text
 * @param {number} at
 */
function width(text, at) {
  return isHigh(text, at) && isLow(text, at + 1) ? 2 : 1;
}

/**
 * The UTF-16 offset `points` code points after `at`; null past the end.
 * @param {string} text
 * @param {number} at
 * @param {number} points
 */
function skip(text, at, points) {
  if (points > text.length - at) return null;
  for (let left = points; left > 0; left -= 1) {
    if (at >= text.length) return null;
    at += width(text, at);
  }
  return at;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number | import("./types").Deleted} part
 */
function walk(text, at, part) {
  const next = skip(text, at, lengthOf(part));
  if (next === null) throw new BadDelta("The text delta reaches past the end of the text.");
  return next;
}

/**
 * Both heads walk over the text between the two deltas: what one wrote the other reads.
 * @param {Writer} writer
 * @param {Walk} ours
 * @param {Walk} theirs
 */
function composeStep(writer, ours, theirs) {
  const count = Math.min(ours.left(), theirs.left());
  const written = ours.take(count);
  const read = theirs.take(count);
  if (typeof read === "number") writer.put(written);
  else if (typeof written === "number") writer.put(read);
}

/**
 * Both heads walk over the common text: what the other deleted needs no word of mine.
 * @param {Writer} writer
 * @param {Walk} mine
 * @param {Walk} other
 */
function transformStep(writer, mine, other) {
  const count = Math.min(mine.left(), other.left());
  const ours = mine.take(count);
  if (typeof other.take(count) === "number") writer.put(ours);
}

/**
 * @param {Writer} writer
 * @param {Walk[]} walks
 */
function rest(writer, ...walks) {
  for (const one of walks) while (one.head !== undefined) writer.put(one.take());
  return writer.delta();
}

/** Reads a delta in bites of any length. */
class Walk {
  /** @param {Delta} delta */
  constructor(delta) {
    this.parts = delta.filter(lengthOf);
    this.next = 1;
    /** @type {Part | undefined} */
    this.head = this.parts[0];
  }

  left() {
    return this.head === undefined ? 0 : lengthOf(this.head);
  }

  /**
   * The next bite of at most `count`; all of the head without one.
   * @param {number} [count]
   * @returns {Part}
   */
  take(count) {
    const head = this.head;
    if (head === undefined) throw new BadDelta("A text delta was read past its end.");
    if (count === undefined || count >= lengthOf(head)) {
      this.head = this.parts[this.next];
      this.next += 1;
      return head;
    }
    if (typeof head === "string") {
      const at = /** @type {number} */ (skip(head, 0, count));
      this.head = head.slice(at);
      return head.slice(0, at);
    }
    this.head = typeof head === "number" ? head - count : { d: head.d - count };
    return typeof head === "number" ? count : { d: count };
  }
}

/** Writes parts so that only the normal form can come out. */
class Writer {
  constructor() {
    /** @type {Part[]} */
    this.done = [];
    this.insert = "";
    this.remove = 0;
  }

  /** @param {Part} part */
  put(part) {
    if (typeof part === "string") this.insert += part;
    else if (typeof part === "object") this.remove += part.d;
    else if (part) this.keep(part);
  }

  /** @returns {Delta} */
  delta() {
    this.flush();
    if (typeof this.done.at(-1) === "number") this.done.pop();
    return this.done;
  }

  /** @param {number} count */
  keep(count) {
    this.flush();
    const last = this.done.at(-1);
    if (typeof last === "number") this.done[this.done.length - 1] = last + count;
    else this.done.push(count);
  }

  flush() {
    if (this.insert) this.done.push(this.insert);
    if (this.remove) this.done.push({ d: this.remove });
    this.insert = "";
    this.remove = 0;
  }
}
