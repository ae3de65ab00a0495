/**
 * The emotion curve: a smooth line through its points that never rises above or falls below them.
 *
 * Monotone cubic interpolation after F. N. Fritsch and R. E. Carlson, "Monotone Piecewise Cubic Interpolation",
 * SIAM Journal on Numerical Analysis 17 (1980). `exports/curve.py` is its twin; both follow `tests/vectors/curve.json`.
 */

/** @typedef {[number, number]} Point */
/** @typedef {[Point, Point, Point, Point]} Segment start, two control points, end */

/**
 * The slope of the curve at each point; the x of the points must grow strictly.
 * @param {readonly Point[]} points
 * @returns {number[]}
 */
export function tangents(points) {
  if (points.length < 2) return points.map(() => 0);
  const slopes = points.slice(1).map((point, index) => (point[1] - points[index][1]) / (point[0] - points[index][0]));
  const result = points.map((_, index) => {
    if (index === 0) return slopes[0];
    if (index === slopes.length) return slopes[index - 1];
    const [before, after] = [slopes[index - 1], slopes[index]];
    return before * after <= 0 ? 0 : (before + after) / 2;
  });
  slopes.forEach((slope, index) => limit(result, index, slope));
  return result;
}

/** @param {number[]} result @param {number} index @param {number} slope */
function limit(result, index, slope) {
  if (slope === 0) {
    result[index] = 0;
    result[index + 1] = 0;
    return;
  }
  const size = Math.hypot(result[index] / slope, result[index + 1] / slope);
  if (size <= 3) return;
  result[index] *= 3 / size;
  result[index + 1] *= 3 / size;
}

/**
 * The Bézier pieces of the curve, left to right; none for fewer than two points.
 * @param {readonly Point[]} points
 * @returns {Segment[]}
 */
export function smooth(points) {
  const slopes = tangents(points);
  return points.slice(1).map((end, index) => {
    const start = points[index];
    const third = (end[0] - start[0]) / 3;
    return [
      start,
      [start[0] + third, start[1] + third * slopes[index]],
      [end[0] - third, end[1] - third * slopes[index + 1]],
      end,
    ];
  });
}

/**
 * The y of the curve at x, which must lie between the first and the last point.
 * @param {readonly Point[]} points
 * @param {number} x
 * @returns {number}
 */
export function heightAt(points, x) {
  for (const segment of smooth(points)) {
    const [start, , , end] = segment;
    if (x <= end[0]) return along(segment, (x - start[0]) / (end[0] - start[0]));
  }
  return points[points.length - 1][1];
}

/** @param {Segment} segment @param {number} share */
function along([a, b, c, d], share) {
  const rest = 1 - share;
  return rest ** 3 * a[1] + 3 * rest ** 2 * share * b[1] + 3 * rest * share ** 2 * c[1] + share ** 3 * d[1];
}

/**
 * The curve as the `d` of an SVG path; empty for no point, a dot for one.
 * @param {readonly Point[]} points
 * @returns {string}
 */
export function pathOf(points) {
  if (points.length === 0) return "";
  const start = `M${pair(points[0])}`;
  return (
    start +
    smooth(points)
      .map(([, first, second, end]) => `C${pair(first)} ${pair(second)} ${pair(end)}`)
      .join("")
  );
}

/** @param {Point} point */
function pair([x, y]) {
  return `${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`;
}
