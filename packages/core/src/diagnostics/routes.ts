import { Type } from "typebox";
import { Answer, anyScope, noPermission, publicRoute, type Route, route } from "../kernel/http/route.ts";
import type { Logger } from "../kernel/log.ts";
import type { OperatorLog } from "../kernel/operator-log.ts";
import type { Authenticator } from "../kernel/principal.ts";
import { clientLogRoute } from "./client-log.ts";

/** Larger reports are cut by the SDKs themselves. */
const maxReportBytes = 256 * 1024;

const Report = Type.Record(Type.String(), Type.Unknown());

/**
 * What clients tell of themselves: the WebRTC SDK's traces and call statistics (platform-api 6.2, "optional"). They go to this server's log at level debug, and nowhere else.
 */
export function diagnosticsRoutes(log: Logger, operators: OperatorLog, authenticator: Authenticator): Route[] {
	const report = (path: string, operationId: string, summary: string) =>
		route({
			method: "POST",
			path,
			operationId,
			summary,
			permission: noPermission,
			scope: anyScope,
			body: Report,
			bodyLimit: maxReportBytes,
			success: { status: 200 },
			handler: ({ body, principal }) => {
				log.debug({ userId: principal.userId, clientId: principal.clientId, report: body }, `client ${operationId}`);
				return {};
			},
		});
	return [
		report("/api/v2/diagnostics/trace", "postDiagnosticsTrace", "Report a client's traces."),
		report("/api/v2/diagnostics/newrelic/insights", "postDiagnosticsInsights", "Report a client's call statistics."),
		scriptReportRoute(operators, authenticator),
		clientLogRoute(operators),
	];
}

const ScriptReport = Type.Object({
	deployment: Type.Optional(Type.String({ maxLength: 200 })),
	code: Type.String({ pattern: "^(framework|panel)\\.[a-z.]{1,60}$" }),
	text: Type.String({ maxLength: 2000 }),
});

/**
 * What a panel tells its agent about a framework.js that failed (`framework.…`), or found in its own way (`panel.…`), told
 * to the operator as well. Both happen before anybody has signed in, so a token is welcome and not asked for.
 */
function scriptReportRoute(operators: OperatorLog, authenticator: Authenticator): Route {
	return route({
		method: "POST",
		path: "/api/inlay/v1/diagnostics/scripts",
		operationId: "postInlayDiagnosticsScripts",
		summary: "Report what a panel has found: a framework.js that fails, or what stands in its own way.",
		permission: noPermission,
		scope: publicRoute,
		body: ScriptReport,
		bodyLimit: 16 * 1024,
		success: { status: 204 },
		handler: async ({ body, headers }) => {
			const token = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
			const principal = token ? await authenticator.authenticate(token, { preserveIdle: true }) : undefined;
			const { deployment, code, text } = body;
			const line = { code, detail: text, deploymentId: deployment, userId: principal?.userId };
			if (code.startsWith("panel."))
				operators.warn({ event: "panel.finding", ...line }, "a panel cannot work as it should");
			else operators.warn({ event: "script.failed", ...line }, "a framework.js has failed in a panel");
			return new Answer(204);
		},
	});
}
