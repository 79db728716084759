import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemLines } from '../../src/contract/system.ts';
import { sentences } from '../../src/platform/http/sentences.ts';
import { Skipped, type Figure } from '../bench/runner.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { smallDisk, whyNoSmallDisk } from '../support/small-disk.ts';
import { passerBy, type Visitor } from '../support/visitor.ts';
import { everyDeed, keep, wellAgain, type Heard } from './answers.ts';
import type { Ground } from './ground.ts';

const megabyte = 1 << 20;

/**
 * The folder of the files on a disk of 24 MB, which clerks fill: who comes too late is told so, nothing of theirs stays,
 * everybody else goes on reading, and when there is room again the next upload is taken.
 */
export async function diskFull({ database: found, rounds, say }: Ground): Promise<Figure[]> {
  const why = whyNoSmallDisk();
  if (why !== undefined) throw new Skipped(why);
  const disk = smallDisk(24);
  const database = await found();
  const house = await startHouse({ database, settings: { VANKHO_DATA: disk.folder } });
  try {
    await disk.filled(8 * megabyte);
    const clerk = await house.visit('clerk');
    const [kept] = await keep(clerk, ['khoadia']);
    if (!kept) throw new Error('nothing was kept');
    const { refused, wrong } = await fill(clerk, 30);
    await settled(house, disk.folder);
    // To the last byte, and the house is asked for everything meanwhile.
    disk.brimmed();
    const meanwhile: Heard[] = [];
    for (let round = 0; round < rounds; round += 1)
      meanwhile.push(...(await everyDeed(clerk, kept, `đầy${String(round)}`, ['store-full'])));
    const down = (await passerBy(house.base).call(systemLines.ready)).json.parts.find(
      (part: { name: string }) => part.name === 'store',
    );
    const halves = await halfKept(house, disk.folder);
    if (halves.length > 0) say(`disk full: ${halves.join(', ')}`);
    const unread = meanwhile.filter(({ deed, kind }) => kind !== (deed === 'upload' ? 'refused' : 'right'));
    if (unread.length > 0) say(`disk full: ${JSON.stringify(unread)}`);
    disk.freed();
    const back = await wellAgain(house, clerk, kept, 'lạicóchỗ');
    const none = (name: string, value: number): Figure => ({
      name: `disk full: ${name}`,
      value,
      unit: '',
      goal: 0,
      better: 'lower',
    });
    return [
      {
        name: 'disk full: uploads refused with 507 and its sentence',
        value: refused,
        unit: '',
        goal: 1,
        better: 'higher',
      },
      none('uploads answered otherwise', wrong.length),
      none('files, copies or rows of what was refused', halves.length),
      none('answers on a brimming disk that were not right', unread.length),
      none('a full store called up', down?.up === true ? 1 : 0),
      { name: 'disk full: uploads again, without a restart, after', value: back, unit: 's', goal: 10, better: 'lower' },
    ];
  } finally {
    await house.close();
    disk.away();
  }
}

/** Uploads a megabyte at a time, three at once, until the house has said no to three; then small ones too. */
async function fill(clerk: Visitor, most: number): Promise<{ refused: number; wrong: string[] }> {
  let refused = 0;
  const wrong: string[] = [];
  const one = async (name: string, size: number): Promise<void> => {
    const answer = await clerk.upload(`${name}.txt`, randomBytes(size / 2).toString('hex')).catch(() => undefined);
    if (answer?.status === 507 && answer.json.detail === sentences['store-full'].vi) refused += 1;
    else if (answer?.status !== 201) wrong.push(answer ? `${String(answer.status)} ${answer.text}` : 'cut');
  };
  for (let round = 0; round < most && refused < 3; round += 1)
    await Promise.all([0, 1, 2].map((lane) => one(`đầy${String(round)}x${String(lane)}`, megabyte)));
  return { refused, wrong };
}

/** Every file that was acknowledged has come to its end, so that what lies about now belongs to nobody. */
async function settled(house: TestHouse, folder: string): Promise<void> {
  await eventually(async () => {
    // Copies for the reading machine go a moment after their file has come to its end.
    if ((await halfKept(house, folder)).length > 0) return false;
    const { rows } = await house.database
      .owner()
      .query<{ count: string }>("select count(*) from vankho.record_file where stage not in ('ready', 'kept-unread')");
    return rows[0]?.count === '0';
  }, 30_000);
}

/** What is on the disk and named by no row, and rows without their object. */
async function halfKept(house: TestHouse, folder: string): Promise<string[]> {
  const { rows } = await house.database
    .owner()
    .query<{ id: string }>('select id::text as id from vankho.content_object');
  const named = new Set(rows.map(({ id }) => id));
  const filesOf = (place: string): string[] =>
    !existsSync(join(folder, place))
      ? []
      : readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name);
  const vault = new Set(filesOf('objects/vault'));
  return [
    ...filesOf('objects/quarantine').map((name) => `quarantine ${name}`),
    ...filesOf('spool').map((name) => `spool ${name}`),
    ...[...vault].filter((name) => !named.has(name)).map((name) => `vault ${name}`),
    ...[...named].filter((id) => !vault.has(id)).map((id) => `row ${id}`),
  ];
}
