import { Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { divisionsWith, requireInDivision } from "../kernel/principal.ts";
import { readInstant } from "../kernel/time/times.ts";
import type { Assignment } from "./assignment.ts";
import type { Decisions } from "./decisions.ts";
import type { Queues } from "./queues.ts";
import type { RoutingUsers } from "./routes.ts";

const viewing = "routing:queue:view";

export interface DecisionRouteDeps {
	decisions: Decisions;
	assignment: Pick<Assignment, "explain">;
	queues: Pick<Queues, "all">;
	users: Pick<RoutingUsers, "find" | "get">;
}

/** Who was rung for an interaction and why, and why nobody is; ours, beside the platform's contract. */
export function decisionRoutes({ decisions, assignment, queues, users }: DecisionRouteDeps): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/routing/conversations/:conversationId/decisions",
			operationId: "getInlayRoutingConversationDecisions",
			summary:
				"Who was rung for a conversation in the last seven days, who was not and why; and why nobody is, while it waits.",
			permission: anyOf(viewing),
			scope: readScope("routing"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const [found, waiting] = await Promise.all([
					decisions.of(params.conversationId),
					assignment.explain(params.conversationId),
				]);
				const queueIds = [...found.map((one) => one.queueId), ...(waiting ? [waiting.queueId] : [])];
				const known = await queues.all(queueIds);
				const first = [...known.values()][0];
				if (!first) throw notFound("conversation", params.conversationId);
				for (const queue of known.values()) requireInDivision(principal, [viewing], queue.divisionId);
				const userIds = [
					...found.flatMap((one) => [one.userId, ...one.passed.map((each) => each.userId)]),
					...(waiting?.members ?? []).map((one) => one.userId),
				];
				const people = new Map((await users.find([...new Set(userIds)])).map((one) => [one.id, one.name]));
				const person = (id: string) => ({ id, name: people.get(id) ?? id });
				const queue = (id: string) => ({ id, name: known.get(id)?.name ?? id });
				const passed = ({ userId, reason }: { userId: string; reason: string }) => ({ user: person(userId), reason });
				return {
					decisions: found.map((one) => ({
						at: one.at.toISOString(),
						queue: queue(one.queueId),
						user: person(one.userId),
						ring: one.ring,
						considered: one.considered,
						passed: one.passed.map(passed),
					})),
					...(waiting
						? {
								waiting: {
									queue: queue(waiting.queueId),
									since: new Date(waiting.since).toISOString(),
									members: waiting.members.map(passed),
								},
							}
						: {}),
				};
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/routing/users/:userId/decisions",
			operationId: "getInlayRoutingUserDecisions",
			summary:
				"Which interactions rang a user in the 24 hours before a moment, and which did not though they might have.",
			permission: anyOf(viewing),
			scope: readScope("routing"),
			params: idParams("userId"),
			query: Type.Object({ before: Type.Optional(Type.String({ maxLength: 40 })) }),
			success: { status: 200 },
			async handler({ params: { userId }, query: { before }, principal }) {
				requireInDivision(principal, [viewing], (await users.get(userId)).divisionId);
				const to = before === undefined ? undefined : readInstant("before", before);
				const visible = divisionsWith(principal, [viewing]);
				const found = await decisions.ofUser(userId, to);
				const known = await queues.all([...new Set(found.map((one) => one.queueId))]);
				return {
					entities: found.flatMap(({ conversationId, queueId, at, userId: rung, passed }) => {
						const queue = known.get(queueId);
						// What other divisions' queues decide is theirs.
						if (!queue || !(visible === "all" || visible.has(queue.divisionId))) return [];
						const reason = passed.find((one) => one.userId === userId)?.reason;
						const shown = { conversation: { id: conversationId }, queue: { id: queueId, name: queue.name } };
						return [{ ...shown, at: at.toISOString(), rung: rung === userId, ...(reason ? { reason } : {}) }];
					}),
				};
			},
		}),
	];
}
