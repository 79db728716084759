/* Compound files ([MS-CFB]) as Word 97 writes them, as small as they can be. */

const sector = 512;

/** Streams of at least 4,096 bytes each (shorter ones would lie in a mini stream), side by side under the root. */
export function compoundFile(streams: readonly { readonly name: string; readonly bytes: Buffer }[]): Buffer {
  const padded = streams.map(({ name, bytes }) => {
    const size = Math.max(4096, Math.ceil(bytes.length / sector) * sector);
    return { name, bytes: Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]) };
  });
  const directorySectors = Math.ceil((padded.length + 1) / 4);
  const table = Buffer.alloc(sector, 0xff);
  const link = (at: number, next: number): unknown => table.writeUInt32LE(next, at * 4);
  link(0, 0xfffffffd);
  for (let at = 0; at < directorySectors; at += 1) link(1 + at, at + 1 < directorySectors ? 2 + at : 0xfffffffe);
  const directory = Buffer.alloc(directorySectors * sector);
  for (let at = 0; at < directorySectors * 4; at += 1) directory.fill(0xff, at * 128 + 68, at * 128 + 80);
  const entry = (
    at: number,
    name: string,
    type: number,
    start: number,
    size: number,
    child: number,
    right: number,
  ): void => {
    const place = at * 128;
    directory.write(name, place, 'utf16le');
    directory.writeUInt16LE((name.length + 1) * 2, place + 64);
    directory.writeUInt8(type, place + 66);
    directory.writeInt32LE(right, place + 72);
    directory.writeInt32LE(child, place + 76);
    directory.writeUInt32LE(start, place + 116);
    directory.writeUInt32LE(size, place + 120);
  };
  entry(0, 'Root Entry', 5, 0xfffffffe, 0, 1, -1);
  let next = 1 + directorySectors;
  padded.forEach(({ name, bytes }, index) => {
    const count = bytes.length / sector;
    entry(index + 1, name, 2, next, bytes.length, -1, index + 1 < padded.length ? index + 2 : -1);
    for (let at = 0; at < count; at += 1) link(next + at, at + 1 < count ? next + at + 1 : 0xfffffffe);
    next += count;
  });
  const header = Buffer.alloc(sector);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  return Buffer.concat([header, table, directory, ...padded.map(({ bytes }) => bytes)]);
}

/** A Word document of one piece of text ([MS-DOC] 2.4.1); `flags` are those of its FibBase. */
export function wordDocument(paragraphs: readonly string[], flags = 0): Buffer {
  const text = `${paragraphs.join('\r')}\r`;
  const textStart = 1024;
  const document = Buffer.alloc(textStart + text.length * 2);
  document.writeUInt16LE(0xa5ec, 0);
  document.writeUInt16LE(0x0200 | flags, 10);
  document.writeUInt32LE(textStart, 0x18);
  document.writeUInt32LE(text.length, 0x4c);
  document.write(text, textStart, 'utf16le');
  // Clx: one Pcdt with one piece.
  const pieces = Buffer.alloc(1 + 4 + 8 + 8);
  pieces.writeUInt8(2, 0);
  pieces.writeUInt32LE(16, 1);
  pieces.writeUInt32LE(text.length, 9);
  pieces.writeUInt32LE(textStart, 15);
  return compoundFile([
    { name: 'WordDocument', bytes: document },
    { name: '1Table', bytes: pieces },
  ]);
}
