import { onPath, startMinio } from '../support/s3-server.ts';
import { s3Contract } from './object-store-s3.suite.ts';

const {
  VANKHO_TEST_S3_URL: url,
  VANKHO_TEST_S3_ACCESS_KEY: accessKey,
  VANKHO_TEST_S3_SECRET_KEY: secretKey,
} = process.env;

if (url !== undefined && accessKey !== undefined && secretKey !== undefined) {
  s3Contract(`the S3 server at ${url}`, async () => ({ url, accessKey, secretKey, stop: async () => undefined }));
} else if (onPath('minio')) {
  s3Contract('MinIO', startMinio);
} else {
  const why = 'no program `minio` on the PATH and no VANKHO_TEST_S3_URL (with _ACCESS_KEY and _SECRET_KEY)';
  console.warn(`SKIPPED: the object store contract on MinIO: ${why}`);
  describe.skip(`object store contract on MinIO: SKIPPED, ${why}`, () => {
    it('runs the whole contract', () => undefined);
  });
}
