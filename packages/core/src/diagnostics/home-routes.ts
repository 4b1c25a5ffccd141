import { homePermissions, type OpenPanels } from "@inlay/contract/home";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import type { FirstSteps } from "./first-steps.ts";

/** Our own operations for the console's first page: who is at work in which panel, and what a new organization does next. */
export function homeRoutes(panelsNow: () => Promise<OpenPanels>, steps: FirstSteps): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/panels",
			operationId: "getInlayPanels",
			summary:
				"How many agents are signed in now, by deployment and by the version of framework.js that their panel runs.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			success: {
				status: 200,
				description: "{agents, entities: [{deploymentId, current, agents, versions: [{version, agents}]}]}",
			},
			handler: panelsNow,
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/diagnostics/steps",
			operationId: "getInlayDiagnosticsSteps",
			summary: "Which of an organization's first steps are done; those that the caller may not see are left out.",
			permission: anyOf(...homePermissions.steps),
			scope: readScope("integrations"),
			success: { status: 200 },
			handler: ({ principal }) => steps.of(principal),
		}),
	];
}
