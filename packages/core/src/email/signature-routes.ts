import { Type } from "typebox";
import { noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { requireUser } from "../kernel/principal.ts";
import { mostSignature } from "./model.ts";
import type { Signatures } from "./signatures.ts";

/** What one stands under one's own mails with, as far as their addresses let one. */
export function signatureRoutes(signatures: Signatures): Route[] {
	const path = "/api/inlay/v1/email/signature/me";
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayEmailSignatureMe",
			summary:
				"What stands under one's own emails, where their address lets agents have that; empty: nothing of one's own.",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200 },
			handler: async ({ principal }) => ({ signature: await signatures.own(requireUser(principal)) }),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayEmailSignatureMe",
			summary:
				"Has other words stand under one's own emails, with {{agentName}} and the other names of canned responses.",
			permission: noPermission,
			scope: writeScope("conversations"),
			body: Type.Object({ signature: Type.String({ maxLength: mostSignature }) }),
			success: { status: 200 },
			async handler({ principal, body: { signature } }) {
				const userId = requireUser(principal);
				await signatures.keepOwn(userId, signature);
				return { signature: await signatures.own(userId) };
			},
		}),
	];
}
