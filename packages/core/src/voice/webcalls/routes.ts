import { Type } from "typebox";
import { noPermission, publicRoute, type Route, route } from "../../kernel/route.ts";
import type { WebCalls } from "./web-calls.ts";

const Text = Type.String({ minLength: 1, maxLength: 200 });

const WebCallRequest = Type.Object({
	to: Text,
	name: Type.Optional(Text),
	phone: Type.Optional(Text),
	attributes: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 2000 }))),
});

/** The organization's own pages place calls here; nobody signs in, the page's origin is what counts. */
export function webCallRoutes(webCalls: WebCalls): Route[] {
	return [
		route({
			method: "POST",
			path: "/api/inlay/v1/webcalls",
			operationId: "postInlayWebcalls",
			summary: "Place a call from a page of the organization.",
			permission: noPermission,
			scope: publicRoute,
			body: WebCallRequest,
			bodyLimit: 32 * 1024,
			success: { status: 201, description: "The call and the secret that opens its socket at socketPath." },
			errors: ["origin.not.allowed", "not.found"],
			handler: async ({ body, headers }) => {
				const origin = Array.isArray(headers.origin) ? headers.origin[0] : headers.origin;
				const call = await webCalls.start(body, origin);
				return { ...call, socketPath: `/inlay/webcalls/${call.id}` };
			},
		}),
	];
}
