import { SearchUnavailable, type IndexEntry } from '../../src/departments/search/ports.ts';
import { newId } from '../../src/kernel/ids.ts';
import { ranks } from '../../src/kernel/labels.ts';
import { handles, ids, shelf, type EngineUnderTest } from './search-engine-shelf.ts';

/** What stands in an index, who may know it, and what happens when nobody answers. */
export function standingContract(under: () => EngineUnderTest): void {
  const { write, found, standing } = handles(under);

  describe('writing', () => {
    test('provision is safe again and by several at once', async () => {
      const { entry, ask } = shelf();
      const kept = entry({ subject: 'còn nguyên' });
      await write(kept);
      await Promise.all([under().engine.provision(), under().another().provision(), under().another().provision()]);
      expect(await found(ask('còn nguyên'))).toEqual(ids(kept));
    });

    test('a written entry is found, by this process and by another', async () => {
      const { entry, ask } = shelf();
      const one = entry({ subject: 'Kế hoạch chuyển đổi số' });
      await write(one);
      expect(await found(ask('chuyển đổi số'))).toEqual(ids(one));
      expect((await under().another().find(ask('chuyển đổi số'))).recordIds).toEqual(ids(one));
    });

    test('is idempotent', async () => {
      const { entry, ask } = shelf();
      const one = entry({ subject: 'Kế hoạch kiểm kê' });
      await under().engine.write([one, one]);
      await write(one);
      const answer = await under().engine.find(ask('kiểm kê', { withFacets: true }));
      expect(answer.recordIds).toEqual(ids(one));
      expect(answer.total).toEqual({ count: 1, atLeast: false });
      expect(answer.facets?.rank).toEqual([{ value: '1', count: 1 }]);
    });

    test('a newer version takes the place of an older one', async () => {
      const { entry, ask } = shelf();
      const old = entry({ subject: 'bản thảo' });
      const renewed = { ...old, version: 2, subject: 'bản chính' };
      await write(old);
      await write(renewed);
      expect(await found(ask('thảo'))).toEqual([]);
      expect(await found(ask('chính'))).toEqual(ids(old));
    });

    test('an older version is ignored, in its own rank and in another', async () => {
      const { entry, ask } = shelf();
      const current = entry({ version: 7, subject: 'đang hiệu lực' });
      await write(current);
      await write({ ...current, version: 6, subject: 'đã thay thế' }, { ...entry(), subject: 'khác' });
      await write({ ...current, version: 5, rank: 0, subject: 'đã thay thế' });
      expect(await found(ask('thay thế'))).toEqual([]);
      expect(await found(ask('hiệu lực', { ranks: [1] }))).toEqual(ids(current));
      expect(await found(ask('hiệu lực', { ranks: [0] }))).toEqual([]);
    });

    test('of two versions in one batch the newer stays', async () => {
      const { entry, ask } = shelf();
      const one = entry({ version: 2, subject: 'sau cùng' });
      await write(one, { ...one, version: 1, subject: 'trước đó' });
      expect(await found(ask('sau cùng'))).toEqual(ids(one));
      expect(await found(ask('trước đó'))).toEqual([]);
    });

    test('a record that moves has left its old rank when write resolves', async () => {
      const { entry, ask } = shelf();
      const low = entry({ rank: 0, subject: 'nâng mức tiếp cận' });
      await write(low);
      await under().engine.write([{ ...low, rank: 2, version: 2 }]);
      expect(await found(ask('nâng mức', { ranks: [0, 1] }))).toEqual([]);
      expect(
        (
          await under()
            .another()
            .find(ask('nâng mức', { ranks: [0, 1] }))
        ).recordIds,
      ).toEqual([]);
      await under().engine.settled();
      expect(await found(ask('nâng mức', { ranks: [0, 1] }))).toEqual([]);
      const answer = await under().engine.find(ask('nâng mức', { withFacets: true }));
      expect(answer.recordIds).toEqual(ids(low));
      expect(answer.facets?.rank).toEqual([{ value: '2', count: 1 }]);
      expect((await standing(0)).has(low.recordId)).toBe(false);
      expect((await standing(2)).get(low.recordId)).toBe(2);
    });

    test('a removed record is gone when remove resolves, and an older write does not bring it back', async () => {
      const { entry, ask } = shelf();
      const one = entry({ version: 3, subject: 'rút khỏi mục lục' });
      await write(one);
      await under().engine.remove(ids(one));
      expect(await found(ask('mục lục'))).toEqual([]);
      await under().engine.settled();
      await write({ ...one, version: 2 });
      expect(await found(ask('mục lục'))).toEqual([]);
      expect((await standing(1)).has(one.recordId)).toBe(false);
      await under().engine.remove([newId()]);
    });

    test('a removed record can be written again', async () => {
      const { entry, ask } = shelf();
      const one = entry({ version: 3, subject: 'trở lại mục lục' });
      await write(one);
      await under().engine.remove(ids(one));
      await write({ ...one, version: 4 });
      expect(await found(ask('trở lại'))).toEqual(ids(one));
    });

    test('inventory names what stands in a rank, with its version, settled or not', async () => {
      const { entry } = shelf();
      const [settled, fresh, elsewhere] = [entry({ version: 4 }), entry({ version: 9 }), entry({ rank: 2 })] as const;
      await write(settled, elsewhere);
      await under().engine.write([fresh]);
      const here = await standing(1);
      expect(here.get(settled.recordId)).toBe(4);
      expect(here.get(fresh.recordId)).toBe(9);
      expect(here.has(elsewhere.recordId)).toBe(false);
      await under().engine.settled();
      expect((await standing(1)).get(fresh.recordId)).toBe(9);
    });

    test('many writers at once lose nothing', async () => {
      const { entry, ask } = shelf();
      const other = under().another();
      const entries = Array.from({ length: 24 }, (_, index) => entry({ subject: `đợt nhập thứ ${index}` }));
      const [shared] = entries as [IndexEntry];
      await Promise.all([
        ...entries.map((one, index) => (index % 2 ? under().engine : other).write([one])),
        ...[2, 3, 4, 5].map((version) => (version % 2 ? under().engine : other).write([{ ...shared, version }])),
      ]);
      await Promise.all([under().engine.settled(), other.settled()]);
      expect(new Set(await found(ask('đợt nhập', { limit: 50 })))).toEqual(new Set(ids(...entries)));
      expect((await standing(1)).get(shared.recordId)).toBe(5);
    });
  });

  describe('who may know', () => {
    test('a record outside the asked ranks does not exist', async () => {
      const { entry, ask } = shelf();
      const [low, high] = [entry({ rank: 0, subject: 'mốc chung' }), entry({ rank: 2, subject: 'mốc chung' })] as const;
      await write(low, high);
      expect(await found(ask('mốc chung', { ranks: [0, 1] }))).toEqual(ids(low));
      expect(await found(ask('mốc chung', { ranks: [2] }))).toEqual(ids(high));
      expect(await found(ask('mốc chung', { filters: { onlyRanks: [2] } }))).toEqual(ids(high));
      expect(await found(ask('mốc chung', { ranks: [0], filters: { onlyRanks: [2] } }))).toEqual([]);
      expect(await found(ask('', { ranks: [] }))).toEqual([]);
    });

    test('secret ranks have indexes of their own', async () => {
      const { entry, ask } = shelf();
      const secret = ranks.map((rank) => entry({ rank, subject: 'đủ sáu mức' }));
      await write(...secret);
      for (const one of secret) expect(await found(ask('sáu mức', { ranks: [one.rank] }))).toEqual(ids(one));
    });

    test('a record whose readers share nothing with the asking ones does not exist', async () => {
      const { entry, ask, reader } = shelf();
      const [shared, foreign] = [
        entry({ readers: ['unit:x1', reader], subject: 'cần biết' }),
        entry({ readers: ['unit:x1'], subject: 'cần biết' }),
      ] as const;
      await write(shared, foreign);
      const answer = await under().engine.find(ask('cần biết', { withFacets: true }));
      expect(answer.recordIds).toEqual(ids(shared));
      expect(answer.total.count).toBe(1);
      expect(answer.facets?.direction).toEqual([{ value: 'incoming', count: 1 }]);
      expect(await found(ask('cần biết', { readers: [] }))).toEqual([]);
      expect(await found(ask('cần biết', { readers: [reader.toUpperCase(), reader.slice(0, -1)] }))).toEqual([]);
    });

    test('nothing of another rank or of other readers changes an answer', async () => {
      const { entry, ask, reader } = shelf();
      const mine = [
        entry({ subject: 'Quy hoạch điện gió', text: ['điện gió ngoài khơi, quy hoạch vùng biển'] }),
        entry({ subject: 'Báo cáo', text: ['quy hoạch lưới điện, gió mùa'] }),
        entry({ rank: 0, subject: 'Điện mặt trời', numberAndSymbol: '55/QĐ-BCT' }),
      ];
      await write(...mine);
      const questions = [
        'quy hoạch điện gió',
        'dien gio',
        'điên gio',
        'quy hoạch điệm',
        '55/QĐ-BCT',
        'gi',
        'kế hoạch',
        '',
        '"quy hoạch" -biển',
        '!!',
      ].map((words) => ask(words, { ranks: [0, 1], withFacets: true, limit: 2 }));
      const before = await Promise.all(questions.map((question) => under().engine.find(question)));
      await write(
        ...Array.from({ length: 30 }, (_, index) =>
          entry({
            rank: index % 2 ? 2 : 1,
            readers: index % 2 ? [reader] : ['unit:another'],
            subject: 'Quy hoạch điện gió điệm giá',
            numberAndSymbol: '55/QĐ-BCT',
            text: [`quy hoạch điện gió ${index} quyhoach điengio giot gian gioi`],
            facets: { documentType: `loai-${index}`, issuer: 'Bộ Công Thương' },
          }),
        ),
      );
      const after = await Promise.all(questions.map((question) => under().engine.find(question)));
      expect(after).toEqual(before);
      expect(before[0]?.recordIds.length).toBe(2);
    });
  });

  describe('availability', () => {
    test('answers a ping', async () => {
      await under().engine.ping();
    });

    test('an engine that cannot be reached rejects with SearchUnavailable', async () => {
      const { ask } = shelf();
      const gone = under().unreachable();
      await expect(gone.ping()).rejects.toBeInstanceOf(SearchUnavailable);
      await expect(gone.find(ask('gió'))).rejects.toBeInstanceOf(SearchUnavailable);
      await expect(gone.find(ask(''))).rejects.toBeInstanceOf(SearchUnavailable);
      await gone.close();
    });
  });
}
