/** What `newId` makes. Anything else, such as `../`, never becomes a path or an object name. */
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isKey(text: string): boolean {
  return shape.test(text);
}

/** Throws on what is not a key: that is a fault in the calling code, not a missing object. */
export function checkedKey(key: string): string {
  if (!isKey(key)) throw new TypeError('object store: a key is a UUIDv7 in lower case');
  return key;
}

/** Throws a RangeError on what is not a range, before anybody is asked for it. */
export function checkRange(start: number, end: number): void {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw new RangeError(`object store: ${start}..${end} is not a range`);
  }
}
