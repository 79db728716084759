import { type Rank } from '../../src/kernel/labels.ts';
import { handles, ids, shelf, type EngineUnderTest } from './search-engine-shelf.ts';

/** In which order, and that nothing hostile is more than words. */
export function orderContract(under: () => EngineUnderTest): void {
  const { write, found } = handles(under);

  describe('order', () => {
    test('exact marks before folded ones, in text and in subject', async () => {
      const { entry, ask } = shelf();
      const inText = [
        entry({ text: ['con má lúa'] }),
        entry({ text: ['con mạ lúa'] }),
        entry({ text: ['con ma lúa'] }),
        entry({ text: ['con mã lúa'] }),
      ] as const;
      await write(...inText);
      expect((await found(ask('má lúa ')))[0]).toBe(inText[0].recordId);
      expect((await found(ask('lúa mạ')))[0]).toBe(inText[1].recordId);
      expect((await found(ask('con ma lúa ')))[0]).toBe(inText[2].recordId);
      expect(await found(ask('lúa mã'))).toHaveLength(4);

      const other = shelf();
      const inSubject = ['Hỏa đơn', 'Hóa đơn', 'Hoa đơn', 'Hòa đơn'].map((subject) => other.entry({ subject }));
      await write(...inSubject);
      for (const [index, typed] of ['hoả đơn', 'hoá đơn', 'hoa đơn', 'hoà đơn'].entries()) {
        const order = await found(other.ask(typed));
        expect(order[0]).toBe(inSubject[index]?.recordId);
        expect(order).toHaveLength(4);
      }
    });

    test('number before subject before text', async () => {
      const { entry, ask } = shelf();
      const number = entry({ numberAndSymbol: '77/KH-BCT', subject: 'Không nói gì' });
      const subject = entry({ subject: 'Thực hiện 77/KH-BCT' });
      const text = entry({ text: ['Căn cứ 77/KH-BCT ngày mồng một, theo 77/KH-BCT, và 77/KH-BCT'] });
      await write(number, subject, text);
      expect(await found(ask('77/KH-BCT'))).toEqual(ids(number, subject, text));
      await write(
        { ...number, version: 2, receivedAt: new Date(0) },
        { ...subject, version: 2, receivedAt: new Date(1) },
      );
      expect(await found(ask('77 kh bct'))).toEqual(ids(number, subject, text));
    });

    test('near before far', async () => {
      const { entry, ask } = shelf();
      const near = entry({ text: ['trước đó công tác văn thư của đơn vị một hai ba bốn năm'] });
      const far = entry({ text: ['trước đó văn của đơn vị một hai ba bốn năm thư công tác'] });
      await write(near, far);
      expect(await found(ask('văn thư '))).toEqual(ids(near, far));
      expect(await found(ask('van thu '))).toEqual(ids(near, far));
    });

    test('whole words before beginnings', async () => {
      const { entry, ask } = shelf();
      const [whole, beginning] = [entry({ text: ['mai sau'] }), entry({ text: ['maika sau'] })] as const;
      await write(whole, beginning);
      expect(await found(ask('mai'))).toEqual(ids(whole, beginning));
    });

    test('otherwise newest first, then by record id, over all ranks', async () => {
      const { entry, ask } = shelf();
      const moment = new Date('2024-03-01T00:00:00Z');
      const twins = Array.from({ length: 9 }, (_, index) =>
        entry({ rank: (index % 3) as Rank, subject: 'như nhau', receivedAt: moment }),
      );
      const newer = entry({ rank: 1, subject: 'như nhau', receivedAt: new Date('2024-03-02T00:00:00Z') });
      await write(...[...twins].reverse(), newer);
      const expected = [newer.recordId, ...ids(...twins).sort()];
      expect(await found(ask('như nhau '))).toEqual(expected);
      expect(await found(ask(''))).toEqual(expected);
      await write(...twins.map((twin) => ({ ...twin, version: 2 })));
      expect(await found(ask('như nhau '))).toEqual(expected);
    });

    describe('the number typed', () => {
      const { entry, ask } = shelf();
      const meant = entry({ numberAndSymbol: '123/QĐ-BCT', subject: 'Ban hành quy chế', receivedAt: new Date(0) });
      beforeAll(() =>
        write(
          meant,
          entry({ numberAndSymbol: '1123/QĐ-BCT', subject: 'quyết định số 123 qđ bct' }),
          entry({ numberAndSymbol: '123/QĐ-BTC', subject: 'Quyết định số 123/QĐ-BCT' }),
          entry({ numberAndSymbol: '123/QĐ-BCTH' }),
          entry({ text: ['quyết định số 123/QĐ-BCT '.repeat(40)] }),
        ),
      );

      test.each([
        '123/QĐ-BCT',
        '123/qd-bct',
        '123 QĐ BCT',
        '123qdbct',
        '0123/QĐ-BCT',
        'quyết định số 123/QĐ-BCT',
        '123 / qđ - bct',
      ])('%s puts its record first', async (typed) => {
        expect((await found(ask(typed)))[0]).toBe(meant.recordId);
      });
    });

    test('a bare figure finds the number and the arrival number first', async () => {
      const { entry, ask } = shelf();
      const [numbered, arrived, mentioned] = [
        entry({ numberAndSymbol: '4711/BC-X' }),
        entry({ arrivalNumber: 4711 }),
        entry({ subject: 'Số 4711' }),
      ] as const;
      await write(numbered, arrived, mentioned);
      expect(await found(ask('4711'))).toEqual(ids(arrived, numbered, mentioned));
    });
  });

  describe('hostile input', () => {
    const hostile = [
      `'; drop table vankho.search_rank_0; --`,
      `' or 1=1 --`,
      `'a':* | !'b'`,
      `\\' \\" \\\\`,
      `record EXISTS OR rank = 0`,
      `"] OR readers EXISTS ["`,
      'v61 OR x',
      '%_%',
      '${x} {{x}} $1',
      'a\u0000b',
      '\ud800 lone',
      '\u202e\u200b',
      '<->&|!():*',
      '<script>alert(1)</script>',
    ];

    describe('finds nothing that is not there, wherever it stands', () => {
      const { entry, ask } = shelf();
      const one = entry({ subject: 'yên ổn' });
      beforeAll(() => write(one));

      test.each(hostile)('%j', async (text) => {
        await under().engine.find(ask(text));
        await under().engine.find(ask(`"${text}" -"${text}" -${text}`));
        expect(await found(ask('yên', { readers: [text] }))).toEqual([]);
        expect(await found(ask('yên', { filters: { include: { issuer: [text] } } }))).toEqual([]);
        expect(await found(ask('yên', { filters: { include: { year: [text] } } }))).toEqual([]);
        expect(await found(ask('yên', { filters: { exclude: { issuer: [text], year: [text] } } }))).toEqual(ids(one));
        expect(await found(ask('yên ổn'))).toEqual(ids(one));
      });
    });

    test('a date that is none is refused before it is asked', async () => {
      const { ask } = shelf();
      for (const issuedFrom of ['2024-02-30', "2024-01-01' or '1'='1", '']) {
        await expect(under().engine.find(ask('x', { filters: { issuedFrom } }))).rejects.toBeInstanceOf(RangeError);
      }
    });

    test('hostile text in a record is only words', async () => {
      const { entry, ask } = shelf();
      const entries = hostile.map((text) =>
        entry({
          subject: `${text} xong`,
          text: [text, text],
          issuer: text.replaceAll('\u0000', ''),
          fileNames: [text],
        }),
      );
      await write(...entries);
      expect(new Set(await found(ask('xong', { limit: 50 })))).toEqual(new Set(ids(...entries)));
    });
  });
}
