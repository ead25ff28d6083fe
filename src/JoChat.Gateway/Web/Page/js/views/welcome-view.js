// The first thing a newcomer sees: sign up or log in.

import { confirmed } from '../dialogs.js';
import { h, replace, visible } from '../dom.js';
import { field, form, passwordField } from '../fields.js';
import { Refused } from '../line.js';
import { strength } from '../passwords.js';
import { texts } from '../texts.js';
import { exact } from '../times.js';
import { View, viewOf } from '../view.js';
import { LineStatus } from './line-status.js';

export class WelcomeView extends View {
  #reason = h('p', { class: 'reason', role: 'status' });
  #place = h('div', { class: 'forms' });
  #maxUsername = 64;

  build() {
    this.append(
      viewOf(LineStatus, this),
      h('main', { class: 'centred' },
        h('img', { src: 'icon.svg', alt: '', width: 56, height: 56 }),
        h('h1', null, texts.appName),
        h('p', { class: 'tagline' }, texts.tagline),
        this.#reason,
        this.#place,
        !isSecureContext && h('p', { class: 'hint' }, texts.notEncrypted)));
    this.#offerLogIn('');
  }

  /** @param {import('../state.js').State} state */
  show({ reason, limits }) {
    this.#maxUsername = limits.maxUsername;
    const why = reason === null ? '' : texts.reasons[reason] ?? '';
    if (this.#reason.textContent !== why) replace(this.#reason, why);
  }

  /** @param {string} name what was typed before */
  #offerLogIn(name) {
    const { element, input } = nameField(name);
    const password = passwordField(texts.password, 'current-password');
    const submit = () => this.#logIn(input.value.trim(), password.input.value);
    replace(this.#place,
      form({ action: texts.logIn, busy: texts.loggingIn, submit },
        h('h2', null, texts.logIn), element, password.element),
      switchTo(texts.newHere, texts.signUp, () => this.#offerSignUp(input.value)));
    queueMicrotask(() => input.focus());
  }

  /** @param {string} name */
  #offerSignUp(name) {
    const { element, input, hint } = nameField(name);
    replace(hint, texts.nameHint(this.#maxUsername));
    const password = passwordField(texts.password, 'new-password');
    const meter = h('meter', { min: 0, max: 4, low: 2, high: 3, optimum: 4, 'aria-label': texts.strengthLabel });
    const words = h('span');
    password.hint.append(meter, words);
    meter.hidden = true;
    const measure = () => {
      meter.hidden = password.input.value === '';
      meter.value = strength(password.input.value, input.value);
      replace(words, !meter.hidden && texts.strengths[meter.value]);
    };
    password.input.addEventListener('input', measure);
    input.addEventListener('input', measure);
    const submit = async () => {
      const name = input.value.trim(); // a phone's keyboard leaves a space behind it
      await this.chat.signUp(name, password.input.value);
      await this.#logIn(name, password.input.value);
    };
    replace(this.#place,
      form({ action: texts.signUp, busy: texts.signingUp, submit },
        h('h2', null, texts.signUp), element, password.element),
      switchTo(texts.knownHere, texts.logIn, () => this.#offerLogIn(input.value)));
    queueMicrotask(() => input.focus());
  }

  /** @param {string} name @param {string} password */
  async #logIn(name, password) {
    try {
      await this.chat.logIn(name, password);
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.code !== 'already_logged_in') throw fault;
      const since = fault.since ? exact(fault.since) : '';
      const takeover = await confirmed({
        title: texts.takeOverTitle, text: texts.takeOverText(visible(name), since), action: texts.takeOver,
      });
      if (takeover) await this.chat.logIn(name, password, { takeover });
    }
  }
}
customElements.define('welcome-view', WelcomeView);

/** @param {string} value */
function nameField(value) {
  const made = field(texts.name, {
    autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', dir: 'auto', required: true,
  });
  made.input.value = value;
  return made;
}

/** @param {string} question @param {string} answer @param {() => void} onclick */
const switchTo = (question, answer, onclick) => h('p', { class: 'switch' },
  question, ' ', h('button', { class: 'link-button', onclick }, answer));
