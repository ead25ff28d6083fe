// What of a text is a link or code. Nothing else is markup. Pure.

/** @typedef {{kind: 'text' | 'code', text: string} | {kind: 'link', text: string, href: string}} Piece */

// A scheme that may be followed, then anything up to a blank or a quote; or code between backticks.
const PIECE = /`([^`\n]+)`|\b(?:https?:\/\/|mailto:)[^\s<>"'\u201C\u201D`]+/giu;
const PUNCTUATION = '.,:;!?*_';
const OPENING = '([{';
const CLOSING = ')]}';

/** @param {string} text @returns {Piece[]} */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let end = 0;
  for (const match of text.matchAll(PIECE)) {
    const piece = match[1] === undefined ? link(match[0]) : /** @type {Piece} */ ({ kind: 'code', text: match[1] });
    if (!piece) continue;
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) });
    found.push(piece);
    end = match.index + (piece.kind === 'code' ? match[0].length : piece.text.length);
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) });
  return found;
}

// Punctuation behind a link is the sentence's, and so is a bracket that the link does not open.
/** @param {string} raw @returns {Piece | null} */
function link(raw) {
  const text = raw.slice(0, endOf(raw));
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, href } = new URL(text);
  const isWhole = protocol === 'mailto:' ? pathname.includes('@') : host !== '';
  return isWhole && ['http:', 'https:', 'mailto:'].includes(protocol) ? { kind: 'link', text, href } : null;
}

// Counts the brackets once: a text of brackets alone would take minutes otherwise.
/** @param {string} raw */
function endOf(raw) {
  let unopened = 0;
  for (const one of raw) unopened += CLOSING.includes(one) ? 1 : OPENING.includes(one) ? -1 : 0;
  let end = raw.length;
  while (end > 0) {
    const isBracket = CLOSING.includes(raw[end - 1]);
    if (isBracket ? unopened <= 0 : !PUNCTUATION.includes(raw[end - 1])) break;
    if (isBracket) unopened--;
    end--;
  }
  return end;
}
