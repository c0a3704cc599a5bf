import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
	ROWS: {
		description: 'Path of the JSON file with the rows of the table',
		// The build has no rows; the server stops at its start without them.
		schema: (path) => path
	}
});
