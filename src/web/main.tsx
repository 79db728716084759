import './without-eval.ts';
import './styles/base.css';
import './styles/tokens.css';
import './styles/fonts.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { isUploading } from './uploads/upload-queue.ts';
import { startWords } from './words/index.ts';

/**
 * The house was brought up to date under an open page: its rooms have new names, and the old ones are gone. The page is
 * fetched anew, once a minute at most, unless a file is on its way.
 */
const renewed = 'vankho.renewed';
window.addEventListener('vite:preloadError', (event) => {
  const before = Number(sessionStorage.getItem(renewed) ?? 0);
  if (isUploading() || Date.now() - before < 60_000) return;
  sessionStorage.setItem(renewed, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

await startWords();

const root = document.querySelector('#root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
