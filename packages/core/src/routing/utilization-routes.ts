import { type Static, Type } from "typebox";
import { notSupported } from "../kernel/http/api-error.ts";
import { Answer, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import { mediaTypes } from "./queue-model.ts";
import type { RoutingUsers } from "./routes.ts";
import type { UtilizationInput, UtilizationService } from "./utilization.ts";
import { largestCapacity, type Utilization } from "./utilization-model.ts";

const manage = "routing:utilization:manage";
const reading = [manage, "routing:utilization:view"];

const Medium = Type.Object({
	maximumCapacity: Type.Optional(Type.Integer({ minimum: 0, maximum: largestCapacity })),
	interruptableMediaTypes: Type.Optional(Type.Array(Type.Enum([...mediaTypes]), { maxItems: mediaTypes.length })),
	includeNonAcd: Type.Optional(Type.Boolean()),
});

/** `UtilizationRequest`. No interaction carries a label yet: none is taken and dropped, what is sent back empty does no harm. */
const body = Type.Object({
	labelUtilizations: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
	utilization: Type.Object(Object.fromEntries(mediaTypes.map((type) => [type, Type.Optional(Medium)]))),
});

/** How much people take at a time: the organization's rule, and people's own (platform-api 5.2). */
export function utilizationRoutes(utilization: UtilizationService, users: RoutingUsers): Route[] {
	const path = "/api/v2/routing/utilization";
	const ownPath = "/api/v2/routing/users/:userId/utilization";
	const view = (rule: Utilization) => ({ utilization: rule, labelUtilizations: {} });
	const input = ({ utilization: sent, labelUtilizations = {} }: Static<typeof body>) => {
		const labels = Object.keys(labelUtilizations).map((label) => `labelUtilizations.${label.slice(0, 100)}`);
		if (labels.length > 0) throw notSupported(labels);
		return sent as UtilizationInput;
	};

	/** The SDK's models have no version: it is the ETag alone. */
	const answer = (shown: object, version: number) => new Answer(200, shown, { etag: etagOf(version) });

	async function ownView(userId: string) {
		const [version, { rule, isOwn }] = await Promise.all([utilization.version(userId), utilization.of(userId)]);
		return answer({ ...view(rule), level: isOwn ? "Agent" : "Organization" }, version);
	}

	function inReach(user: { id: string; divisionId: string }, permissions: readonly string[], principal: Principal) {
		requireInDivision(principal, permissions, user.divisionId);
		return user.id;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getRoutingUtilization",
			summary: "How many interactions of each medium people take at a time.",
			permission: anyOf(...reading),
			scope: readScope("routing"),
			success: { status: 200, model: "UtilizationResponse" },
			async handler() {
				const version = await utilization.version();
				return answer(view((await utilization.all()).organization), version);
			},
		}),
		route({
			method: "PUT",
			path,
			operationId: "putRoutingUtilization",
			summary: "Changes it for all who have no rule of their own; a medium that is left away is as by default.",
			permission: everywhere(anyOf(manage)),
			scope: writeScope("routing"),
			body,
			honoursIfMatch: true,
			success: { status: 200, model: "UtilizationResponse" },
			errors: ["version.conflict"],
			async handler({ body: sent, principal, headers }) {
				const set = await utilization.set(undefined, input(sent), actorOf(principal), seenVersion(headers));
				return answer(view(set.rule), set.version);
			},
		}),
		route({
			method: "DELETE",
			path,
			operationId: "deleteRoutingUtilization",
			summary: "Goes back to what holds by default.",
			permission: everywhere(anyOf(manage)),
			scope: writeScope("routing"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			async handler({ principal, headers }) {
				await utilization.set(undefined, undefined, actorOf(principal), seenVersion(headers));
			},
		}),
		route({
			method: "GET",
			path: ownPath,
			operationId: "getRoutingUserUtilization",
			summary: "What holds for a user, and whether by a rule of their own.",
			permission: anyOf(...reading),
			scope: readScope("routing"),
			params: idParams("userId"),
			success: { status: 200, model: "AgentMaxUtilizationResponse" },
			handler: async ({ params, principal }) => ownView(inReach(await users.get(params.userId), reading, principal)),
		}),
		route({
			method: "PUT",
			path: ownPath,
			operationId: "putRoutingUserUtilization",
			summary: "Gives a user a rule of their own; a medium that is left away is as for everybody.",
			permission: anyOf(manage),
			scope: writeScope("routing"),
			params: idParams("userId"),
			body,
			readOnly: ["level"],
			honoursIfMatch: true,
			success: { status: 200, model: "AgentMaxUtilizationResponse" },
			errors: ["version.conflict"],
			async handler({ params, body: sent, principal, headers }) {
				const userId = inReach(await users.living(params.userId), [manage], principal);
				await utilization.set(userId, input(sent), actorOf(principal), seenVersion(headers));
				return ownView(userId);
			},
		}),
		route({
			method: "DELETE",
			path: ownPath,
			operationId: "deleteRoutingUserUtilization",
			summary: "For the user holds what holds for everybody.",
			permission: anyOf(manage),
			scope: writeScope("routing"),
			params: idParams("userId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			async handler({ params, principal, headers }) {
				const userId = inReach(await users.living(params.userId), [manage], principal);
				await utilization.set(userId, undefined, actorOf(principal), seenVersion(headers));
			},
		}),
	];
}
