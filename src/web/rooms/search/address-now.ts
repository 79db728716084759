/**
 * What the address bar says at this moment. A field that is left and the button that took the focus both change the
 * address before the page is drawn again: the second must not undo the first.
 */
export function addressNow(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}
