import { Type } from "typebox";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../../../kernel/http/route.ts";
import { SeenVersion, seenVersion, versioned } from "../../../kernel/http/versions.ts";
import { actorOf } from "../../../kernel/principal.ts";
import { callRuleRanges } from "./model.ts";
import type { CallRulesService } from "./rules.ts";

const path = "/api/inlay/v1/calls/rules";
const permission = anyOf("directory:organization:admin");

function within([minimum, maximum]: readonly [number, number]) {
	return Type.Optional(Type.Integer({ minimum, maximum }));
}

const Body = Type.Object({
	consultRingSeconds: within(callRuleRanges.consultRingSeconds),
	unattendedRingSeconds: within(callRuleRanges.unattendedRingSeconds),
	maxParties: within(callRuleRanges.maxParties),
	bridgesAllowed: Type.Optional(Type.Boolean()),
	recordConsult: Type.Optional(Type.Boolean()),
	version: SeenVersion,
});

/** What holds for every call of the organization (agent-features 2, "Settings"). */
export function callRuleRoutes(rules: CallRulesService): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayCallsRules",
			summary: "What holds for every call: how long consults ring, how many may be in a call.",
			permission,
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => versioned(await rules.read()),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayCallsRules",
			summary: "Changes what holds for every call; what is absent stays as it is.",
			permission: everywhere(permission),
			scope: writeScope("organization"),
			body: Body,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				versioned(await rules.change(changes, seenVersion(headers, version), actorOf(principal))),
		}),
	];
}
