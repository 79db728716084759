import { useEffect, useId, useState, type ReactNode, type Ref } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconChevronUp,
  IconSearch,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './viewer.module.css';

export function Tool({
  label,
  onClick,
  disabled = false,
  pressed,
  children,
}: {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={label} openDelay={500} withinPortal={false}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={css['tool'] ?? ''}
        size={30}
        aria-label={label}
        disabled={disabled}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** "Trang [3] / 12": the number may be typed. */
export function PageBox({
  page,
  pages,
  onPage,
}: {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}) {
  const { t } = useTranslation('record');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number(typed);
    if (typed !== null && Number.isInteger(wanted) && wanted >= 1) onPage(Math.min(wanted, pages));
    setTyped(null);
  };
  return (
    <div className={css['group']}>
      <Tool label={t('viewer.previousPage')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={17} aria-hidden="true" />
      </Tool>
      <label htmlFor={id} className={css['pageLabel']}>
        {t('viewer.page')}
      </label>
      <input
        id={id}
        className={css['pageBox']}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(page)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/gu, '').slice(0, 6))}
        onBlur={go}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') go();
        }}
      />
      <span className={css['of']}>/ {pages}</span>
      <Tool label={t('viewer.nextPage')} disabled={page >= pages} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={17} aria-hidden="true" />
      </Tool>
    </div>
  );
}

/** 100 % is the size on paper: 96 points of the screen to an inch. */
export const zoomSteps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;
export type Zoom = 'width' | number;

export function nextZoom(scale: number, direction: 1 | -1): number {
  const steps = direction === 1 ? zoomSteps : [...zoomSteps].reverse();
  return steps.find((step) => (direction === 1 ? step > scale + 0.01 : step < scale - 0.01)) ?? scale;
}

export function ZoomTools({
  zoom,
  scale,
  onZoom,
}: {
  readonly zoom: Zoom;
  readonly scale: number;
  readonly onZoom: (zoom: Zoom) => void;
}) {
  const { t } = useTranslation('record');
  return (
    <div className={css['group']}>
      <Tool label={t('viewer.smaller')} disabled={scale <= zoomSteps[0]} onClick={() => onZoom(nextZoom(scale, -1))}>
        <IconZoomOut size={17} aria-hidden="true" />
      </Tool>
      <output className={css['percent']}>{Math.round(scale * 100)} %</output>
      <Tool label={t('viewer.larger')} disabled={scale >= 4} onClick={() => onZoom(nextZoom(scale, 1))}>
        <IconZoomIn size={17} aria-hidden="true" />
      </Tool>
      <Tool
        label={t('viewer.fitWidth')}
        pressed={zoom === 'width'}
        onClick={() => onZoom(zoom === 'width' ? 1 : 'width')}
      >
        <IconArrowAutofitWidth size={17} aria-hidden="true" />
      </Tool>
    </div>
  );
}

/** Finds words in the document that is open. Enter goes on, Shift+Enter goes back, Esc wipes. */
export function FindTools({
  words,
  onWords,
  count,
  at,
  busy,
  onStep,
  field,
}: {
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly count: number;
  /** Counted from zero; -1 when there is none. */
  readonly at: number;
  readonly busy: boolean;
  readonly onStep: (step: 1 | -1) => void;
  readonly field: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation('record');
  const [typed, setTyped] = useState(words);
  useEffect(() => {
    setTyped(words);
  }, [words]);
  useEffect(() => {
    if (typed === words) return undefined;
    const rest = setTimeout(() => {
      onWords(typed);
    }, 200);
    return () => {
      clearTimeout(rest);
    };
  }, [typed, words, onWords]);
  return (
    <div className={css['find']} role="search" aria-label={t('viewer.find')}>
      <IconSearch size={15} aria-hidden="true" />
      <input
        ref={field}
        className={css['findBox']}
        value={typed}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        aria-label={t('viewer.find')}
        placeholder={t('viewer.find')}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            if (typed === words) onStep(event.shiftKey ? -1 : 1);
            else onWords(typed);
          } else if (event.key === 'Escape' && typed !== '') {
            setTyped('');
            onWords('');
          }
        }}
      />
      {words.trim() !== '' && (
        <>
          <span className={css['found']} role="status">
            {count > 0 ? `${String(at + 1)}/${String(count)}` : busy ? t('viewer.finding') : t('viewer.notFound')}
          </span>
          <Tool label={t('viewer.previousMatch')} disabled={count === 0} onClick={() => onStep(-1)}>
            <IconChevronUp size={16} aria-hidden="true" />
          </Tool>
          <Tool label={t('viewer.nextMatch')} disabled={count === 0} onClick={() => onStep(1)}>
            <IconChevronDown size={16} aria-hidden="true" />
          </Tool>
          <Tool
            label={t('viewer.stopFinding')}
            onClick={() => {
              setTyped('');
              onWords('');
            }}
          >
            <IconX size={15} aria-hidden="true" />
          </Tool>
        </>
      )}
    </div>
  );
}
