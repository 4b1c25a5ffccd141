import { Type } from "typebox";
import { ApiError } from "../kernel/http/api-error.ts";
import { strangerAt } from "../kernel/http/caller-key.ts";
import { bearerToken } from "../kernel/http/guard.ts";
import { Answer, anyScope, noPermission, publicRoute, type Route, route } from "../kernel/http/route.ts";
import type { Logger } from "../kernel/log.ts";
import type { OperatorLog } from "../kernel/operator-log.ts";
import { type Authenticator, actingId, type Principal } from "../kernel/principal.ts";
import { clientLogRoute } from "./client-log.ts";

/** Larger reports are cut by the SDKs themselves. */
const maxReportBytes = 256 * 1024;

const Report = Type.Record(Type.String(), Type.Unknown());

export interface DiagnosticsParts {
	log: Logger;
	operators: OperatorLog;
	authenticator: Authenticator;
	/** Origin of the panels. */
	panelUrl: string;
	/** Whether somebody who is signed in may use this deployment's panel; false where there is none. */
	mayUse(deploymentId: string, principal: Principal): Promise<boolean>;
}

/**
 * What clients tell of themselves: the WebRTC SDK's traces and call statistics (platform-api 6.2, "optional"), which go to
 * this server's log at level debug and nowhere else; and what panels and their scripts tell operators.
 */
export function diagnosticsRoutes(parts: DiagnosticsParts): Route[] {
	const { log } = parts;
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
		scriptReportRoute(parts),
		clientLogRoute(parts.operators),
	];
}

const ScriptReport = Type.Object({
	deployment: Type.Optional(Type.String({ maxLength: 200 })),
	code: Type.String({ pattern: "^(framework|panel)\\.[a-z.]{1,60}$" }),
	text: Type.String({ maxLength: 2000 }),
	scriptVersion: Type.Optional(
		Type.Integer({ minimum: 1, description: "The upload of framework.js that runs there." }),
	),
});

/** Many do so and work, as whatever measures or proxies: it is no failure, and explains those of the script's own requests. */
const fetchReplaced = "framework.fetch.replaced";
const fetchReplacedText =
	"a framework.js has put a fetch of its own in the place of the browser's: its own requests go through it, the panel's do not";

/**
 * What a panel tells its agent about a framework.js that failed (`framework.…`), or found in its own way (`panel.…`), told
 * to the operator as well. Both happen before anybody has signed in, so a token is welcome and not asked for: without one,
 * only the panel's own pages report, and as anybody can say to be such a page, the line says `unverified`. So it does of
 * a deployment that the sender may not use. A sender has ten different lines a minute, and strangers have a room of their
 * own; how many more there were is told (`operator-log.full`).
 */
function scriptReportRoute({ operators, authenticator, panelUrl, mayUse }: DiagnosticsParts): Route {
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
		errors: ["origin.not.allowed"],
		handler: async ({ body, headers, ip }) => {
			const token = bearerToken(headers);
			const principal = token ? await authenticator.authenticate(token, { preserveIdle: true }) : undefined;
			if (!principal && headers.origin !== panelUrl) throw foreignPage(headers.origin);
			const { deployment, code, text, scriptVersion } = body;
			const isKnown = principal !== undefined && (deployment === undefined || (await mayUse(deployment, principal)));
			const of = scriptVersion === undefined ? {} : { scriptVersion };
			const about = { code, detail: text, deploymentId: deployment, ...of, userId: principal?.userId };
			const line = { ...about, ...(isKnown ? {} : { unverified: true }) };
			const sender = isKnown ? { key: actingId(principal) } : strangerAt(ip);
			if (code.startsWith("panel."))
				operators.warn({ event: "panel.finding", ...line }, "a panel cannot work as it should", sender);
			else if (code === fetchReplaced) operators.info({ event: "script.noted", ...line }, fetchReplacedText, sender);
			else operators.warn({ event: "script.failed", ...line }, "a framework.js has failed in a panel", sender);
			return new Answer(204);
		},
	});
}

function foreignPage(origin: unknown): ApiError {
	const text = "Only the panel's own pages report without a token, and this came from {origin}.";
	return new ApiError(403, "origin.not.allowed", text, {
		params: { origin: String(origin ?? "no page").slice(0, 200) },
	});
}
