/** As JSON that PostgreSQL keeps: its texts hold no U+0000 and no half characters, which what comes from outside may. */
export function storableJson(value: unknown): string {
	return JSON.stringify(value, (_key, one: unknown) =>
		typeof one === "string" ? one.replaceAll("\u0000", "").toWellFormed() : one,
	);
}
