import fc from 'fast-check';
import { handles, ids, shelf, type EngineUnderTest } from './search-engine-shelf.ts';

/** Which records a question finds. */
export function wordsContract(under: () => EngineUnderTest): void {
  const { write, found } = handles(under);

  describe('words', () => {
    describe('match', () => {
      const { entry, ask } = shelf();
      const one = entry({ text: ['Về việc triển khai hóa đơn điện tử'] });
      beforeAll(() => write(one, entry({ text: ['hoá đơn giấy'] }), entry({ text: ['điện tử'] })));

      test.each([
        ['with marks', 'hoá đơn điện tử'],
        ['without marks', 'hoa don dien tu'],
        ['in capitals', 'HÓA ĐƠN ĐIỆN TỬ'],
        ['old tone placement', 'hóa đơn điện tử'],
        ['decomposed', 'hoá đơn điện tử'.normalize('NFD')],
        ['in another order', 'tử điện hoá đơn'],
        ['with punctuation', '(hoá-đơn), điện; tử!'],
      ])('%s', async (_, typed) => {
        expect(await found(ask(typed))).toEqual(ids(one));
      });
    });

    test.each([
      ['thủy lợi', 'thuỷ lợi'],
      ['kỹ thuật', 'kĩ thuật'],
      ['quản lí', 'quản lý'],
      ['quí IV', 'quý IV'],
      ['tòan diện', 'toàn diện'],
    ])('%s is %s, marks compared', async (written, typed) => {
      const { entry, ask } = shelf();
      const one = entry({ subject: written });
      await write(one);
      expect(await found(ask(typed))).toEqual(ids(one));
      expect(await found(ask(`"${typed}"`))).toEqual(ids(one));
    });

    test('all must match, across every field', async () => {
      const { entry, ask } = shelf();
      const one = entry({
        subject: 'Phòng chống bão',
        issuer: 'Bộ Nông nghiệp',
        signer: 'Trần Văn Bình',
        fileNames: ['phu-luc-hoa-toc.pdf'],
        text: ['trang một', 'trang hai'],
      });
      await write(one, entry({ subject: 'Phòng chống bão', issuer: 'Bộ Nông nghiệp' }));
      expect(await found(ask('bão nông nghiệp bình hoa toc hai'))).toEqual(ids(one));
      expect(await found(ask('bão nông nghiệp bình hoa toc sáu'))).toEqual([]);
    });

    test('the last one matches by its beginning, the others do not', async () => {
      const { entry, ask } = shelf();
      const one = entry({ subject: 'Quyết định phê duyệt' });
      await write(one);
      expect(await found(ask('phê quyết đị'))).toEqual(ids(one));
      expect(await found(ask('phê quy'))).toEqual(ids(one));
      expect(await found(ask('phê dinh quye'))).toEqual(ids(one));
      expect(await found(ask('quye phê'))).toEqual([]);
      expect(await found(ask('phê quye '))).toEqual([]);
    });

    test('law: a record is found by the beginning of any of its words', async () => {
      const { entry, ask } = shelf();
      const words = [
        'Hydro',
        'Myanmar',
        'quyền',
        'kỹ',
        'lý',
        'thuỷ',
        'nguyễn',
        'quít',
        'gìn',
        'khoẻ',
        'Ủy',
        'yên',
        'đường',
      ];
      const one = entry({ subject: words.join(' ') });
      await write(one);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...words), fc.integer({ min: 1, max: 7 }), async (word, length) => {
          const beginning = [...word.normalize('NFD')].slice(0, length).join('');
          expect(await found(ask(beginning))).toEqual(ids(one));
        }),
        { numRuns: 40 },
      );
    });

    test('punctuation only asks for nothing: newest first', async () => {
      const { entry, ask } = shelf();
      const [old, middle, late] = [entry(), entry({ rank: 0 }), entry({ rank: 2 })] as const;
      await write(middle, late, old);
      for (const typed of ['', '   ', '!?', '"', '""', '-', '--- … "—" ()', '*:&|<->']) {
        expect(await found(ask(typed))).toEqual(ids(late, middle, old));
      }
    });

    test('-word and -"a phrase" exclude', async () => {
      const { entry, ask } = shelf();
      const [plain, draft, far] = [
        entry({ text: ['báo cáo tổng kết năm'] }),
        entry({ text: ['báo cáo tổng kết dự thảo'] }),
        entry({ text: ['báo cáo dự án, bản thảo tổng kết'] }),
      ] as const;
      await write(plain, draft, far);
      expect(new Set(await found(ask('tổng kết -thảo')))).toEqual(new Set(ids(plain)));
      expect(new Set(await found(ask('tổng kết -"dự thảo"')))).toEqual(new Set(ids(plain, far)));
      expect(new Set(await found(ask('-thao')))).toEqual(new Set(ids(plain)));
      expect(await found(ask('tổng kết -"du thao" -an'))).toEqual(ids(plain));
      expect((await under().engine.find(ask('tổng kết -thảo', { withFacets: true }))).total.count).toBe(1);
    });

    test('an excluded word with marks spares other marks', async () => {
      const { entry, ask } = shelf();
      const [ghost, mother] = [entry({ text: ['truyện ma cũ'] }), entry({ text: ['truyện má cũ'] })] as const;
      await write(ghost, mother);
      expect(await found(ask('truyện -má'))).toEqual(ids(ghost));
      expect(await found(ask('truyện -ma'))).toEqual([]);
    });

    test('a phrase stands as it is', async () => {
      const { entry, ask } = shelf();
      const [exact, unmarked, apart, turned] = [
        entry({ text: ['căn cứ quyết định số mười'] }),
        entry({ text: ['can cu quyet dinh so muoi'] }),
        entry({ text: ['quyết tâm định hướng'] }),
        entry({ text: ['định quyết'] }),
      ] as const;
      await write(exact, unmarked, apart, turned);
      expect(await found(ask('"quyết định"'))).toEqual(ids(exact));
      expect(new Set(await found(ask('"quyet dinh"')))).toEqual(new Set(ids(exact, unmarked)));
      expect(await found(ask('"quyết định" mười'))).toEqual(ids(exact));
      expect(await found(ask('"định quyết"'))).toEqual(ids(turned));
      expect(await found(ask('"quyết đị"'))).toEqual([]);
    });

    test('a phrase deep inside a very long record is found, and one that is not there is not', async () => {
      const { entry, ask } = shelf();
      const filler = Array.from({ length: 500 }, (_, page) =>
        Array.from({ length: 150 }, (__, index) => `từ${(page * 7 + index) % 400}`).join(' '),
      );
      const one = entry({
        text: [...filler, 'khảo sát địa chất công trình ngầm', ...filler.slice(0, 40), 'dấu mốc cuối cùng'],
      });
      await write(one);
      expect(await found(ask('"địa chất công trình"'))).toEqual(ids(one));
      expect(await found(ask('"dia chat cong trinh" mốc cuoi'))).toEqual(ids(one));
      expect(await found(ask('dấu mốc cuối cùng'))).toEqual(ids(one));
      expect(await found(ask('"trình công"'))).toEqual([]);
      expect(await found(ask('"cuối cùng" -ngầm'))).toEqual([]);
    });

    test('an abbreviation finds what it stands for, and the other way', async () => {
      const { entry, ask } = shelf();
      const [long, short] = [
        entry({ subject: 'Ủy ban nhân dân tỉnh Lào Cai' }),
        entry({ subject: 'UBND tỉnh Lào Cai' }),
      ] as const;
      await write(long, short);
      for (const typed of ['UBND tỉnh', 'ubnd lao cai', 'uỷ ban nhân dân lào cai', 'lao cai uy ban nhan dan']) {
        expect(new Set(await found(ask(typed)))).toEqual(new Set(ids(long, short)));
      }
      expect(await found(ask('"UBND tỉnh"'))).toEqual(ids(short));
    });

    test('of a question of fifteen words every one must be found', async () => {
      const { entry, ask } = shelf();
      const words = 'một hai ba bốn năm sáu bảy tám chín mười trăm nghìn vạn triệu tỷ'.split(' ');
      const without = (left: number) => words.filter((_, at) => at !== left).join(' ');
      const all = entry({ subject: words.join(' '), receivedAt: new Date(0) });
      await write(all, ...[0, 4, 9, 10, 14].map((left) => entry({ text: [without(left)] })));
      const answer = await under().engine.find(ask(`${words.join(' ')} `, { withFacets: true }));
      expect(answer.recordIds).toEqual(ids(all));
      expect(answer.total).toEqual({ count: 1, atLeast: false });
      expect(await found(ask(`"${words.slice(0, 5).join(' ')}" ${words.slice(5).join(' ')} `))).toEqual(ids(all));
      expect(await found(ask(`${words.slice(0, 14).join(' ')} -tỷ `))).toHaveLength(1);
    });

    test('only the first 500 characters and 20 words are read', async () => {
      const { entry, ask } = shelf();
      const one = entry({ text: ['một hai ba bốn năm'] });
      await write(one);
      expect(await found(ask(`${'một hai ba bốn năm '.repeat(4)} vắng mặt`))).toEqual(ids(one));
      expect(await found(ask(`một ${' '.repeat(500)} vắng`))).toEqual(ids(one));
      expect(await found(ask('x'.repeat(100_000)))).toEqual([]);
    });
  });
}
