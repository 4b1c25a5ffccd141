import type { Static } from "typebox";
import { Answer, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { UtilizationLabels } from "./labels.ts";
import type { RoutingUsers } from "./routes.ts";
import type { UtilizationService } from "./utilization.ts";
import type { UtilizationRule } from "./utilization-model.ts";
import type { UtilizationInput } from "./utilization-rules.ts";
import { manageUtilization, readUtilization, utilizationBody } from "./utilization-schemas.ts";

const manage = manageUtilization;
const reading = readUtilization;
const body = utilizationBody;

/** How much people take at a time: the organization's rule, and people's own (platform-api 5.2). */
export function utilizationRoutes(
	utilization: UtilizationService,
	labels: Pick<UtilizationLabels, "namesOf">,
	users: RoutingUsers,
): Route[] {
	const path = "/api/v2/routing/utilization";
	const ownPath = "/api/v2/routing/users/:userId/utilization";
	async function view({ media, labels: said }: UtilizationRule) {
		const names = await labels.namesOf(Object.keys(said));
		const labelUtilizations = Object.fromEntries(
			Object.entries(said).map(([id, one]) => [id, { ...one, labelName: names.get(id) ?? id }]),
		);
		return { utilization: media, labelUtilizations };
	}
	const input = ({ utilization: media, labelUtilizations = {} }: Static<typeof body>): UtilizationInput => ({
		media,
		labels: labelUtilizations,
	});

	/** The SDK's models have no version: it is the ETag alone. */
	const answer = (shown: object, version: number) => new Answer(200, shown, { etag: etagOf(version) });

	async function ownView(userId: string) {
		const [version, { rule, isOwn }] = await Promise.all([utilization.version(userId), utilization.of(userId)]);
		return answer({ ...(await view(rule)), level: isOwn ? "Agent" : "Organization" }, version);
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
				return answer(await view((await utilization.all()).organization), version);
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
				return answer(await view(set.rule), set.version);
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
