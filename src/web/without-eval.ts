import { z } from 'zod';

/**
 * zod compiles its parsers with `new Function` where it may, and asks by trying. The page's content policy forbids it
 * and would write the attempt on the console; this must be said before the first schema is built.
 */
z.config({ jitless: true });
