import type { Readiness } from "./readiness.ts";
import { Answer, noPermission, publicRoute, type Route, route } from "./route.ts";

/** `/healthz`: the process is alive. `/readyz`: it can serve, the database included. Both answer at once, whatever hangs. */
export function healthRoutes(readiness: Readiness): Route[] {
	const open = { method: "GET", permission: noPermission, scope: publicRoute, hidden: true } as const;
	return [
		route({
			...open,
			path: "/healthz",
			operationId: "getHealth",
			summary: "Alive.",
			success: { status: 200 },
			handler: () => ({ status: "alive" }),
		}),
		route({
			...open,
			path: "/readyz",
			operationId: "getReadiness",
			summary: "Ready: migrations are done and the database answers.",
			success: { status: 200 },
			handler: () => {
				const reasons = readiness.reasons();
				if (reasons.length === 0) return { status: "ready" };
				return new Answer(503, { status: "not ready", reason: reasons.join("; ") }, { "retry-after": "2" });
			},
		}),
	];
}
