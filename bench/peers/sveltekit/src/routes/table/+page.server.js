import { all } from '#lib/server/rows.js';

export const load = () => ({ rows: all() });
