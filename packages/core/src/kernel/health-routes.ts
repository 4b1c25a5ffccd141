import { Answer, noPermission, publicRoute, type Route, route } from "./route.ts";

/** `/healthz`: the process is alive. `/readyz`: it can serve, the database included. */
export function healthRoutes(pingDatabase: () => Promise<void>): Route[] {
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
			handler: async () => {
				try {
					await pingDatabase();
					return { status: "ready" };
				} catch {
					return new Answer(503, { status: "not ready", reason: "the database does not answer" });
				}
			},
		}),
	];
}
