// Makes the children of an element those of a list, and touches only what differs. An element that stays is the same
// element: it keeps its focus, its selection and its listeners.

/** @typedef {{key: string}} Keyed */

/** @type {WeakMap<Element, Map<string, {item: any, element: any}>>} */
const known = new WeakMap();

/**
 * @template {Keyed} Item
 * @template {Element} E
 * @param {Element} parent has no other children
 * @param {Item[]} items flat objects with unlike keys
 * @param {(item: Item) => E} make
 * @param {(element: E, item: Item) => void} update called for a new element too
 */
export function keyed(parent, items, make, update) {
  const before = known.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const old = before.get(item.key);
    const element = old?.element ?? make(item);
    if (!old || !isSame(old.item, item)) update(element, item);
    after.set(item.key, { item, element });
  }
  for (const [key, { element }] of before) if (!after.has(key)) element.remove();
  place(parent, [...after.values()].map(({ element }) => element));
  known.set(parent, after);
}

/** @param {Element} parent @param {Element[]} elements */
function place(parent, elements) {
  let next = parent.firstChild;
  for (const element of elements) {
    if (element === next) next = next.nextSibling;
    else if (element.isConnected && 'moveBefore' in parent) {
      /** @type {any} */ (parent).moveBefore(element, next); // keeps the focus, where browsers have it
    } else parent.insertBefore(element, next);
  }
}

/** @param {Record<string, any>} some @param {Record<string, any>} other */
const isSame = (some, other) => some === other || Object.keys(other).every((key) => some[key] === other[key]);
