import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** One file of plain JavaScript with all it needs: Node runs no TypeScript below node_modules. */
const root = fileURLToPath(new URL('../../', import.meta.url));
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/commands/cli.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'vankho.js', codeSplitting: false } },
  },
});
await chmod(`${root}dist/cli/vankho.js`, 0o755);
