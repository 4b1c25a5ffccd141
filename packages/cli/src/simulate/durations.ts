const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `5s`, `500ms`, `10m`, or of a number of seconds; undefined for anything else. */
export function readDuration(given: unknown): number | undefined {
	if (typeof given === "number") return given >= 0 && Number.isFinite(given) ? given * 1_000 : undefined;
	const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(String(given).trim()) ?? [];
	return amount !== undefined && unit !== undefined ? Number(amount) * (units[unit] ?? 0) : undefined;
}

/** Customers per millisecond of `5/min`, `2/s`, `90/h`; undefined for anything else. */
export function readRate(given: string): number | undefined {
	const [, amount, per] = /^(\d+(?:\.\d+)?)\/(s|min|m|h)$/.exec(given.trim()) ?? [];
	const unit = units[per === "min" ? "m" : (per ?? "")];
	return amount !== undefined && unit !== undefined && Number(amount) > 0 ? Number(amount) / unit : undefined;
}
