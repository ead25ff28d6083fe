// A sentence about what just happened: failures stay until they are dismissed, the others go by themselves.

import { h, replace, visible } from '../dom.js';
import { icon } from '../icons.js';
import { texts } from '../texts.js';
import { View } from '../view.js';

/** @typedef {import('../types.js').Notice} Notice */

const SHOWN = 6_000;

export class NoticeBar extends View {
  /** @type {Notice | null} */
  #shown = null;
  #status = h('div', { role: 'status' });
  #alert = h('div', { role: 'alert' });

  build() { this.append(this.#status, this.#alert); }

  /** @param {import('../state.js').State} state */
  show({ notice }) {
    if (notice === this.#shown) return;
    this.#shown = notice;
    replace(this.#status, notice?.kind === 'info' && this.#sentence(notice));
    replace(this.#alert, notice?.kind === 'failure' && this.#sentence(notice));
    if (notice?.kind === 'info') setTimeout(() => this.#dismiss(notice), SHOWN);
  }

  /** @param {Notice} notice */
  #sentence(notice) {
    return h('div', { class: `notice ${notice.kind}` },
      h('p', null, visible(notice.text)),
      h('button', { class: 'icon-button', 'aria-label': texts.dismiss, onclick: () => this.#dismiss(notice) },
        icon('close')));
  }

  /** @param {Notice} notice */
  #dismiss(notice) {
    if (this.#shown === notice) this.store.dispatch({ type: 'notice', notice: null });
  }
}
customElements.define('notice-bar', NoticeBar);
