// The account was taken over by another device or browser.

import { h } from '../dom.js';
import { texts } from '../texts.js';
import { View } from '../view.js';

export class ElsewhereView extends View {
  build() {
    const button = h('button', { class: 'button primary' }, texts.useHere);
    button.addEventListener('click', () => void this.chat.connect());
    this.append(h('main', { class: 'centred' },
      h('img', { src: 'icon.svg', alt: '', width: 56, height: 56 }),
      h('h1', null, texts.elsewhereTitle),
      h('p', null, texts.elsewhereText),
      button));
    queueMicrotask(() => button.focus());
  }
}
customElements.define('elsewhere-view', ElsewhereView);
