import { compose } from '../compose.ts';
import type { Config } from '../config.ts';
import { runHouse } from '../main.ts';
import { buildWebClient } from './web-client.ts';

/** Runs the house; where nobody is in it yet, says how the first administrator comes in. */
export async function start(config: Config): Promise<void> {
  await buildWebClient('missing');
  await runHouse(config, async (house, url) => {
    console.log(`Văn Khố: ${url}`);
    const token = await house.office.firstStartToken();
    if (token !== undefined) {
      console.log(`Chưa có ai trong hệ thống. Lập quản trị viên đầu tiên tại ${url}/khoi-dau với mã dùng một lần:`);
      console.log(`  ${token}`);
    }
  });
}

/** For an operator who upgrades the database before the processes. */
export async function migrateOnly(config: Config): Promise<void> {
  const house = await compose(config);
  await house.close();
  console.log('Cơ sở dữ liệu đã ở phiên bản này.');
}
