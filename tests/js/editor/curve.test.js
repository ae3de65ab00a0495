/** The curve goes through its points, never past them, and agrees with its twin in Python. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { heightAt, pathOf, smooth, tangents } from "../../../static/js/editor/curve.js";

const { cases } = JSON.parse(readFileSync(new URL("../../vectors/curve.json", import.meta.url), "utf-8"));

/** @param {number[]} found @param {number[]} expected */
function close(found, expected) {
  assert.equal(found.length, expected.length);
  found.forEach((value, index) =>
    assert.ok(Math.abs(value - expected[index]) < 1e-6, `${value} is not ${expected[index]}`),
  );
}

for (const example of cases) {
  test(`the curve agrees with the shared vectors: ${example.name}`, () => {
    close(tangents(example.points), example.tangents);
    close(smooth(example.points).flat(2), example.segments.flat(2));
    for (const [x, y] of example.heights) close([heightAt(example.points, x)], [y]);
  });
}

test("a path starts at the first point and has one piece between neighbours", () => {
  assert.equal(pathOf([]), "");
  assert.equal(pathOf([[0, 5]]), "M0,5");
  assert.equal(
    pathOf([
      [0, 0],
      [3, 6],
    ]),
    "M0,0C1,2 2,4 3,6",
  );
});
