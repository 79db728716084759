import { IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { notice } from '../parts/notice.ts';
import { useMay } from '../session.tsx';
import { useTopTaker } from '../uploads/drop-taker.ts';
import { droppedFiles } from '../uploads/dropped-files.ts';
import { addUploads } from '../uploads/upload-queue.ts';
import classes from './shell.module.css';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** The whole window takes files and folders, whichever room stands open. */
export function DropAnywhere() {
  const allowed = useMay('document.upload');
  return allowed ? <DropWindow /> : <Refusing />;
}

/** Someone who may not upload drops a file: the browser must not open it in place of the page. */
function Refusing() {
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', refuse);
    window.addEventListener('drop', refuse);
    return () => {
      window.removeEventListener('dragover', refuse);
      window.removeEventListener('drop', refuse);
    };
  }, []);
  return null;
}

function DropWindow() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const taker = useTopTaker();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void droppedFiles(event.dataTransfer).then((files) => {
        if (files.length === 0) return;
        if (taker) {
          taker.take(files);
          return;
        }
        addUploads(files);
        if (pathname === '/') void navigate('/tiep-nhan');
        else if (pathname !== '/tiep-nhan') notice(t('drop.begun', { count: files.length }), 'lacquer');
      });
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, [navigate, pathname, t, taker]);
  if (!over) return null;
  return (
    <div className={classes['drop']} role="status">
      <IconUpload size={36} stroke={1.6} aria-hidden="true" />
      <b>{taker?.here ?? t('drop.here')}</b>
      <span className="mut">{taker?.why ?? t('drop.why')}</span>
    </div>
  );
}
