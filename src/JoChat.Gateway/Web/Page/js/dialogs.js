// Modal dialogs. The focus goes into one when it opens and comes back when it closes.

import { h } from './dom.js';
import { icon } from './icons.js';
import { texts } from './texts.js';

let number = 0;

/**
 * A dialog with a title and a way out; it leaves the page when it is closed.
 * @param {string} title @param {Record<string, any>} props @param {...import('./dom.js').Child} children
 */
export function openDialog(title, props, ...children) {
  const id = `dialog-${++number}`;
  const dialog = h('dialog', { ...props, 'aria-labelledby': id },
    h('header', { class: 'dialog-head' },
      h('h2', { id }, title),
      h('button', { class: 'icon-button', 'aria-label': texts.close, onclick: () => dialog.close() }, icon('close'))),
    ...children);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks before something is done.
 * @param {{title: string, text: string, action: string, isDanger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, action, isDanger = false }) {
  return new Promise((resolve) => {
    const dialog = openDialog(title, { class: 'question', closedby: 'any' },
      h('p', null, text),
      h('div', { class: 'buttons' },
        h('button', { class: 'button', onclick: () => dialog.close() }, texts.cancel),
        h('button', {
          class: isDanger ? 'button danger' : 'button primary', autofocus: true, onclick: () => dialog.close('yes'),
        }, action)));
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'));
  });
}
