/** True for PostgreSQL's refusal of a duplicate by the named unique index (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown, index: string): boolean {
	const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
	return code === "23505" && constraint === index;
}
