/** What is pasted becomes cards; lines between lanes; which module knows what. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { createKeyed } from "../../../static/js/editor/keyed.js";
import { laneLook, LANES, lineBetween } from "../../../static/js/editor/kinds.js";
import { initials, short } from "../../../static/js/editor/naming.js";
import { tableOf } from "../../../static/js/editor/writing.js";

test("a table from a spreadsheet keeps quoted cells with tabs and line breaks together", () => {
  assert.deepEqual(tableOf("a\tb\n1\t2\n"), [
    ["a", "b"],
    ["1", "2"],
  ]);
  assert.deepEqual(tableOf('a\t"two\nlines"\nx\t"say ""hi"""'), [
    ["a", "two\nlines"],
    ["x", 'say "hi"'],
  ]);
  assert.deepEqual(tableOf("one\r\ntwo"), [["one"], ["two"]]);
});

test("a blueprint has its three lines between the lanes they part, and none elsewhere", () => {
  assert.equal(lineBetween("customer_actions", "frontstage"), "Line of interaction");
  assert.equal(lineBetween("frontstage", "backstage"), "Line of visibility");
  assert.equal(lineBetween("backstage", "support"), "Line of internal interaction");
  assert.equal(lineBetween("actions", "touchpoints"), "");
  assert.equal(lineBetween(undefined, "frontstage"), "");
});

test("every lane kind has a look, and an unknown one looks like notes", () => {
  assert.equal(Object.keys(LANES).length, 21);
  assert.equal(laneLook("something new"), LANES.text);
});

test("initials are letters, also when a name has a number or one word", () => {
  assert.equal(initials("Marta, 34"), "MA");
  assert.equal(initials("Jonas Okafor"), "JO");
  assert.equal(initials("Ötzi"), "ÖT");
  assert.equal(initials(""), "?");
});

test("a long text is shortened at the end", () => {
  assert.equal(short("  one\n two ", 20), "one two");
  assert.equal(short("abcdef", 4), "abc…");
});

test("only keys whose value changed are told", () => {
  const keyed = createKeyed(false);
  const heard = [];
  for (const key of ["a", "b", "c"]) keyed.at(key).subscribe((value) => heard.push(`${key} ${value}`));
  heard.length = 0;
  keyed.replace(new Map([["a", true]]));
  keyed.replace(
    new Map([
      ["a", true],
      ["b", true],
    ]),
  );
  keyed.replace(new Map());
  assert.deepEqual(heard.sort(), ["a false", "a true", "b false", "b true"]);
});
