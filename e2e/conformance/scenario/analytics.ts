import type { ConformanceRun } from "../run.ts";
import type { People } from "./people.ts";

const dayMs = 24 * 3_600_000;

/** Details, jobs and aggregates of what the scenario has done. */
export async function analyticsSteps(run: ConformanceRun, { admin }: People): Promise<void> {
	const day = (from: number, to: number) =>
		`${new Date(Date.now() + from * dayMs).toISOString()}/${new Date(Date.now() + to * dayMs).toISOString()}`;
	const interval = day(-25, 1);
	await run.part("details", async () => {
		const query = {
			interval,
			paging: { pageSize: 5, pageNumber: 1 },
			segmentFilters: [{ type: "and", predicates: [{ type: "dimension", dimension: "purpose", value: "agent" }] }],
		};
		const found = await run.call<{ conversations?: Array<{ conversationId: string }> }>(
			admin,
			"AnalyticsApi.postAnalyticsConversationsDetailsQuery",
			query,
		);
		const id = found.conversations?.[0]?.conversationId ?? "";
		await run.call(admin, "AnalyticsApi.getAnalyticsConversationDetails", id);
		await run.call(admin, "AnalyticsApi.getAnalyticsConversationsDetails", { id: [id] });
	});
	await run.part("details by jobs", async () => {
		await run.call(admin, "AnalyticsApi.getAnalyticsConversationsDetailsJobsAvailability");
		const { jobId } = await run.call<{ jobId: string }>(admin, "AnalyticsApi.postAnalyticsConversationsDetailsJobs", {
			interval,
		});
		await run.call(admin, "AnalyticsApi.getAnalyticsConversationsDetailsJob", jobId);
		await run.call(admin, "AnalyticsApi.getAnalyticsConversationsDetailsJobResults", jobId, { pageSize: 10 });
		await run.call(admin, "AnalyticsApi.deleteAnalyticsConversationsDetailsJob", jobId);
	});
	await run.part("aggregates", () =>
		run.call(admin, "AnalyticsApi.postAnalyticsConversationsAggregatesQuery", {
			interval,
			granularity: "PT30M",
			groupBy: ["userId"],
			metrics: ["tHandle", "nConnected"],
		}),
	);
}
