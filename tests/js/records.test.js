/** One table of record types: the browser's, its types, and the server's say the same. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TABLES } from "../../static/js/records.js";

const served = JSON.parse(readFileSync(new URL("../vectors/records.json", import.meta.url), "utf8"));
const types = readFileSync(new URL("../../static/js/types.d.ts", import.meta.url), "utf8");

test("there are the same types", () => {
  assert.deepEqual(Object.keys(TABLES).sort(), Object.keys(served).sort());
});

for (const [name, wanted] of Object.entries(served)) {
  test(`a ${name} is the same on both sides`, () => {
    const table = TABLES[name];
    for (const what of ["list", "single", "ranked", "place", "unique", "owners"])
      // The owner of a comment is also what it is about, which has no field of its own.
      if (!(name === "comment" && what === "owners")) assert.deepEqual(table[what], wanted[what], what);
    const fields = Object.fromEntries(Object.entries(table.fields).map(([field, { kind, default: initial }]) => [field, { kind, default: initial }]));
    assert.deepEqual(fields, wanted.fields);
  });

  test(`the type of a ${name} names its fields`, () => {
    const block = types.match(new RegExp(`export interface ${name[0].toUpperCase()}${name.slice(1)}Record \\{([^]*?)\\n\\}`))?.[1] ?? "";
    const named = new Set([...block.matchAll(/^ {2}(\w+)\??:/gm)].map((match) => match[1]));
    for (const field of Object.keys(wanted.fields)) assert.ok(named.has(field), `${name}.${field} is missing in types.d.ts`);
    for (const field of named) assert.ok(field in wanted.fields || ["id", "rank", "workspace"].includes(field), `${name}.${field} is no field`);
  });
}
