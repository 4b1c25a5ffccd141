import { Type } from "typebox";
import type { Logger } from "../kernel/log.ts";
import { anyScope, noPermission, type Route, route } from "../kernel/route.ts";

/** Larger reports are cut by the SDKs themselves. */
const maxReportBytes = 256 * 1024;

const Report = Type.Record(Type.String(), Type.Unknown());

/**
 * What clients tell of themselves: the WebRTC SDK's traces and call statistics (platform-api 6.2, "optional"), and a
 * panel whose script asks for `enableServerSideLogging`. They go to this server's log at level debug, and nowhere else.
 */
export function diagnosticsRoutes(log: Logger): Route[] {
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
	];
}
