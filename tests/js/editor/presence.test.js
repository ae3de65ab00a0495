/** Presence of others is read with care: it comes from their browsers. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { cursorOf, dragOf, selectedBy } from "../../../static/js/editor/presence.js";

const A = "01a20035-350f-7300-9f80-ee7bad71962e";

test("a cursor is a place and two shares of it; anything else is none", () => {
  assert.deepEqual(cursorOf({ cursor: { at: `${A}:${A}`, x: 0.5, y: 2 } }), { at: `${A}:${A}`, x: 0.5, y: 1 });
  for (const cursor of [null, 7, "x", {}, { at: '"],*', x: 0, y: 0 }, { at: A, x: "1", y: 0 }])
    assert.equal(cursorOf({ cursor }), null);
  assert.equal(cursorOf(null), null);
});

test("a selection is a list of ids, never more than there is use for", () => {
  assert.deepEqual(selectedBy({ selection: { type: "card", ids: [A, 5, "<b>", null] } }), [A]);
  for (const selection of [null, 3, { ids: "abc" }, []]) assert.deepEqual(selectedBy({ selection }), []);
  assert.equal(selectedBy({ selection: { ids: Array(9000).fill(A) } }).length, 500);
});

test("a drag is a point and a valence within its bounds", () => {
  assert.deepEqual(dragOf({ drag: { type: "emotion", id: A, valence: -40 } }), { id: A, valence: -40 });
  for (const drag of [
    null,
    { type: "card", id: A },
    { type: "emotion", id: A, valence: 1e9 },
    { type: "emotion", id: A, valence: NaN },
  ])
    assert.equal(dragOf({ drag }), null);
});
