// How long to wait before connecting again. Pure.

const FIRST = 500;
const LONGEST = 30_000;

/**
 * Doubles with each attempt, and spreads: a thousand pages do not come back in the same second.
 * @param {number} attempt 0 for the first
 * @param {number} chance 0 to 1
 * @returns {number} milliseconds
 */
export function delayBefore(attempt, chance) {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10));
  return Math.round(longest * (0.5 + chance / 2));
}
