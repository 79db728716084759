import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** Each script and style once more, compressed: it is done here once, and the house only chooses (platform/http/serve.ts). */
const compressed: Plugin = {
  name: 'compressed',
  closeBundle() {
    const assets = join(built, 'assets');
    for (const name of readdirSync(assets).filter((one) => /\.(?:m?js|css)$/u.test(one)))
      writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
  },
};

/** Run from the project's root: `vite build --config src/web/vite.config.ts`. */
export default defineConfig({
  root: here,
  plugins: [react(), compressed],
  build: {
    outDir: built,
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2023',
    // The page's content policy lets fonts and pictures come from files; nothing is gained by writing them into the CSS.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page stands on, in two files instead of thirty: they compress better together and change seldom.
        codeSplitting: {
          groups: [
            {
              name: 'ground',
              test: /[\\/]node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|zod)[\\/]/,
              priority: 2,
            },
            {
              name: 'house',
              // What only some rooms need stays with them: a form, a tree or a spreadsheet is no ground of the first screen.
              test: /[\\/](src[\\/](web[\\/](parts[\\/](?!act-form|field-table|history-window|load-parts|occasions|secret-once|spreadsheets|tree)|shell|uploads|words[\\/](index|vi[\\/](everywhere|home|people|sign-in|system)\.))|contract[\\/](?!audit|correspondents|dossier|registers)|kernel))/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } } },
});
