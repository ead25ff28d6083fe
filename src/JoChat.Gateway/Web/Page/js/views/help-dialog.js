// The keyboard shortcuts.

import { openDialog } from '../dialogs.js';
import { h } from '../dom.js';
import { texts } from '../texts.js';

export function openHelp() {
  openDialog(texts.help, { class: 'help', closedby: 'any' }, h('dl', { class: 'shortcuts' }, ...texts.shortcuts.map(
    ([keys, what]) => h('div', null,
      h('dt', null, ...keys.flatMap((key, index) => [index > 0 ? ` ${texts.or} ` : null, ...caps(key)])),
      h('dd', null, what)))));
}

/** @param {string} keys */
const caps = (keys) => keys.split(' ').flatMap((key, index) => [index > 0 ? ' ' : null, h('kbd', null, key)]);
