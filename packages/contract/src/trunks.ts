/** Calls by one trunk at once where nobody has said: more are somebody's mistake, or an attack. */
export const mostTrunkCalls = 500;
