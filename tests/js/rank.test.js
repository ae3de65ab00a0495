/** Order keys are those of the server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { between, compare, many } from "../../static/js/rank.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/rank.json", import.meta.url), "utf8"));

test("the shared vectors hold", () => {
  for (const { a, b, key } of vectors.between) assert.equal(between(a, b), key);
  for (const { a, b, n, keys } of vectors.many) assert.deepEqual(many(a, b, n), keys);
});

test("capitals sort before small letters, as code points do", () => {
  assert.deepEqual(["a0a", "a0V", "Zz", "a0"].sort(compare), ["Zz", "a0", "a0V", "a0a"]);
});
