/** The addresses of single things. */
export const addressOf = {
  record: (id: string): string => `/van-ban/${id}`,
  registration: (id: string): string => `/tiep-nhan/${id}`,
  search: (words: string): string => (words.trim() === '' ? '/tra-cuu' : `/tra-cuu?q=${encodeURIComponent(words)}`),
  person: (id: string): string => `/nguoi/${id}`,
  account: '/tai-khoan',
  system: '/he-thong',
} as const;

/** The parts of the room for people and units. */
export const peopleAddress = {
  people: '/nguoi',
  changes: '/nguoi/cho-xac-nhan',
  units: '/nguoi/don-vi',
  load: '/nguoi/nap',
} as const;
