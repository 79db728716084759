import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { IconAlertTriangle, IconSearch, IconX } from '@tabler/icons-react';
import { ChosenChips } from './chosen-chips.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { Preview } from './preview.tsx';
import { countSentence, Results } from './results.tsx';
import { useHits, useTypedWords } from './use-search.ts';
import css from './search-room.module.css';

/** One box, every document this person may see. The address holds the whole question. */
export function SearchRoom() {
  const { t } = useTranslation('search');
  const [address, setAddress] = useSearchParams();
  const { typed, setTyped, flush } = useTypedWords();
  const answer = useHits(address);
  const box = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLElement>(null);

  useEffect(() => {
    box.current?.focus();
  }, []);

  const [previewId, setPreviewId] = useState<string | null>(null);
  const first = answer.data?.pages[0];
  const facets = first?.facets ?? null;
  const previewed = answer.data?.pages.flatMap((page) => page.hits).find((hit) => hit.recordId === previewId);
  const closePreview = useCallback(() => {
    setPreviewId(null);
  }, []);
  const change = (next: URLSearchParams): void => {
    setAddress(next);
  };
  const toFirstHit = (): void => {
    results.current?.querySelector<HTMLAnchorElement>('a[data-hit]')?.focus();
  };

  return (
    <div className={css['room']} data-preview={previewed !== undefined}>
      <aside className={css['side']} aria-label={t('facet.title')}>
        <FacetPanel facets={facets} total={first?.total.count ?? 0} address={address} change={change} />
      </aside>
      <section className={css['main']} aria-label={t('title')}>
        <h1 className="unseen">{t('title')}</h1>
        <form
          className={css['form']}
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            flush(typed);
          }}
        >
          <IconSearch size={18} aria-hidden="true" />
          <input
            ref={box}
            className={css['box']}
            data-search-box
            type="text"
            inputMode="search"
            enterKeyHint="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            value={typed}
            aria-label={t('box.label')}
            placeholder={t('box.placeholder')}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                toFirstHit();
              } else if (event.key === 'Escape' && typed !== '') {
                event.preventDefault();
                event.stopPropagation();
                setTyped('');
                flush('');
              }
            }}
          />
          {typed !== '' && (
            <button
              type="button"
              className={css['wipe']}
              aria-label={t('box.wipe')}
              onClick={() => {
                setTyped('');
                flush('');
                box.current?.focus();
              }}
            >
              <IconX size={16} aria-hidden="true" />
            </button>
          )}
          <kbd aria-hidden="true">/</kbd>
        </form>
        <div className={css['above']}>
          <p className={css['count']} role="status">
            {first === undefined ? '' : countSentence(t, first.total, address.get('q') ?? '')}
          </p>
          <ChosenChips address={address} facets={facets} change={change} />
        </div>
        {first?.degraded === true && (
          <p className={css['degraded']} role="note">
            <IconAlertTriangle size={16} aria-hidden="true" />
            <span>
              <strong>{t('degraded.title')}</strong> {t('degraded.body')}
            </span>
          </p>
        )}
        <section ref={results} className={css['results']} aria-label={t('hits.title')} aria-busy={answer.isFetching}>
          <Results
            answer={answer}
            address={address}
            change={change}
            onLeaveUp={() => {
              box.current?.focus();
            }}
            previewed={previewed?.recordId ?? null}
            onPreview={setPreviewId}
          />
        </section>
      </section>
      {previewed !== undefined && <Preview hit={previewed} q={address.get('q') ?? ''} onClose={closePreview} />}
    </div>
  );
}
