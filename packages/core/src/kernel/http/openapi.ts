import { type JsonSchema, platformComponents, platformModels } from "@inlay/contract";
import type { TSchema } from "typebox";
import { openApiSchema } from "./openapi-schema.ts";
import type { AskedPermissions, Route } from "./route.ts";

/** Codes that every operation may answer with (platform-api 4.3), so that they need not be listed at each. */
const commonErrors: Record<string, string> = {
	"400": "bad.request, constraint.validation, invalid.query.param.value, not.supported",
	"401": "authentication.required, bad.credentials",
	"403": "app.not.authorized.for.scope, missing.permissions, missing.any.permissions, missing.division.permission",
	"404": "not.found",
	"415": "unsupported.media.type",
	"429": "too.many.requests",
};

const prefix = "#/components/schemas/";

/** The OpenAPI 3.0 document of what this server serves, made from the routes themselves. */
export function openApi(routes: readonly Route[], publicUrl: string): Record<string, unknown> {
	return {
		openapi: "3.0.3",
		info: {
			title: "Inlay",
			version: "v2",
			description:
				"A contact center inside any CRM. Operations carry the platform's names, so its SDKs work unchanged.",
			license: { name: "MIT" },
		},
		servers: [{ url: publicUrl }],
		paths: pathsOf(routes.filter((route) => !route.hidden)),
		components: {
			schemas: modelSchemas(),
			securitySchemes: { token: { type: "http", scheme: "bearer", description: "An OAuth access token." } },
		},
	};
}

function modelSchemas(): Record<string, unknown> {
	const models = Object.entries(platformComponents(prefix));
	return Object.fromEntries(models.map(([name, schema]) => [name, openApiSchema(schema)]));
}

function pathsOf(routes: readonly Route[]): Record<string, Record<string, unknown>> {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const route of routes) {
		const path = route.path.replace(/:(\w+)/g, "{$1}");
		paths[path] ??= {};
		paths[path][route.method.toLowerCase()] = operation(route);
	}
	return paths;
}

function operation(route: Route) {
	return {
		operationId: route.operationId,
		summary: route.summary,
		description: requirements(route),
		tags: [tagOf(route.path)],
		parameters: [...parameters(route.params, "path"), ...parameters(route.query, "query"), ...idempotencyKey(route)],
		...(route.body
			? { requestBody: { required: true, content: { "application/json": { schema: openApiSchema(route.body) } } } }
			: {}),
		responses: responses(route),
		...("public" in route.scope ? {} : { security: [{ token: [] }] }),
		// Ours: whether a grant in one division is not enough.
		"x-inlay-requires-every-division": (route.permission.mode !== "none" && route.permission.everywhere) || undefined,
		"x-inlay-requires-for-others": route.forOthers && permissionsOf(route.forOthers),
		"x-inin-requires-permissions": route.permission.mode === "none" ? undefined : permissionsOf(route.permission),
	};
}

/** The first segment behind the API's base: `users`, `conversations`. */
function tagOf(path: string): string {
	return /^\/api\/(?:inlay\/)?v\d\/([\w-]+)/.exec(path)?.[1] ?? path.split("/")[1] ?? "inlay";
}

function permissionsOf(rule: AskedPermissions) {
	return { type: rule.mode.toUpperCase(), permissions: rule.permissions };
}

function named({ mode, permissions }: AskedPermissions): string {
	return permissions.join(mode === "all" ? " and " : " or ");
}

function requirements({ permission, forOthers, scope }: Route): string {
	if ("public" in scope) return "Needs no token.";
	const scopes = scope.anyOf.length === 0 ? "any token" : `a token with the scope ${scope.anyOf.join(" or ")}`;
	const others = forOthers ? ` For what is somebody else's: the permission ${named(forOthers)}.` : "";
	if (permission.mode === "none") return `Needs ${scopes}.${others}`;
	const where = permission.everywhere ? " in every division" : "";
	const own = permission.own ? ` (none for ${permission.own.what})` : "";
	return `Needs ${scopes}, and the permission ${named(permission)}${where}${own}.${others}`;
}

function parameters(schema: TSchema | undefined, place: "path" | "query") {
	const object = schema as unknown as JsonSchema | undefined;
	return Object.entries(object?.properties ?? {}).map(([name, property]) => ({
		name,
		in: place,
		required: place === "path" || (object?.required ?? []).includes(name),
		schema: openApiSchema(property),
	}));
}

function idempotencyKey({ method, scope }: Route) {
	if ("public" in scope || (method !== "POST" && method !== "PATCH")) return [];
	const description =
		"The same key again within 24 hours does nothing more and gets the first answer. Good for sending a request again after its answer was lost.";
	return [
		{ name: "Idempotency-Key", in: "header", required: false, description, schema: { type: "string", maxLength: 255 } },
	];
}

function responses(route: Route) {
	const { status, model, description } = route.success;
	const success = { description: description ?? "Done.", ...(model ? { content: content(model) } : {}) };
	const own = (route.errors ?? []).join(", ");
	const errors = Object.entries(commonErrors).map(([code, text]) => [
		code,
		{ description: code === "400" && own ? `${text}, ${own}` : text, content: content("ErrorBody") },
	]);
	return { [String(status)]: success, ...Object.fromEntries(errors) };
}

/** A model's schema by reference; types that are no model (`string`, `object`) stay open. */
function content(model: string) {
	const item = /^Array<(.+)>$/.exec(model)?.[1];
	const one = (name: string) => (Object.hasOwn(platformModels, name) ? { $ref: `${prefix}${name}` } : {});
	return { "application/json": { schema: item ? { type: "array", items: one(item) } : one(model) } };
}
