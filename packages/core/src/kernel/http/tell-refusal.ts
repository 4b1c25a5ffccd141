import type { FastifyRequest } from "fastify";
import type { OperatorLog } from "../operator-log.ts";
import { actingId } from "../principal.ts";
import { ApiError } from "./api-error.ts";
import { strangerAt } from "./caller-key.ts";

/** Different refusals of one user or client within a minute: a page without rights asks for many things at once. */
const mostOfOne = 50;

/**
 * Requests that nobody may make, told to operators: what a user or client lacks the right for, what asks too much, and
 * tokens that are none. A request without any token is somebody who has not signed in yet, and is not told.
 */
export function tellRefusal(
	error: unknown,
	request: FastifyRequest,
	operators: Pick<OperatorLog, "warn"> | undefined,
): void {
	if (!operators || !(error instanceof ApiError) || !isTold(error)) return;
	const { principal, ip, routeOptions } = request;
	const { operationId } = routeOptions.config;
	const { userId, clientId } = principal ?? {};
	// By whom, where that is known; a token that is none says only from where.
	const who = principal ? { operationId, userId, clientId } : { address: ip };
	const sender = principal ? { key: actingId(principal), most: mostOfOne } : strangerAt(ip);
	operators.warn({ event: "access.refused", code: error.code, ...who }, "a request was refused", sender);
}

function isTold({ status, code }: ApiError): boolean {
	return status === 403 || status === 429 || code === "bad.credentials" || code === "ip.not.authorized";
}
