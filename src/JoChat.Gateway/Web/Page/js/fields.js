// Labelled fields of forms, and forms that wait for an answer.

import { h, replace, visible } from './dom.js';
import { explain } from './faults.js';
import { texts } from './texts.js';

let number = 0;

/**
 * A label, its input, and a place for a hint that belongs to it.
 * @param {string} label @param {Record<string, any>} props of the input
 */
export function field(label, props) {
  const id = `field-${++number}`;
  const hint = h('span', { class: 'hint', id: `${id}-hint` });
  const input = h('input', { id, 'aria-describedby': hint.id, ...props });
  const element = h('div', { class: 'field' }, h('label', { for: id }, label), input, hint);
  return { element, input, hint };
}

/** A password's field, which can be looked at. @param {string} label @param {string} autocomplete */
export function passwordField(label, autocomplete) {
  const made = field(label, { type: 'password', autocomplete, required: true, maxlength: 1024 });
  const toggle = /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox', id: `${made.input.id}-show` }));
  toggle.addEventListener('change', () => { made.input.type = toggle.checked ? 'text' : 'password'; });
  made.element.append(h('span', { class: 'check' }, toggle, h('label', { for: toggle.id }, texts.showPassword)));
  return made;
}

/**
 * A form that does something and says what went wrong.
 * @param {{
 *   action: string, busy: string, submit: () => Promise<void>, class?: string, refusals?: Record<string, string>,
 * }} what
 * @param {...import('./dom.js').Child} children
 */
export function form({ action, busy, submit, class: kind = 'primary', refusals }, ...children) {
  const button = h('button', { class: `button ${kind}` }, action);
  const fault = h('p', { class: 'fault', role: 'alert' });
  let isBusy = false;
  /** @param {Event} event */
  const onsubmit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    replace(fault);
    button.setAttribute('aria-disabled', 'true'); // a disabled button would lose the focus
    replace(button, busy);
    try {
      await submit();
    } catch (refused) {
      replace(fault, visible(explain(refused, refusals)));
    } finally {
      isBusy = false;
      button.removeAttribute('aria-disabled');
      replace(button, action);
    }
  };
  return h('form', { onsubmit }, ...children, fault, button);
}
