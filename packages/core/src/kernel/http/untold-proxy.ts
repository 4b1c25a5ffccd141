import type { FastifyInstance } from "fastify";
import type { OperatorLog } from "../operator-log.ts";

/**
 * Tells operators once that a reverse proxy stands in front that Inlay was not told of: all callers then count as one, and
 * share its limits. Whoever sends the header by hand can cause no more than this one line.
 */
export function tellUntoldProxy(app: FastifyInstance, operators: Pick<OperatorLog, "warn"> | undefined): void {
	let isTold = false;
	app.addHook("onRequest", (request, _reply, done) => {
		const { headers, socket, ip } = request;
		// A proxy that is believed has given its caller's address.
		const isUntold = headers["x-forwarded-for"] !== undefined && ip === socket.remoteAddress;
		if (isUntold && !isTold) {
			isTold = true;
			operators?.warn(
				{ event: "proxy.untold", address: ip },
				"requests come through a proxy that --trust-proxy does not name: all its callers share one address and its limits",
			);
		}
		done();
	});
}
