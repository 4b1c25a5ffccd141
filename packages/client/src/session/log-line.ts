/** A line of a log in one text. */
export function lineOf(message: string, details?: Record<string, unknown>): string {
	return details ? `${message} ${JSON.stringify(details)}` : message;
}
