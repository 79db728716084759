/**
 * Prints, after everything else, each test that did not run, by name, and how many there were.
 * jest's own summary gives a number without names, and a suite that silently did not run reads as one that passed.
 */
export default class SkippedReporter {
  #root;

  constructor(globalConfig) {
    this.#root = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    const skipped = [];
    for (const file of results.testResults) {
      const name = file.testFilePath.slice(this.#root.length + 1);
      for (const test of file.testResults) {
        if (test.status === 'pending' || test.status === 'todo' || test.status === 'disabled') {
          skipped.push({ file: name, suite: test.ancestorTitles.join(' > '), title: test.title });
        }
      }
      if (file.skipped && file.testResults.length === 0) skipped.push({ file: name, suite: '', title: '(whole file)' });
    }
    const write = (line) => process.stderr.write(`${line}\n`);
    const bar = '='.repeat(72);
    write(bar);
    if (skipped.length === 0) {
      write('SKIPPED: nothing. Every test of this run was run.');
    } else {
      let place = '';
      for (const { file, suite, title } of skipped) {
        const here = `${file}${suite === '' ? '' : `  ${suite}`}`;
        if (here !== place) write(`SKIPPED  ${here}`);
        place = here;
        write(`           - ${title}`);
      }
      write(`SKIPPED: ${skipped.length} of ${results.numTotalTests} tests did not run. Their names stand above.`);
    }
    write(bar);
  }
}
