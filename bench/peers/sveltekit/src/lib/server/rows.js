import { readFile } from 'node:fs/promises';

/** @type {[string, string][]} */
let rows = [];

/** Once, at start-up: what is measured is the writing of the page, not the reading of a file. */
export async function fill(path) {
	rows = JSON.parse(await readFile(path, 'utf8'));
}

export const all = () => rows;
