import { Command } from 'commander';
import { readConfig, settingsPage } from '../config.ts';
import { addClientVerbs, runProgram } from './client.ts';

/** Every verb of the house; those of the server load it only when they are called. */
const program = new Command('vankho').description('Văn Khố: lưu trữ và quản lý văn bản').version('0.1.0');

program
  .command('start')
  .description('chạy máy chủ theo cấu hình (biến môi trường VANKHO_*)')
  .action(async () => {
    const { start } = await import('./start.ts');
    await start(readConfig());
  });

program
  .command('demo')
  .description('chạy thử ngay trên máy này với cơ quan và văn bản mẫu')
  .option('--fresh', 'bỏ dữ liệu của lần chạy thử trước, làm lại từ đầu')
  .action(async ({ fresh }: { fresh?: boolean }) => {
    const { demo } = await import('./demo.ts');
    await demo(readConfig(), { fresh: fresh ?? false });
  });

program
  .command('office')
  .description('lập cơ quan, đơn vị và người từ một tệp JSON, khi kho còn trống')
  .argument('<file>', 'tệp JSON: agency, units, people')
  .action(async (file: string) => {
    const { setUpOffice } = await import('./office.ts');
    await setUpOffice(readConfig(), file);
  });

program
  .command('password')
  .description('cấp mật khẩu mới cho một người, tại máy chủ')
  .argument('<name>', 'tên đăng nhập')
  .action(async (name: string) => {
    const { issuePassword } = await import('./office.ts');
    await issuePassword(readConfig(), name);
  });

program
  .command('migrate')
  .description('đưa cơ sở dữ liệu lên phiên bản này rồi thôi')
  .action(async () => {
    const { migrateOnly } = await import('./start.ts');
    await migrateOnly(readConfig());
  });

program
  .command('settings')
  .description('in mọi biến cấu hình, giá trị mặc định và ý nghĩa')
  .action(() => {
    console.log(settingsPage());
  });

await runProgram(addClientVerbs(program));
