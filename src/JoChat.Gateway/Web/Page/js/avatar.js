// A person as a letter in a circle.

import { h } from './dom.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @param {string} name */
export function avatar(name) {
  const [first] = graphemes.segment(name);
  return h('span', { class: 'avatar', 'aria-hidden': 'true' }, (first?.segment ?? '').toLocaleUpperCase());
}
