import fc from 'fast-check';
import { largestLeaf, leafOf } from '../../src/departments/audit/events-leaf.ts';
import { csvCell, fold, foldingSeconds } from '../../src/departments/audit/rules.ts';
import type { Requester } from '../../src/kernel/event.ts';

const who: Requester = { actor: null, address: '10.0.0.7', requestId: 'r', machine: 'worker' };
const at = new Date('2026-01-02T03:04:05.678Z');

describe('the leaf of an event', () => {
  test('is RFC 8785: sorted keys, no blanks, the same whatever order it was told in', () => {
    const leaf = leafOf('id', at, who, {
      type: 'a.done',
      version: 2,
      outcome: 'done',
      data: { z: 1, a: 'Đ', m: [null, true] },
    });
    expect(leaf).toBe(
      '{"at":"2026-01-02T03:04:05.678Z","by":{"machine":"worker"},"data":{"a":"Đ","m":[null,true],"z":1},"from":"10.0.0.7","id":"id","outcome":"done","request":"r","type":"a.done/2","v":1}',
    );
    expect(
      leafOf('id', at, who, { outcome: 'done', data: { m: [null, true], a: 'Đ', z: 1 }, version: 2, type: 'a.done' }),
    ).toBe(leaf);
  });

  test('is read back to what was told', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
        ),
        (data) => {
          const { ['__proto__']: _never, ...told } = data;
          expect(
            JSON.parse(leafOf('id', at, who, { type: 't', version: 1, outcome: 'done', data: told })).data,
          ).toEqual(told);
        },
      ),
    );
  });

  test('over 64 KiB is refused, counted in bytes', () => {
    const told = (length: number) => () =>
      leafOf('id', at, who, { type: 't', version: 1, outcome: 'done', data: { words: 'ạ'.repeat(length) } });
    expect(told(21_000)).not.toThrow();
    expect(told(22_000)).toThrow(String(largestLeaf));
  });
});

describe('folding of looks', () => {
  const row = (
    seconds: number,
    type = 'search.asked',
    sessionId: string | null = 's',
    recordId: string | null = null,
  ) => ({
    type,
    outcome: 'done',
    sessionId,
    record: recordId === null ? null : { id: recordId },
    at: new Date(1_000_000 - seconds * 1000),
  });

  test('a run becomes its last look and a count; a pause or another session ends it', () => {
    const rows = [
      row(0),
      row(1),
      row(1 + foldingSeconds),
      row(2 + 2 * foldingSeconds),
      row(60, 'record.viewed'),
      row(61),
      row(61, 'search.asked', 'other'),
    ];
    expect(fold(rows).map(({ folded, type, sessionId }) => [folded, type, sessionId])).toEqual([
      [3, 'search.asked', 's'],
      [1, 'search.asked', 's'],
      [1, 'record.viewed', 's'],
      [1, 'search.asked', 's'],
      [1, 'search.asked', 'other'],
    ]);
  });

  test('looks at two records stay two; a refusal, a download and a change stand for themselves', () => {
    const rows = [
      row(0, 'picture.viewed', 's', 'a'),
      row(1, 'picture.viewed', 's', 'b'),
      row(2, 'picture.viewed', 's', 'a'),
      { ...row(3, 'picture.viewed', 's', 'a'), outcome: 'refused' },
      row(4, 'content.downloaded', 's', 'a'),
      row(4, 'content.downloaded', 's', 'a'),
      row(5, 'record.corrected', 's', 'a'),
      row(5, 'record.corrected', 's', 'a'),
    ];
    expect(fold(rows).map(({ folded, type, record }) => `${String(folded)} ${type} ${record?.id ?? ''}`)).toEqual([
      '2 picture.viewed a',
      '1 picture.viewed b',
      '1 picture.viewed a',
      '1 content.downloaded a',
      '1 content.downloaded a',
      '1 record.corrected a',
      '1 record.corrected a',
    ]);
  });

  test('no event is lost or counted twice', () => {
    const event = fc.record({
      seconds: fc.nat(40),
      type: fc.constantFrom('search.asked', 'record.viewed'),
      session: fc.constantFrom('a', 'b', null),
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const rows = events
          .sort((one, other) => one.seconds - other.seconds)
          .map((one) => row(one.seconds, one.type, one.session));
        expect(fold(rows).reduce((sum, one) => sum + one.folded, 0)).toBe(rows.length);
      }),
    );
  });
});

describe('a cell of CSV', () => {
  test.each(['=1+1', '+84', '-1', '@x', '\tx', '\rx'])('%j is not run by a spreadsheet', (value) => {
    expect(csvCell(value)).toBe(`"'${value}"`);
  });
  test('quotes are doubled', () => {
    expect(csvCell('ông "A"')).toBe('"ông ""A"""');
  });
});
