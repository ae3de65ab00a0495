/** Events equal state: announced changes put on a document give the next document. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BadChange, applyChange, applyChanges } from "../../static/js/replay.js";

const { document, steps } = JSON.parse(readFileSync(new URL("../vectors/replay.json", import.meta.url), "utf8"));

test("each step of the shared story leads to its document", () => {
  let now = document;
  for (const step of steps) {
    now = applyChange(now, step.change);
    assert.deepEqual(now, step.document, step.story);
  }
});

test("the story can be told at once, and the first document stays as it was", () => {
  const before = structuredClone(document);
  assert.deepEqual(applyChanges(document, steps.map((step) => step.change)), steps.at(-1).document);
  assert.deepEqual(document, before);
});

test("a change that cannot have been announced is told", () => {
  const gone = { op: "set", type: "card", id: "nobody", fields: {} };
  assert.throws(() => applyChange(document, { ops: [gone] }), BadChange);
});
