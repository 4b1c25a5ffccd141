/** What this process has sent to PostgreSQL since its start; `health` and the like, which go by themselves, are not counted. */
export const traffic = {
	/** Messages, each of which is waited for once. */
	roundTrips: 0,
	statements: 0,
	/** Statements without a name, which PostgreSQL reads and plans at each run (docs/decisions/0012-hot-statements.md). */
	plannedAnew: 0,
};
