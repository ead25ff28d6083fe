// Until it is known whether this browser is logged in: nothing to do but wait, and to say for what.

import { h } from '../dom.js';
import { texts } from '../texts.js';
import { View, viewOf } from '../view.js';
import { LineStatus } from './line-status.js';

export class StartingView extends View {
  build() {
    this.append(viewOf(LineStatus, this), h('main', { class: 'centred starting' },
      h('img', { src: 'icon.svg', alt: '', width: 56, height: 56 }),
      h('h1', null, texts.appName),
      h('p', { class: 'tagline' }, texts.tagline)));
  }
}
customElements.define('starting-view', StartingView);
