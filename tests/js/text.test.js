/** Two writers in one text keep every letter: the vectors shared with Python, and what only a browser needs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as text from "../../static/js/text.js";
import { chance } from "./boards.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

test("strange deltas are refused with a sentence", () => {
  for (const { why, wire } of vectors.refuse) assert.throws(() => text.parse(wire), text.BadDelta, why);
});

test("the normal form is the shared one", () => {
  for (const { wire, normal } of vectors.parse) assert.deepEqual(text.parse(wire), normal);
});

test("nobody walks past the end", () => {
  for (const { text: before, delta } of vectors.past_the_end) {
    assert.throws(() => text.apply(before, delta), text.BadDelta);
    assert.throws(() => text.invert(before, delta), text.BadDelta);
  }
});

test("the shared vectors hold", () => {
  for (const one of vectors.apply) {
    assert.equal(text.apply(one.text, one.delta), one.after);
    assert.deepEqual(text.parse(one.delta), one.normal);
    assert.deepEqual(text.invert(one.text, one.delta), one.inverse);
  }
  for (const one of vectors.compose) assert.deepEqual(text.compose(one.first, one.second), one.both);
  for (const one of vectors.difference) assert.deepEqual(text.difference(one.before, one.after), one.delta);
});

test("the shared races end alike", () => {
  for (const one of vectors.transform) {
    const moved = text.transform(one.later, one.log, false);
    assert.deepEqual(moved, one.later_moved);
    assert.deepEqual(text.transform(one.log, one.later, true), one.log_moved);
    assert.equal(text.apply(text.apply(one.text, one.log), moved), one.after);
  }
  for (const one of vectors.caret) {
    assert.equal(text.transformCaret(one.caret, one.over), one.left);
    assert.equal(text.transformCaret(one.caret, one.over, false), one.right);
  }
});

test("the caret tells which of equal letters was typed", () => {
  assert.deepEqual(text.difference("aaa", "aaaa"), [3, "a"]);
  assert.deepEqual(text.difference("aaa", "aaaa", 2), [1, "a"]);
  assert.deepEqual(text.difference("aaa", "aa", 1), [1, { d: 1 }]);
  assert.deepEqual(text.difference("😀😀", "😀😀😀", 2), ["😀"]);
});

test("a caret that cannot be right is not listened to", () => {
  const dice = chance(3);
  for (let round = 0; round < 2000; round += 1) {
    const some = () => Array.from({ length: dice.below(6) }, () => dice.of(["a", "b", "😀", "😁"])).join("");
    const [before, after] = [some(), some()];
    assert.equal(text.apply(before, text.difference(before, after, dice.below(14) - 1)), after);
  }
});

test("half an emoji never goes out", () => {
  assert.deepEqual(text.difference("😀", "😁"), ["😁", { d: 1 }]);
  assert.equal(text.clean("a\r\nb\rc\0d\ud83d"), "a\nb\ncd\ufffd");
  assert.equal(text.isClean("😀 שלום"), true);
});

test("carets of the DOM are counted in code points and back", () => {
  const words = "a😀b";
  assert.deepEqual([0, 1, 3, 4].map((units) => text.toPoints(words, units)), [0, 1, 2, 3]);
  assert.deepEqual([0, 1, 2, 3, 9].map((points) => text.toUnits(words, points)), [0, 1, 3, 4, 4]);
});
