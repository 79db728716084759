import { useEffect, useState } from 'react';

/** What was typed, once the typing rests: every letter would be a question of its own, and each question is logged. */
export function useRested(typed: string): string {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const resting = window.setTimeout(() => setRested(typed), 250);
    return () => window.clearTimeout(resting);
  }, [typed]);
  return rested;
}
