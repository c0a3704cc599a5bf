import { all } from '#lib/server/rows.js';

export const load = () => ({ rows: all() });

// The page stays as the server wrote it: no script, and so no second copy of the rows to bring it to life with.
export const csr = false;
