import fc from 'fast-check';
import { facetNames, type Question } from '../../src/departments/search/ports.ts';
import { type Rank } from '../../src/kernel/labels.ts';
import { handles, ids, shelf, type EngineUnderTest } from './search-engine-shelf.ts';

/** Filters, counts and pages. */
export function countsContract(under: () => EngineUnderTest): void {
  const { write, found } = handles(under);

  describe('filters, counts and pages', () => {
    test('include and exclude, dates with both ends', async () => {
      const { entry, ask } = shelf();
      const a = entry({
        facets: {
          documentType: 'quyet-dinh',
          issuer: 'Bộ A',
          unit: 'u1',
          year: 2023,
          issuedDate: '2023-12-31',
          urgency: 'express',
        },
      });
      const b = entry({
        facets: {
          documentType: 'cong-van',
          issuer: 'Bộ B',
          unit: 'u1',
          year: 2024,
          issuedDate: '2024-01-01',
          direction: 'outgoing',
        },
      });
      const c = entry({ facets: { documentType: null, issuer: null, unit: null, year: null, issuedDate: null } });
      await write(a, b, c);
      const by = (filters: Question['filters']): Promise<readonly string[]> => found(ask('', { filters }));
      expect(await by({ include: { documentType: ['quyet-dinh'] } })).toEqual(ids(a));
      expect(await by({ include: { documentType: ['quyet-dinh', 'cong-van'] } })).toEqual(ids(b, a));
      expect(await by({ include: { unit: ['u1'], issuer: ['Bộ B'] } })).toEqual(ids(b));
      expect(await by({ include: { issuer: [] } })).toEqual([]);
      expect(await by({ include: { year: ['2023'] } })).toEqual(ids(a));
      expect(await by({ include: { direction: ['outgoing'] } })).toEqual(ids(b));
      expect(await by({ include: { urgency: ['express'] } })).toEqual(ids(a));
      expect(await by({ exclude: { documentType: ['quyet-dinh'] } })).toEqual(ids(c, b));
      expect(await by({ exclude: { issuer: ['Bộ B'], year: ['2023'] } })).toEqual(ids(c));
      expect(await by({ exclude: { issuer: [] } })).toEqual(ids(c, b, a));
      expect(await by({ issuedFrom: '2024-01-01' })).toEqual(ids(b));
      expect(await by({ issuedUntil: '2023-12-31' })).toEqual(ids(a));
      expect(await by({ issuedFrom: '2023-12-31', issuedUntil: '2024-01-01' })).toEqual(ids(b, a));
      expect(await found(ask('trích', { filters: { include: { unit: ['u1'] } } }))).toHaveLength(2);
    });

    test('a filter value is that value and no other', async () => {
      const { entry, ask } = shelf();
      const issuers = [
        'Bộ A',
        'BỘ A',
        'Bo A',
        'Bộ "A"',
        "Bộ 'A'",
        'Bộ A\\',
        'Bộ A OR 1=1',
        ' Bộ A',
        'Cục Điều tiết điện lực và Năng lượng tái tạo, Bộ Công Thương nước Cộng hòa xã hội chủ nghĩa Việt Nam',
      ];
      const entries = issuers.map((issuer) => entry({ facets: { issuer } }));
      await write(...entries);
      for (const [index, issuer] of issuers.entries()) {
        expect(await found(ask('', { filters: { include: { issuer: [issuer] } } }))).toEqual([
          entries[index]?.recordId,
        ]);
        expect(await found(ask('', { filters: { exclude: { issuer: [issuer] } } }))).toHaveLength(issuers.length - 1);
      }
      const answer = await under().engine.find(ask('', { withFacets: true }));
      expect(new Set(answer.facets?.issuer)).toEqual(new Set(issuers.map((value) => ({ value, count: 1 }))));
    });

    test('facets count what matches and may be known', async () => {
      const { entry, ask } = shelf();
      await write(
        entry({ rank: 0, subject: 'đếm', facets: { documentType: 'quyet-dinh', year: 2023 } }),
        entry({ rank: 1, subject: 'đếm', facets: { documentType: 'cong-van', unit: 'u1' } }),
        entry({ rank: 1, subject: 'đếm', facets: { documentType: 'cong-van', issuer: 'Bộ A' } }),
        entry({ rank: 2, subject: 'đếm', facets: { documentType: 'cong-van' } }),
        entry({ rank: 1, subject: 'khác', facets: { documentType: 'ke-hoach' } }),
      );
      const { facets, total } = await under().engine.find(ask('đếm', { ranks: [0, 1], withFacets: true, limit: 1 }));
      expect(total).toEqual({ count: 3, atLeast: false });
      expect(facets).toEqual({
        rank: [
          { value: '1', count: 2 },
          { value: '0', count: 1 },
        ],
        documentType: [
          { value: 'cong-van', count: 2 },
          { value: 'quyet-dinh', count: 1 },
        ],
        issuer: [{ value: 'Bộ A', count: 1 }],
        unit: [{ value: 'u1', count: 1 }],
        direction: [{ value: 'incoming', count: 3 }],
        urgency: [{ value: 'normal', count: 3 }],
        year: [
          { value: '2024', count: 2 },
          { value: '2023', count: 1 },
        ],
      });
      expect((await under().engine.find(ask('đếm'))).facets).toBeNull();
      const none = await under().engine.find(ask('không có gì như vậy', { withFacets: true }));
      expect(none.total).toEqual({ count: 0, atLeast: false });
      expect(Object.keys(none.facets ?? {}).sort()).toEqual([...facetNames, 'rank'].sort());
    });

    test('a facet that is filtered by counts what may be chosen besides', async () => {
      const { entry, ask } = shelf();
      await write(
        entry({ rank: 0, subject: 'chọn', facets: { documentType: 'quyet-dinh', urgency: 'normal' } }),
        entry({ rank: 1, subject: 'chọn', facets: { documentType: 'quyet-dinh', urgency: 'express' } }),
        entry({ rank: 1, subject: 'chọn', facets: { documentType: 'cong-van', urgency: 'express' } }),
        entry({ rank: 1, subject: 'chọn', facets: { documentType: 'ke-hoach', urgency: 'normal' } }),
        entry({ rank: 2, subject: 'chọn', facets: { documentType: 'cong-van', urgency: 'express' } }),
        entry({ rank: 3, subject: 'chọn', facets: { documentType: 'cong-van', urgency: 'express' } }),
      );
      const filters = {
        include: { urgency: ['express'] },
        exclude: { documentType: ['quyet-dinh'] },
        onlyRanks: [1] as Rank[],
      };
      for (const words of ['chọn', '"chọn"', '']) {
        const { facets, total } = await under().engine.find(ask(words, { filters, withFacets: true }));
        expect(total).toEqual({ count: 1, atLeast: false });
        expect(facets).toMatchObject({
          // Without its own filter, under both others; a rank that was not asked is in none.
          rank: [
            { value: '1', count: 1 },
            { value: '2', count: 1 },
          ],
          documentType: [
            { value: 'cong-van', count: 1 },
            { value: 'quyet-dinh', count: 1 },
          ],
          urgency: [
            { value: 'express', count: 1 },
            { value: 'normal', count: 1 },
          ],
          direction: [{ value: 'incoming', count: 1 }],
        });
      }
    });

    test('law: pages together are the whole answer, each record once, in one order', async () => {
      const { entry, ask } = shelf();
      const pick = ['gió', 'gio', 'Gió mùa', 'nắng gió', 'gió gió nắng', 'mưa'];
      const entries = Array.from({ length: 60 }, (_, index) =>
        entry({
          rank: (index % 3) as Rank,
          subject: pick[index % 5] ?? '',
          numberAndSymbol: index % 7 === 0 ? '9/GIO' : null,
          text: [pick[(index * 5) % 6] ?? '', 'chung'],
          receivedAt: new Date(Date.UTC(2024, 1, 1 + (index % 4))),
        }),
      );
      await write(...entries);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('gió', 'gio', 'nắng gió', '9/gio', 'chung', '', '"gió"', 'gi', 'chung -nắng'),
          fc.integer({ min: 1, max: 25 }),
          fc.subarray([0, 1, 2] as Rank[], { minLength: 1 }),
          async (words, limit, asked) => {
            const whole = await under().engine.find(ask(words, { limit: 100, ranks: asked }));
            expect(whole.next).toBeNull();
            expect(whole.total).toEqual({ count: whole.recordIds.length, atLeast: false });
            const paged: string[] = [];
            let after: string | undefined;
            do {
              const page = await under().engine.find(
                ask(words, { limit, ranks: asked, ...(after === undefined ? {} : { after }) }),
              );
              expect(page.recordIds.length).toBeLessThanOrEqual(limit);
              expect(page.total).toEqual(whole.total);
              paged.push(...page.recordIds);
              after = page.next ?? undefined;
            } while (after !== undefined);
            expect(paged).toEqual(whole.recordIds);
            expect(new Set(paged).size).toBe(paged.length);
          },
        ),
        { numRuns: 25 },
      );
    });

    test('a place that this engine did not give out is refused', async () => {
      const { ask } = shelf();
      for (const after of [
        'x',
        '',
        'bnVsbA',
        Buffer.from('{"t":"words; drop table"}').toString('base64url'),
        'A'.repeat(9_000),
      ]) {
        await expect(under().engine.find(ask('gió', { after }))).rejects.toMatchObject({ name: 'UnknownPlace' });
      }
    });

    test('no scores and no text leave an engine', async () => {
      const { entry, ask } = shelf();
      await write(entry({ subject: 'kín đáo' }), entry({ subject: 'kín đáo hơn' }));
      const answer = await under().engine.find(ask('kín', { limit: 1 }));
      expect(Object.keys(answer).sort()).toEqual(['facets', 'next', 'recordIds', 'total']);
      expect(Buffer.from(answer.next ?? '', 'base64url').toString()).not.toMatch(/kín|đáo/u);
    });
  });
}
