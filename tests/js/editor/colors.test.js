/** The colours of the design system hold what they promise: 7:1 on every sticky, 4.5:1 for words elsewhere, light and dark. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../../static/css/tokens.css", import.meta.url), "utf-8");
/** @type {Map<string, [string, string]>} */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    [light, dark],
  ]),
);

/** Relative luminance as WCAG 2 defines it. @param {string} color */
function luminance(color) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} one @param {string} other @param {0 | 1} theme */
function contrast(one, other, theme) {
  const [a, b] = [one, other].map((name) => {
    const found = tokens.get(name);
    assert.ok(found, `no token --${name} with light-dark() in tokens.css`);
    return luminance(found[theme]);
  });
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const STICKIES = ["yellow", "orange", "pink", "red", "violet", "blue", "teal", "green", "grey", "white"];
const WORDS = [
  ["ink", "ground"],
  ["ink", "surface"],
  ["ink-muted", "ground"],
  ["ink-muted", "surface"],
  ["ink-muted", "sunken"],
  ["ink-muted", "raised"],
  ["accent", "ground"],
  ["on-accent", "accent"],
  ["danger", "surface"],
  ["danger", "danger-soft"],
  ["success", "surface"],
  ["warning", "warning-soft"],
  ["star", "blue"],
  ...STICKIES.map((name) => [`${name}-strong`, "ground"]),
];

for (const [theme, name] of /** @type {const} */ ([
  [0, "light"],
  [1, "dark"],
])) {
  test(`ink on every sticky is at least 7:1, ${name}`, () => {
    for (const sticky of STICKIES)
      assert.ok(
        contrast(`${sticky}-ink`, sticky, theme) >= 7,
        `${sticky}: ${contrast(`${sticky}-ink`, sticky, theme)}`,
      );
  });
  test(`words are at least 4.5:1, controls and faces 3:1, ${name}`, () => {
    for (const [one, other] of WORDS)
      assert.ok(contrast(one, other, theme) >= 4.5, `--${one} on --${other}: ${contrast(one, other, theme)}`);
    for (const one of ["control-line", "valence-low", "valence-mid", "valence-high"])
      assert.ok(contrast(one, "ground", theme) >= 3, `--${one}: ${contrast(one, "ground", theme)}`);
  });
}
