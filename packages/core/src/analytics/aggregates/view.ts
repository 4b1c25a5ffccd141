import type { AggregateQuery } from "./query.ts";
import type { Sum } from "./sums-store.ts";

/** `StatisticalSummary`: of times all four, of numbers how many. */
interface Stats {
	count: number;
	sum?: number;
	min?: number;
	max?: number;
}

/** `ConversationAggregateQueryResponse`; as on the platform, nothing is said of nothing. */
export function aggregatesView(query: AggregateQuery, sums: readonly Sum[]) {
	const groups = Map.groupBy(sums, ({ group }) => JSON.stringify(query.groupBy.map((name) => group[name] ?? null)));
	const results = [...groups]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([, own]) => ({
			group: own[0]?.group ?? {},
			data: dataOf(query, own),
		}));
	return results.length > 0 ? { results } : {};
}

function dataOf(query: AggregateQuery, sums: readonly Sum[]) {
	const parts = Map.groupBy(sums, ({ bucket }) => bucket);
	return [...parts]
		.toSorted(([a], [b]) => a - b)
		.map(([bucket, own]) => ({
			interval: intervalOf(query, bucket),
			metrics: query.metrics.flatMap((metric) => {
				const stats = statsOf(metric, own);
				return stats ? [{ metric, stats }] : [];
			}),
		}));
}

function intervalOf({ starts, to }: AggregateQuery, bucket: number): string {
	const [from, until] = [starts[bucket] ?? to, starts[bucket + 1] ?? to];
	return `${from.toISOString()}/${until.toISOString()}`;
}

function statsOf(metric: string, sums: readonly Sum[]): Stats | undefined {
	const own = sums.filter((one) => one.metric === metric || (metric === "nTransferred" && isTransfer(one.metric)));
	if (own.length === 0) return undefined;
	const total = own.reduce((all, one) => all + one.sum, 0);
	if (metric.startsWith("n")) return { count: total };
	return {
		count: own.reduce((all, one) => all + one.count, 0),
		sum: total,
		min: Math.min(...own.map((one) => one.min)),
		max: Math.max(...own.map((one) => one.max)),
	};
}

const isTransfer = (metric: string) => metric === "nBlindTransferred" || metric === "nConsultTransferred";
