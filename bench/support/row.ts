/** What a measured number must not pass. */
export type Budget = { atMost: number } | { atLeast: number };

/** One line of the bench's table. */
export interface Row {
	/** What was measured, in the words of docs/ and of the issue. */
	what: string;
	/** The number, or why there is none. */
	measured: number | { missing: string };
	/** "ms", "kB gzip", "per second"; empty for counts. */
	unit: string;
	/** Absent where the design holds no number: the row informs only. */
	budget?: Budget;
}

/** A row that says honestly why it has no number. */
export function notMeasured(what: string, why: string): Row {
	return { what, measured: { missing: why }, unit: "" };
}

/** The rows of a measurement, or why there are none: one that fails must not take the others of its bench along. */
export async function rowsOrWhyNot(what: string, measure: () => Promise<Row[]>): Promise<Row[]> {
	try {
		return await measure();
	} catch (error) {
		return [notMeasured(what, reasonOf(error))];
	}
}

/** The first line of what an error says, which is as much as a table can hold. */
export function reasonOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.split("\n")[0] ?? text;
}

/** Whether a row keeps its budget; undefined where it has none or no number. */
export function isMet({ measured, budget }: Row): boolean | undefined {
	if (!budget || typeof measured !== "number") return undefined;
	return "atMost" in budget ? measured <= budget.atMost : measured >= budget.atLeast;
}

/**
 * The value that `percent` of the samples do not pass (nearest rank).
 * @throws where there are no samples: a percentile of nothing would be made up
 */
export function percentile(samples: readonly number[], percent: number): number {
	const sorted = Float64Array.from(samples).sort();
	const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
	if (value === undefined) throw new Error("There are no samples to take a percentile of.");
	return value;
}

/** p50 and p95 or p99 of the same samples as two rows, in ms; each with a budget of its own if it has one. */
export function percentileRows(
	what: string,
	samples: readonly number[],
	budgets: Partial<Record<"p50" | "p95" | "p99", Budget | undefined>>,
): Row[] {
	return Object.entries(budgets).map(([name, budget]) => ({
		what: `${what}, ${name}`,
		measured: percentile(samples, Number(name.slice(1))),
		unit: "ms",
		...(budget ? { budget } : {}),
	}));
}
