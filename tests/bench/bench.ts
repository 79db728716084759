import { kindOfMachine } from '../support/processes.ts';
import { copyMeasures } from './copies.ts';
import { firstPageMeasures } from './first-page.ts';
import { intakeMeasures } from './intake.ts';
import { largeArchiveMeasures } from './large-archive.ts';
import { largeArchiveListMeasures } from './large-archive-lists.ts';
import { largeUploadMeasures } from './large-upload.ts';
import { queryMeasures } from './queries.ts';
import { readingMeasures } from './reading.ts';
import { runCommand } from './runner.ts';

/** `npm run bench`: what the archive costs, beside what was promised. docs/PERFORMANCE.md holds the last whole run. */
console.error(kindOfMachine());
await runCommand({
  title: 'bench',
  measures: [
    ...readingMeasures,
    ...copyMeasures,
    ...firstPageMeasures,
    ...queryMeasures,
    ...intakeMeasures,
    ...largeUploadMeasures,
    ...largeArchiveMeasures,
    ...largeArchiveListMeasures,
  ],
  options: ['uploads', 'documents', 'records', 'questions', 'megabytes', 'archive'],
});
