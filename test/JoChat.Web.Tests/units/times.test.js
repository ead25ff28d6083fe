import assert from 'node:assert/strict';
import test from 'node:test';

// Before the module reads them: the tests' machine is in Berlin and speaks British English.
process.env.TZ = 'Europe/Berlin';
const formats = { DateTimeFormat: Intl.DateTimeFormat, RelativeTimeFormat: Intl.RelativeTimeFormat };
for (const [name, Format] of Object.entries(formats)) {
  Intl[name] = class extends Format { constructor(_, options) { super('en-GB', options); } };
}
const { brief, clock, dayLabel, dayOf, exact } = await import('../../../src/JoChat.Gateway/Web/Page/js/times.js');

const at = (text) => Date.parse(text);
const now = at('2026-11-28T12:00:00+01:00'); // a Saturday

test('a day begins at midnight where the reader is', () => {
  assert.equal(dayOf(at('2026-11-28T00:00:00+01:00')), dayOf(at('2026-11-28T23:59:59+01:00')));
  assert.notEqual(dayOf(at('2026-11-27T23:59:59+01:00')), dayOf(at('2026-11-28T00:00:00+01:00')));
});

test('days are named as people name them', () => {
  const cases = {
    '2026-11-28T00:00:00+01:00': 'Today',
    '2026-11-27T23:59:59+01:00': 'Yesterday',
    '2026-11-22T12:00:00+01:00': 'Sunday',
    '2026-11-21T12:00:00+01:00': 'Sat 21 November',
    '2025-11-28T12:00:00+01:00': '28 November 2025',
  };
  for (const [text, label] of Object.entries(cases)) assert.equal(dayLabel(at(text), now).replace(',', ''), label);
});

test('a row of the list tells the time briefly', () => {
  const cases = {
    '2026-11-28T09:05:00+01:00': '9:05',
    '2026-11-27T09:05:00+01:00': 'Yesterday',
    '2026-11-24T09:05:00+01:00': 'Tuesday',
    '2026-03-03T09:05:00+01:00': '3 Mar',
    '2025-03-03T09:05:00+01:00': '03/03/2025',
  };
  for (const [text, label] of Object.entries(cases)) assert.equal(brief(at(text), now).replace(/^0(?=\d:)/, ''), label);
});

test('the days around a change of the clock are a day apart', () => {
  assert.equal(dayLabel(at('2026-10-24T12:00:00+02:00'), at('2026-10-25T12:00:00+01:00')), 'Yesterday');
  assert.equal(dayLabel(at('2026-03-28T12:00:00+01:00'), at('2026-03-29T12:00:00+02:00')), 'Yesterday');
});

test('a clock ahead of ours is today, not minus one day', () => {
  assert.equal(brief(at('2026-11-29T00:05:00+01:00'), now), clock(at('2026-11-29T00:05:00+01:00')));
});

test('the exact time has the year and the second', () => {
  assert.match(exact(at('2026-11-28T14:02:07+01:00')), /28 November 2026.*14:02:07/);
});
