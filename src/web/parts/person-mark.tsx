import classes from './person-mark.module.css';

/** `QC` of Mai Quế Chi: a Vietnamese is called by the given name, which stands last. */
export function initialsOf(fullName: string): string {
  const names = fullName.trim().split(/\s+/u);
  return names
    .slice(-2)
    .map((name) => [...name][0] ?? '')
    .join('')
    .toLocaleUpperCase('vi');
}

export function PersonMark({ fullName }: { readonly fullName: string }) {
  return (
    <span className={classes['mark']} aria-hidden="true">
      {initialsOf(fullName)}
    </span>
  );
}
