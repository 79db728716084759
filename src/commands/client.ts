import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { identityLines } from '../contract/identity.ts';
import { searchLines, type Hit } from '../contract/search.ts';
import { readClientSettings } from '../config.ts';
import { accessRanks } from '../kernel/labels.ts';
import { Told } from '../kernel/told.ts';
import { createApiClient } from './api-client.ts';
import { keepCredentials, knownCredentials } from './credentials.ts';
import { importFolder } from './import.ts';

/** The verbs that are clients of the API: they run on a clerk's own PC, where nothing else of the house is. */
export function addClientVerbs(program: Command): Command {
  program
    .command('login')
    .description('đăng nhập máy chủ và giữ một mã truy cập trên máy này')
    .argument('<server>', 'địa chỉ máy chủ, ví dụ http://127.0.0.1:8080')
    .requiredOption('--name <name>', 'tên đăng nhập')
    .option('--days <days>', 'mã dùng được trong bao nhiêu ngày', wholeNumber, 30)
    .action(async (server: string, { name, days }: { name: string; days: number }) => {
      const password = await askPassword(`Mật khẩu của ${name}: `);
      const made = await createApiClient({ server }).ask(identityLines.signInForToken, {
        body: {
          name,
          password,
          tokenName: `vankho trên ${hostname()}`.slice(0, 100),
          scopes: ['upload', 'search'],
          days,
        },
      });
      const path = await keepCredentials({ server, token: made.token });
      console.log(`Đã đăng nhập. Mã truy cập nằm trong ${path}, dùng đến ${made.expiresAt.slice(0, 10)}.`);
    });

  program
    .command('search')
    .description('tra cứu trong kho')
    .argument('<words...>', 'từ cần tìm, có dấu hoặc không dấu; số ký hiệu; "cụm từ"')
    .option('--json', 'in kết quả dạng JSON')
    .option('--limit <count>', 'số kết quả', wholeNumber, 20)
    .option('--server <url>', 'máy chủ khác với lần đăng nhập')
    .action(async (words: string[], { json, limit, server }: { json?: boolean; limit: number; server?: string }) => {
      const found = await (
        await client(server)
      ).ask(searchLines.search, { query: { q: words.join(' '), limit: Math.min(limit, 50), facets: 'no' } });
      if (json) console.log(JSON.stringify(found, null, 2));
      else
        for (const line of found.hits.length === 0 ? ['Không có kết quả.'] : found.hits.map(lineOf)) console.log(line);
    });

  program
    .command('import')
    .description('đưa một thư mục vào kho, kể cả thư mục con; chạy lại thì không trùng')
    .argument('<folder>', 'thư mục')
    .option(
      '--csv <file>',
      'bảng thông tin văn bản (CSV hoặc TSV, có cột "file"; arrivalNumber, scanOf cho năm cũ và bản quét)',
    )
    .option('--report <file>', 'ghi kết cục từng tệp vào', 'vankho-import.csv')
    .option('--open-to-all', 'mở cho mọi người trong cơ quan ở mức đã chọn')
    .option('--at-once <count>', 'số tệp gửi cùng lúc', wholeNumber, 4)
    .addOption(
      new Option('--rank <rank>', 'mức độ tiếp cận: 0 Công khai, 1 Nội bộ, 2 Có điều kiện')
        .choices(accessRanks.map(String))
        .default('1'),
    )
    .option('--server <url>', 'máy chủ khác với lần đăng nhập')
    .action(
      async (
        folder: string,
        options: { csv?: string; report: string; openToAll?: boolean; atOnce: number; rank: string; server?: string },
      ) => {
        const rank = accessRanks.find((one) => String(one) === options.rank) ?? 1;
        const counts = await importFolder(
          await client(options.server),
          {
            folder,
            csv: options.csv,
            report: options.report,
            rank,
            openToAll: options.openToAll ?? false,
            atOnce: options.atOnce,
          },
          (line) => {
            console.error(line);
          },
        );
        console.log(
          `Đã đăng ký ${String(counts.registered)}, chờ đăng ký ${String(counts.received)}, từ chối ${String(counts.refused)}, lỗi ${String(counts.failed)}${counts.scanned === 0 ? '' : `, bản quét đã gắn ${String(counts.scanned)}`}. Chi tiết: ${options.report}`,
        );
        if (counts.failed > 0) process.exitCode = 1;
      },
    );
  return program;
}

async function client(server: string | undefined) {
  const settings = readClientSettings();
  return createApiClient(await knownCredentials({ server: server ?? settings.server, token: settings.token }));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/u.test(text)) throw new InvalidArgumentError('cần một số nguyên dương');
  return Number(text);
}

function lineOf(hit: Hit): string {
  const text = (pieces: readonly { text: string }[]): string => pieces.map((piece) => piece.text).join('');
  const head = [hit.numberAndSymbol ?? '(chưa có số)', hit.issuedDate ?? '', text(hit.subject)]
    .filter((part) => part !== '')
    .join('  ');
  return hit.line === null
    ? head
    : `${head}\n    ${hit.line.unit === 'page' ? 'trang' : 'đoạn'} ${String(hit.line.number)}: ${text(hit.line.pieces).replace(/\s+/gu, ' ')}`;
}

/** Not shown while it is typed; from a pipe, its first line. */
async function askPassword(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write(question);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const reader = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  try {
    for await (const line of reader) return line;
    throw new Told('Chưa có mật khẩu.');
  } finally {
    reader.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}

/** Runs a program and says what went wrong in one sentence instead of a stack. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (cause) {
    if (cause instanceof Told) console.error(cause.message);
    else console.error((cause instanceof Error ? sentenceOf(cause) : undefined) ?? cause);
    process.exitCode = 1;
  }
}

/** Faults of the machine that whoever typed the command can mend. */
function sentenceOf(cause: NodeJS.ErrnoException & { address?: string; port?: number }): string | undefined {
  const { code, path, address, port } = cause;
  if (code === 'EADDRINUSE')
    return `Cổng ${String(port)} đang có chương trình khác dùng. Hãy tắt nó, hoặc đặt VANKHO_PORT khác.`;
  if (code === 'ECONNREFUSED' && port !== undefined)
    return `Không kết nối được ${address ?? ''}:${String(port)}. Hãy kiểm tra máy chủ ở đó và địa chỉ trong cấu hình.`;
  if (path === undefined) return undefined;
  if (code === 'ENOENT') return `Không có tệp hay thư mục này: ${path}`;
  if (code === 'EACCES' || code === 'EPERM') return `Không có quyền đọc hay ghi: ${path}`;
  if (code === 'EISDIR' || code === 'ENOTDIR') return `Không đúng loại, cần tệp hoặc thư mục: ${path}`;
  return undefined;
}
