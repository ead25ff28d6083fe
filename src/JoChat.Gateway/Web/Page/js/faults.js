// What went wrong, in words for people.

import { LineLost, Refused } from './line.js';
import { texts } from './texts.js';

/** @param {unknown} fault @param {Record<string, string>} [here] what codes mean here */
export function explain(fault, here = {}) {
  /** @type {Record<string, string>} */
  const refusals = { ...texts.refusals, ...here };
  if (fault instanceof Refused) return refusals[fault.code] ?? (fault.message || texts.unexpected);
  if (fault instanceof LineLost || fault instanceof TypeError) return texts.noServer; // fetch fails with a TypeError
  return texts.unexpected;
}
