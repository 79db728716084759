import type { Printing } from '../../departments/dossiers/index.ts';

/** The libraries that set them are large: each is loaded when the first list is asked for. */
export const documentList: Printing['documentList'] = async (list, form) => {
  if (form === 'pdf') return (await import('./document-list-pdf.ts')).documentListPdf(list);
  return (await import('./document-list-xlsx.ts')).documentListXlsx(list);
};
