// Times for people, in the browser's language. Pure but for that.

const DAY = 24 * 60 * 60 * 1000;

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const weekdayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'long' });
const yearFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const shortFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** The beginning of the day, there where the browser is. @param {number} at @returns {number} */
export const dayOf = (at) => new Date(at).setHours(0, 0, 0, 0);

/** 14:02 @param {number} at */
export const clock = (at) => clockFormat.format(at);

/** Everything about it. @param {number} at */
export const exact = (at) => exactFormat.format(at);

/** Today, Yesterday, Tuesday, Tue 3 March, 3 March 2025. @param {number} at @param {number} now */
export function dayLabel(at, now) {
  const days = Math.round((dayOf(now) - dayOf(at)) / DAY);
  if (days === 0 || days === 1) return capital(relativeFormat.format(-days, 'day'));
  if (days > 1 && days < 7) return weekdayFormat.format(at);
  return (isSameYear(at, now) ? dayFormat : yearFormat).format(at);
}

/** Short, for a row of the list: 14:02, yesterday, Tuesday, 3 Mar, 03/03/25. @param {number} at @param {number} now */
export function brief(at, now) {
  const days = Math.round((dayOf(now) - dayOf(at)) / DAY);
  if (days <= 0) return clock(at);
  if (days === 1) return capital(relativeFormat.format(-1, 'day'));
  if (days < 7) return weekdayFormat.format(at);
  return (isSameYear(at, now) ? shortFormat : dateFormat).format(at);
}

/** @param {number} at @param {number} now */
const isSameYear = (at, now) => new Date(at).getFullYear() === new Date(now).getFullYear();

/** @param {string} text */
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
