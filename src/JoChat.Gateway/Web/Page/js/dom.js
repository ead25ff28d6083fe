// Elements without markup: whatever somebody wrote becomes text, never HTML.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any> | null} [props] `class`, attributes, and listeners as functions: `onclick`
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

/** @param {Element} element @param {...Child} children */
export function replace(element, ...children) { element.replaceChildren(...present(children)); }

/** A name or text that keeps its direction to itself. @param {string} text @param {string} [className] */
export const bdi = (text, className) => h('bdi', { class: className }, visible(text));

// What would act on the line instead of being seen: control characters but tab and line feed, and those that turn the
// direction of what follows.
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** The same text with its control characters shown. @param {string} text */
export const visible = (text) => text.replace(UNSEEN, (character) => {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27E8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27E9`;
});

/** @param {Child[]} children @returns {(Node | string)[]} */
const present = (children) => /** @type {(Node | string)[]} */ (
  children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
