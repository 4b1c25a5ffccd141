import { Type } from "typebox";
import type { AnalysedConversation } from "../../conversations/analysis/model.ts";
import { badField } from "../../kernel/http/api-error.ts";
import { Answer, anyOf, type Route, readScope, route } from "../../kernel/http/route.ts";
import { CommaList, idParams, readList } from "../../kernel/http/schemas.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { ConversationDetails } from "./details.ts";
import type { DetailJobs } from "./jobs.ts";
import { detailJobBody, detailQueryBody } from "./query.ts";
import { detailPermissions } from "./reach.ts";

const path = "/api/v2/analytics/conversations";
const permission = anyOf(...detailPermissions);
const scope = readScope("analytics");
const mostIds = 100;

/** Details of conversations (platform-api 5.15). What is in no division of the caller's is left out. */
export function detailRoutes(details: ConversationDetails, jobs: DetailJobs, clock: Pick<Clock, "now">): Route[] {
	return [
		route({
			method: "POST",
			path: `${path}/details/query`,
			operationId: "postAnalyticsConversationsDetailsQuery",
			summary: "Conversations of an interval of at most 31 days by filters, a page at a time, with how many there are.",
			permission,
			scope,
			body: detailQueryBody,
			success: { status: 200, model: "AnalyticsConversationQueryResponse" },
			async handler({ body, principal }) {
				const { conversations, total } = await details.page(body, principal);
				// As on the platform, nothing is said of nothing.
				return total === 0 ? {} : { conversations: conversations.map(withoutAttributes), totalHits: total };
			},
		}),
		route({
			method: "GET",
			path: `${path}/details`,
			operationId: "getAnalyticsConversationsDetails",
			summary: "Details of several conversations by their ids; those that there are not are left out.",
			permission,
			scope,
			query: Type.Object({ id: CommaList }),
			success: { status: 200, model: "AnalyticsConversationWithoutAttributesMultiGetResponse" },
			async handler({ query, principal }) {
				const ids = readList(query.id);
				if (ids.length > mostIds) throw badField("id", `At most ${mostIds} ids at once.`);
				return { conversations: (await details.all(ids, principal)).map(withoutAttributes) };
			},
		}),
		route({
			method: "GET",
			path: `${path}/:conversationId/details`,
			operationId: "getAnalyticsConversationDetails",
			summary: "Details of one conversation.",
			permission,
			scope,
			params: idParams("conversationId"),
			success: { status: 200, model: "AnalyticsConversationWithoutAttributes" },
			handler: async ({ params, principal }) => withoutAttributes(await details.get(params.conversationId, principal)),
		}),
		...jobRoutes(jobs, clock),
	];
}

function jobRoutes(jobs: DetailJobs, clock: Pick<Clock, "now">): Route[] {
	const one = { permission, scope, params: idParams("jobId") };
	return [
		route({
			method: "POST",
			path: `${path}/details/jobs`,
			operationId: "postAnalyticsConversationsDetailsJobs",
			summary: "Makes a job of a long query, of at most 400 days. It is the caller's own and lasts a day.",
			permission,
			scope,
			body: detailJobBody,
			success: { status: 202, model: "AsyncQueryResponse" },
			handler: async ({ body, principal }) => new Answer(202, { jobId: await jobs.create(body, principal) }),
		}),
		route({
			method: "GET",
			path: `${path}/details/jobs/availability`,
			operationId: "getAnalyticsConversationsDetailsJobsAvailability",
			summary: "Up to when jobs know of conversations: now.",
			permission,
			scope,
			success: { status: 200, model: "DataAvailabilityResponse" },
			handler: () => ({ dataAvailabilityDate: clock.now().toISOString() }),
		}),
		route({
			...one,
			method: "GET",
			path: `${path}/details/jobs/:jobId`,
			operationId: "getAnalyticsConversationsDetailsJob",
			summary: "Whether a job's results can be read: at once.",
			success: { status: 200, model: "AsyncQueryStatus" },
			async handler({ params, principal }) {
				const { submittedAt, expiresAt } = await jobs.get(params.jobId, principal);
				const submissionDate = submittedAt.toISOString();
				return {
					state: "FULFILLED",
					submissionDate,
					completionDate: submissionDate,
					expirationDate: expiresAt.toISOString(),
				};
			},
		}),
		route({
			...one,
			method: "GET",
			path: `${path}/details/jobs/:jobId/results`,
			operationId: "getAnalyticsConversationsDetailsJobResults",
			summary:
				"Results of a job in the order in which the conversations began: at most 1,000 at once, and a cursor to go on.",
			query: Type.Object({
				cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
				pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
			}),
			success: { status: 200, model: "AnalyticsConversationAsyncQueryResponse" },
			async handler({ params, query, principal }) {
				const { submittedAt, ...found } = await jobs.results(params.jobId, query, principal);
				return { ...found, dataAvailabilityDate: submittedAt.toISOString() };
			},
		}),
		route({
			...one,
			method: "DELETE",
			path: `${path}/details/jobs/:jobId`,
			operationId: "deleteAnalyticsConversationsDetailsJob",
			summary: "Forgets a job.",
			success: { status: 204 },
			async handler({ params, principal }) {
				await jobs.remove(params.jobId, principal);
				return new Answer(204);
			},
		}),
	];
}

/** Attributes are told by a job's results alone, as on the platform. */
function withoutAttributes({ participants, ...conversation }: AnalysedConversation) {
	return { ...conversation, participants: participants.map(({ attributes: _attributes, ...shown }) => shown) };
}
