import fc from 'fast-check';
import { askedOf as auditAsked, rangeOf, spanOf, spans, withFilters } from '../../src/web/rooms/audit/audit-address.ts';
import { barsOf, daysOf } from '../../src/web/rooms/audit/bars-of.ts';
import { findIn, inPieces, soughtIn } from '../../src/web/rooms/record/find-words.ts';
import {
  askedOf,
  chosenIn,
  hitAddress,
  stanceOf,
  withoutFilters,
  withStance,
} from '../../src/web/rooms/search/search-address.ts';

/** The decisions of the rooms that need no screen: what an address means, where words stand, how time is cut into bars. */

describe('finding words in an open document', () => {
  const pages = [
    { number: 1, text: 'Đề nghị lập dự toán chi.' },
    { number: 2, text: 'Dự án, tính toán; DU TOAN không dấu' },
    { number: 3, text: 'Về hoá đơn và đường đi' },
  ];
  const found = (words: string): [string, ...string[]] => {
    const { way, matches } = findIn(pages, soughtIn(words));
    return [
      way,
      ...matches.map(({ page, start, end }) => `${page}:${(pages[page - 1]?.text ?? '').slice(start, end)}`),
    ];
  };

  test.each([
    ['marks typed ask for those marks', 'dự toán', ['exact', '1:dự toán']],
    ['none typed takes any', 'du toan', ['exact', '1:dự toán', '2:DU TOAN']],
    ['the last word may still be growing', 'dự toá', ['exact', '1:dự toán']],
    ['old and new tone placement are one', 'hóa đơn', ['exact', '3:hoá đơn']],
    ['đ is d', 'duong', ['exact', '3:đường']],
    ['marks that stand nowhere give way to the letters', 'dụ toàn', ['folded', '1:dự toán', '2:DU TOAN']],
    ['words apart are marked apart', 'dự tính', ['words', '1:dự', '2:Dự', '2:tính', '2:DU']],
    ['what was to be left out is not looked for', 'đường -toán', ['exact', '3:đường']],
    ['quotation marks only hold together', '"dự toán"', ['exact', '1:dự toán']],
    ['nothing is found by nothing', ' -- ', ['exact']],
  ])('%s', (_name, words, expected) => {
    expect(found(words)).toEqual(expected);
  });

  test('the pieces of a text are the text, whatever was looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, words) => {
        const { matches } = findIn([{ number: 1, text }], soughtIn(words));
        expect(
          inPieces(text, matches)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('the address of a search', () => {
  const address = (query: string) => new URLSearchParams(query);

  test('what the contract would refuse is not asked; what it knows stays', () => {
    const asked = askedOf(address('q=a&rank=1&rank=9&urgency=soon&from=2026-02-31&until=2026-02-28&type=A&type=A&x=1'));
    expect(asked).toEqual({ q: 'a', rank: [1], until: '2026-02-28', type: ['A'] });
  });

  test('a value is on, the other way, or off: never two of them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('include', 'exclude', 'off'), { minLength: 1 }), (stances) => {
        let now = address('q=x');
        for (const stance of stances) now = withStance(now, 'issuer', ['Bộ Tài chính'], stance);
        expect(stanceOf(now, 'issuer', 'Bộ Tài chính')).toBe(stances.at(-1));
        expect(chosenIn(now).length).toBe(stances.at(-1) === 'off' ? 0 : 1);
        expect(withoutFilters(now).toString()).toBe('q=x');
      }),
    );
  });

  test('a hit leads to its page with its words', () => {
    expect(hitAddress('r', ' dự toán ', { fileId: 'f', number: 3 })).toBe(
      '/van-ban/r?tep=f&trang=3&q=d%E1%BB%B1+to%C3%A1n',
    );
    expect(hitAddress('r', '', null)).toBe('/van-ban/r');
  });
});

describe('the address of the log', () => {
  // Half past six in the morning of 1 March in Hanoi; still February in London.
  const now = new Date('2026-02-28T23:30:00Z');

  test('ranges are of the calendar in Vietnam', () => {
    expect(rangeOf('today', now)).toEqual({ from: '2026-03-01', until: '2026-03-01' });
    expect(rangeOf('week', now)).toEqual({ from: '2026-02-23', until: '2026-03-01' });
    expect(rangeOf('month', now)).toEqual({ from: '2026-03-01', until: '2026-03-01' });
    expect(rangeOf('year', now)).toEqual({ from: '2026-01-01', until: '2026-03-01' });
    for (const span of spans) {
      const range = rangeOf(span, now);
      expect(rangeOf(spanOf(range, now) ?? 'year', now)).toEqual(range);
    }
  });

  test('without days it is about today; days the wrong way round are turned', () => {
    expect(auditAsked(new URLSearchParams('outcome=perhaps&personId=x'), now)).toEqual(rangeOf('today', now));
    expect(auditAsked(new URLSearchParams('from=2026-02-05&until=2026-02-01'), now)).toEqual({
      from: '2026-02-01',
      until: '2026-02-05',
    });
  });

  test('a new filter drops the hour, which is of one answer only', () => {
    const next = withFilters(new URLSearchParams('gio=2026-03-01T01:00:00.000Z&action=a'), {
      outcome: 'refused',
      action: null,
    });
    expect(next.toString()).toBe('outcome=refused');
  });
});

describe('bars over time', () => {
  const event = (from: string) => ({ from, count: 3, refused: 1 });

  test('a day is its 24 hours in Vietnam', () => {
    const { bars, unit } = barsOf(
      [event('2026-02-28T17:00:00Z'), event('2026-03-01T16:00:00Z')],
      '2026-03-01',
      '2026-03-01',
    );
    expect([unit, bars.length, bars[0]?.count, bars[23]?.count]).toEqual(['hour', 24, 3, 3]);
  });

  test('no event is lost, no day is left out, and bars stay wide enough for a finger', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.nat({ max: 800 }), fc.array(fc.nat({ max: 800 * 24 })), (start, days, hours) => {
        const from = start.toISOString().slice(0, 10);
        const first = Date.parse(`${from}T00:00:00+07:00`);
        const until = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
        const inside = hours.filter((hour) => hour < (days + 1) * 24);
        const { bars } = barsOf(
          inside.map((hour) => event(new Date(first + hour * 3_600_000).toISOString())),
          from,
          until,
        );
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(inside.length * 3);
        expect(bars.reduce((sum, { refused }) => sum + refused, 0)).toBe(inside.length);
        expect(bars.length).toBeLessThanOrEqual(31);
        expect(bars[0] && daysOf(bars[0]).from).toBe(from);
        expect(daysOf(bars.at(-1) ?? { start: 0, end: 0, count: 0, refused: 0 }).until).toBe(until);
      }),
    );
  });
});
