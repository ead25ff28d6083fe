// Finds people by name. The focus stays in the text field; the arrows move the choice in the list below it.

import { avatar } from '../avatar.js';
import { openDialog } from '../dialogs.js';
import { bdi, h, replace, visible } from '../dom.js';
import { explain } from '../faults.js';
import { keyed } from '../keyed.js';
import { LineLost } from '../line.js';
import { show } from '../routes.js';
import { texts } from '../texts.js';

const PAGE = 20;
const PAUSE = 150; // ms without a key until the server is asked

/** @param {import('../view.js').View} owner */
export function openPeople(owner) {
  if (document.querySelector('dialog.people')) return;
  const search = new PeopleSearch(owner);
  const dialog = openDialog(texts.findPeople, { class: 'people', closedby: 'any' }, ...search.elements);
  search.onchosen = (name) => {
    dialog.close();
    show(name);
  };
  dialog.addEventListener('close', () => search.end());
  void search.begin();
}

class PeopleSearch {
  /** @type {(name: string) => void} */
  onchosen = () => {};
  #store;
  #chat;
  #pattern = '';
  /** @type {string[]} */
  #names = [];
  #chosen = 0;
  #request = 0; // an answer to an older one is ignored
  #hasFailed = false;
  #unsubscribe = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pausing;
  #input = h('input', {
    type: 'text', role: 'combobox', class: 'search', 'aria-label': texts.searchPeople, placeholder: texts.searchPeople,
    'aria-controls': 'people-found', 'aria-expanded': 'false', 'aria-autocomplete': 'list', autocomplete: 'off',
    autocapitalize: 'none', spellcheck: 'false', dir: 'auto', maxlength: 256, autofocus: true,
  });
  #list = h('ul', { role: 'listbox', id: 'people-found', class: 'found', 'aria-label': texts.people });
  #words = h('p', { class: 'hint', role: 'status' });
  #more = h('button', { class: 'button', hidden: true, onclick: () => void this.#search(true) }, texts.more);

  /** @param {import('../view.js').View} owner */
  constructor({ store, chat }) {
    this.#store = store;
    this.#chat = chat;
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('click', (event) => {
      const option = /** @type {Element} */ (event.target).closest('[role=option]');
      if (option) this.#open([...this.#list.children].indexOf(option));
    });
  }

  get elements() {
    return [this.#input, this.#words, this.#list, this.#more];
  }

  async begin() {
    this.#input.focus();
    await this.#search(false);
    this.#unsubscribe = this.#store.subscribe(({ line }) => {
      if (this.#hasFailed && line.status === 'online') void this.#search(false);
    });
  }

  end() {
    this.#unsubscribe();
    clearTimeout(this.#pausing);
    this.#request++;
  }

  #typed() {
    clearTimeout(this.#pausing);
    this.#pausing = setTimeout(() => void this.#search(false), PAUSE);
  }

  /** @param {boolean} isMore */
  async #search(isMore) {
    const request = ++this.#request;
    this.#hasFailed = false;
    this.#pattern = isMore ? this.#pattern : this.#input.value.trim();
    if (!isMore && this.#names.length === 0) replace(this.#words, texts.searching);
    try {
      const start = isMore ? this.#names.length : 0;
      const found = await this.#chat.findPeople(this.#pattern || '*', start, PAGE);
      if (request !== this.#request) return;
      const first = isMore ? this.#names.length : 0;
      // A name comes again if an account was made before it meanwhile.
      this.#names = isMore ? [...new Set([...this.#names, ...found])] : found;
      this.#chosen = first;
      if (found[0] === this.#store.state.me && found.length > 1) this.#chosen++;
      this.#draw(found.length === PAGE);
      if (isMore) this.#input.focus();
    } catch (fault) {
      if (request !== this.#request) return;
      this.#names = [];
      this.#draw(false);
      this.#hasFailed = fault instanceof LineLost;
      replace(this.#words, explain(fault));
    }
  }

  /** @param {boolean} hasMore */
  #draw(hasMore) {
    const { me, online } = this.#store.state;
    const aside = (/** @type {string} */ name) =>
      name === me ? texts.thatIsYou : online.includes(name) ? texts.online : '';
    // A click counts only if the option is the same element when the button goes up.
    keyed(this.#list, this.#names.map((name) => ({ key: name, aside: aside(name) })), () => h('li', { role: 'option' }),
      (option, person) => replace(option, avatar(person.key), h('span', { class: 'name' }, bdi(person.key)),
        person.aside && h('span', { class: 'aside' }, person.aside)));
    this.#list.hidden = this.#names.length === 0;
    this.#more.hidden = !hasMore;
    this.#input.setAttribute('aria-expanded', String(this.#names.length > 0));
    const none = this.#pattern === '' ? texts.nobodyAtAll : texts.nobody(visible(this.#pattern));
    replace(this.#words, this.#names.length === 0 ? none : texts.searchHint);
    this.#choose(this.#chosen);
  }

  /** @param {number} index */
  #choose(index) {
    this.#chosen = Math.max(0, Math.min(this.#names.length - 1, index));
    for (const [at, option] of [...this.#list.children].entries()) {
      option.id = `person-${at}`;
      option.setAttribute('aria-selected', String(at === this.#chosen));
    }
    const option = this.#list.children[this.#chosen];
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.#input.setAttribute('aria-activedescendant', option.id);
    else this.#input.removeAttribute('aria-activedescendant');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.#choose(this.#chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void this.#openTyped();
    }
  }

  // Enter may come before the answer to what was typed last.
  async #openTyped() {
    if (this.#input.value.trim() !== this.#pattern) {
      clearTimeout(this.#pausing);
      await this.#search(false);
    }
    this.#open(this.#chosen);
  }

  /** @param {number} index */
  #open(index) {
    const name = this.#names[index];
    if (name !== undefined) this.onchosen(name);
  }
}
