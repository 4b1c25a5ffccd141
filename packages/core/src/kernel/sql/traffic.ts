/** What this process has sent to PostgreSQL since its start; `health` and the like, which go by themselves, are not counted. */
export const traffic = {
	/** Messages, each of which is waited for once. */
	roundTrips: 0,
	statements: 0,
};
