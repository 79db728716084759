/** A file as it was dropped or chosen, with its path inside the folder it came in. */
export interface ChosenFile {
  readonly file: File;
  /** `2025/den/318.pdf`; empty for a file that came alone. */
  readonly relativePath: string;
}

/** Files that a system writes into every folder; nobody means to register them. */
const litter = /^(?:\.ds_store|thumbs\.db|desktop\.ini|~\$.*|\._.*)$/iu;

/**
 * What a drop carries, folders opened. The entries must be taken before the first pause: the browser empties the
 * transfer when the event is over.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly ChosenFile[]> {
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return plain.map((file) => ({ file, relativePath: '' }));
  const found: ChosenFile[] = [];
  for (const entry of entries) if (entry) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: ChosenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    const path = entry.fullPath.replace(/^\//u, '');
    if (!litter.test(entry.name)) found.push({ file, relativePath: path.includes('/') ? path : '' });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader hands out a hundred at a time and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await collect(one, found);
  }
}

/** What a file or folder chooser gave. */
export function chosenFiles(list: FileList | readonly File[]): readonly ChosenFile[] {
  return [...list]
    .filter((file) => !litter.test(file.name))
    .map((file) => ({ file, relativePath: file.webkitRelativePath }));
}
