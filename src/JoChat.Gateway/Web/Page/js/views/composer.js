// The text field of a conversation. Typing never waits for anything.

import { h, replace, visible } from '../dom.js';
import { icon } from '../icons.js';
import { texts } from '../texts.js';
import { View } from '../view.js';

const TYPING_INTERVAL = 3_000;
const NEAR_LIMIT = 2_000; // bytes left, from where they are counted down

const utf8 = new TextEncoder();

export class Composer extends View {
  name = '';
  /** Up in the empty field. */
  onleave = () => {};
  /** A message was sent. */
  onsent = () => {};
  #field = h('textarea', { rows: 1, dir: 'auto', enterkeyhint: 'send', 'aria-describedby': 'composer-fault' });
  #fault = h('p', { class: 'fault', id: 'composer-fault', role: 'alert' });
  #left = h('p', { class: 'hint' });
  #saidTypingAt = 0;
  #maxContent = 65_535;
  #wasTouched = false;

  build() {
    this.#field.setAttribute('aria-label', texts.write(visible(this.name)));
    this.#field.placeholder = texts.placeholder;
    this.#field.addEventListener('input', () => this.#changed());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#send();
    };
    this.append(
      h('form', { class: 'composer', onsubmit },
        this.#field,
        h('button', { class: 'icon-button send', 'aria-label': texts.send, title: texts.send }, icon('send'))),
      this.#left, this.#fault);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#grow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sayTyping(false);
  }

  /** @param {import('../state.js').State} state */
  show({ drafts, limits }) {
    this.#maxContent = limits.maxContent;
    if (this.#wasTouched) return;
    const draft = drafts[this.name] ?? '';
    if (this.#field.value === draft) return;
    this.#field.value = draft;
    this.#grow();
  }

  focusIt() { this.#field.focus(); }

  #changed() {
    this.#wasTouched = true;
    this.#grow();
    this.#count();
    this.chat.saveDraft(this.name, this.#field.value);
    this.#sayTyping(this.#field.value.trim() !== '');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method has the key
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === 'ArrowUp' && this.#field.value === '') {
      event.preventDefault();
      this.onleave();
    }
  }

  async #send() {
    const text = this.#field.value.replace(/\s+$/, '');
    this.#field.focus();
    if (text.trim() === '' || !this.#count()) return;
    this.#field.value = '';
    this.#grow();
    this.onsent();
    let isStored = true;
    try {
      await this.chat.send(this.name, text);
    } catch { // the disk is full, or the browser forbids to store
      isStored = false;
      this.#field.value = [text, this.#field.value].filter((one) => one !== '').join('\n');
    }
    this.#changed(); // until it is stored, it is a draft
    if (!isStored) replace(this.#fault, texts.notStored);
  }

  // True if the text is short enough. Most texts are: a character has at most three bytes for each unit of UTF-16.
  #count() {
    const { value } = this.#field;
    const bytes = value.length * 3 < this.#maxContent - NEAR_LIMIT ? 0 : utf8.encode(value).length;
    const left = this.#maxContent - bytes;
    const isTooLong = left < 0;
    replace(this.#left, bytes > 0 && left < NEAR_LIMIT && !isTooLong && texts.bytesLeft(left));
    const words = isTooLong ? texts.tooLong(bytes, this.#maxContent) : '';
    if (this.#fault.textContent !== words) replace(this.#fault, words);
    if (isTooLong) this.#field.setAttribute('aria-invalid', 'true');
    else this.#field.removeAttribute('aria-invalid');
    return !isTooLong;
  }

  /** @param {boolean} isTyping */
  #sayTyping(isTyping) {
    const now = Date.now();
    if (isTyping ? now - this.#saidTypingAt < TYPING_INTERVAL : this.#saidTypingAt === 0) return;
    this.#saidTypingAt = isTyping ? now : 0;
    this.chat.typing(this.name, isTyping);
  }

  // Where the style sheet cannot let it grow.
  #grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
  }
}
customElements.define('message-composer', Composer);
