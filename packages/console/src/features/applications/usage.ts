import type { Api } from "../../session/api.ts";

/** How often one operation was asked for, and what became of it. */
export interface UsageRow {
	operation: string;
	requests: number;
	/** Answered with 4xx, but for 429. */
	refused: number;
	/** Answered with 429. */
	tooMany: number;
	/** Answered with 5xx. */
	failed: number;
}

/** `ApiUsageRow` of the platform, as far as it is shown. */
interface WireRow {
	templateUri?: string;
	httpMethod?: string;
	requests: number;
	status400: number;
	status429: number;
	status500: number;
}

const days = 30;
const dayMs = 86_400_000;

/** What a client has asked for in the last days, most first. */
export async function readUsage(api: Api, clientId: string, now = Date.now()): Promise<UsageRow[]> {
	const interval = [now - (days - 1) * dayMs, now].map((at) => new Date(at).toISOString()).join("/");
	const asked = { interval, groupBy: ["TemplateUri", "HttpMethod"], granularity: "Month" };
	const path = `/api/v2/oauth/clients/${encodeURIComponent(clientId)}/usage/query`;
	const { resultsUri } = await api.request<{ resultsUri: string }>("POST", path, asked);
	return usageOf((await api.request<{ results: WireRow[] }>("GET", resultsUri)).results);
}

/** Over two months an operation has two rows. */
export function usageOf(rows: readonly WireRow[]): UsageRow[] {
	const found = new Map<string, UsageRow>();
	for (const row of rows) {
		const operation = `${row.httpMethod ?? ""} ${row.templateUri ?? ""}`.trim();
		const known = found.get(operation) ?? { operation, requests: 0, refused: 0, tooMany: 0, failed: 0 };
		known.requests += row.requests;
		known.refused += row.status400;
		known.tooMany += row.status429;
		known.failed += row.status500;
		found.set(operation, known);
	}
	return [...found.values()].sort((a, b) => b.requests - a.requests || a.operation.localeCompare(b.operation));
}
