/** The addresses of single things. */
export const addressOf = {
  record: (id: string): string => `/van-ban/${id}`,
  registration: (id: string): string => `/tiep-nhan/${id}`,
  search: (words: string): string => (words.trim() === '' ? '/tra-cuu' : `/tra-cuu?q=${encodeURIComponent(words)}`),
  person: (id: string): string => `/nguoi/${id}`,
  dossier: (id: string): string => `/ho-so/${id}`,
  dossiers: '/ho-so',
  planLoad: '/ho-so/nap',
  account: '/tai-khoan',
  paper: '/tiep-nhan/ban-giay',
  register: (id: string): string => `/so-dang-ky/${id}`,
  correspondent: (id: string): string => `/co-quan-gui-nhan/${id}`,
  system: '/he-thong',
  withheld: '/tam-giu',
} as const;

/** The parts of the room for people and units. */
export const peopleAddress = {
  people: '/nguoi',
  changes: '/nguoi/cho-xac-nhan',
  units: '/nguoi/don-vi',
  load: '/nguoi/nap',
} as const;

/** The legal books, and the bodies that send and receive. */
export const registersAddress = '/so-dang-ky';
export const correspondentsAddress = { list: '/co-quan-gui-nhan', load: '/co-quan-gui-nhan/nap' } as const;
