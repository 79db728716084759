import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mark } from '../../src/departments/intake/ports.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { peakMegabytes } from '../support/processes.ts';
import type { Measure } from './runner.ts';
import { percentile, timed } from './timing.ts';

const rounds = 60;
const mark: Mark = {
  id: '019d0000-0000-7000-8000-000000000001',
  moment: '2026-11-25T02:31:00.000Z',
  title: 'Công văn số 5.pdf',
  rank: 1,
  level: 'NỘI BỘ',
  foot: 'Bản sao số 12/2026/NB  ·  cấp cho Nguyễn Thị Phương Thảo, Vụ Pháp chế  ·  09:31 ngày 25/11/2026',
  quiet: 'Nguyễn Thị Phương Thảo  ·  Vụ Pháp chế  ·  09:31 25/11/2026  ·  số 12/2026/NB',
  unsigned: 'Chữ ký số chỉ có trên bản gốc',
};

/** Processes that this one has started and that still run. */
function children(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid > 0 &&
          new RegExp(`^PPid:\\s+${String(process.pid)}$`, 'mu').test(
            readFileSync(`/proc/${String(pid)}/status`, 'utf8'),
          )
        );
      } catch {
        return false;
      }
    });
}

export const copyMeasures: readonly Measure[] = [
  {
    name: 'copy',
    async measure() {
      const folder = mkdtempSync(join(tmpdir(), 'vankho-copy-'));
      const machine = createReadingMachine({
        children: 2,
        memoryMegabytes: 1024,
        secondsPerFile: 60,
        secondsPerPage: 60,
      });
      try {
        const lines = Array.from(
          { length: 30 },
          (_, at) => `Văn phòng Bộ thông báo lịch trực và phân công cán bộ, dòng ${String(at)}`,
        );
        const path = join(folder, 'letter.pdf');
        const make = () => machine.copy({ path, format: 'pdf' }, mark, () => undefined);
        writeFileSync(path, await pdfOf([lines, lines, lines]));
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) times.push(await timed(make));
        const warm = times.slice(10);
        writeFileSync(path, await pdfOf(Array.from({ length: 1000 }, () => lines)));
        const long = await timed(make);
        return [
          { name: 'copy of a 3-page letter, p50', value: percentile(warm, 50), unit: 'ms', goal: 100, better: 'lower' },
          { name: 'copy of a 3-page letter, p95', value: percentile(warm, 95), unit: 'ms', goal: 100, better: 'lower' },
          { name: 'copy of 1,000 pages', value: long / 1000, unit: 's', goal: null, better: 'lower' },
          {
            name: 'copy of 1,000 pages, peak of the child',
            value: Math.max(...children().map(peakMegabytes)),
            unit: 'MB',
            goal: null,
            better: 'lower',
          },
        ];
      } finally {
        await machine.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
