import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Run from the project's root: `vite build --config src/web/vite.config.ts`. */
export default defineConfig({
  root: here,
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
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
              test: /[\\/](src[\\/](web[\\/](parts[\\/](?!act-form|field-table|find-box|load-parts|occasions|secret-once|spreadsheets|tree)|shell|uploads|words[\\/](index|vi))|contract[\\/](?!audit|correspondents|dossier|registers)|kernel))/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', changeOrigin: false } } },
});
