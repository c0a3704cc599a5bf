import { ROWS } from '$app/env/private';
import { fill } from '#lib/server/rows.js';

export const init = () => fill(ROWS);
