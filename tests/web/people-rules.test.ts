import fc from 'fast-check';
import { browserIn } from '../../src/web/rooms/account/browser-in.ts';
import { wrongIn } from '../../src/web/rooms/account/wrong-in.ts';
import { askedOf, withAsked } from '../../src/web/rooms/people/people-address.ts';
import { holdsOn, lastDay } from '../../src/web/rooms/people/spans.ts';

/** What the room for people and units decides without a screen. */

describe('the address of the list of people', () => {
  const unitId = '6f1c0c2e-54a4-4c1f-9a50-0d8f6f0b8f11';

  test('what the contract would refuse is not asked', () => {
    expect(askedOf(new URLSearchParams('q= lan &unit=x&state=gone'))).toEqual({ q: 'lan', state: 'here' });
    expect(askedOf(new URLSearchParams(`unit=${unitId}&state=all`))).toEqual({ q: '', unit: unitId, state: 'all' });
  });

  test('what is said by default stands nowhere', () => {
    const address = withAsked(new URLSearchParams('q=lan&state=left'), { q: '', state: 'here', unit: unitId });
    expect(address.toString()).toBe(`unit=${unitId}`);
  });
});

describe('from and until', () => {
  test('until is the day after the last one', () => {
    expect(lastDay('2025-03-01')).toBe('2025-02-28');
    expect(holdsOn('2025-02-28', { from: '2025-01-01', until: '2025-03-01' })).toBe(true);
    expect(holdsOn('2025-03-01', { from: '2025-01-01', until: '2025-03-01' })).toBe(false);
    expect(holdsOn('2024-12-31', { from: '2025-01-01', until: null })).toBe(false);
  });
});

describe('a new password, before the house is asked', () => {
  const good = 'sông núi nước Nam';

  test.each([
    [{ current: 'cũ', next: good, again: good }, {}],
    [
      { current: '', next: '', again: '' },
      { current: 'needed', next: 'needed', again: 'needed' },
    ],
    [{ current: 'cũ', next: 'ngắn', again: 'ngắn' }, { next: 'short' }],
    [{ current: good, next: good, again: good }, { next: 'same' }],
    [{ current: 'cũ', next: good, again: `${good}.` }, { again: 'differs' }],
  ])('%j', (said, expected) => {
    expect(wrongIn(said)).toEqual(expected);
  });

  test('letters are counted, not bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 201 }), (next) => {
        expect(wrongIn({ current: 'cũ', next, again: next }).next).toBe('long');
      }),
    );
  });
});

describe('the program somebody signed in with', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

  test.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/143.0.0.0`, 'Edge', 'Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/130.0 Chrome/126.0 Safari`,
      'Cốc Cốc',
      'Windows',
    ],
    [`Mozilla/5.0 (Linux; Android 15) ${chrome}`, 'Chrome', 'Android'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox', 'Linux'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605 Version/18 Safari/605', 'Safari', 'macOS'],
    ['vankho/0.1', undefined, undefined],
  ])('%s', (userAgent, browser, system) => {
    expect(browserIn(userAgent)).toEqual({ browser, system });
  });
});
