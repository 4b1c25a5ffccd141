import { type Static, Type } from "typebox";
import { extendedAddress } from "../conversations/call/model.ts";
import { requirePermissions } from "../kernel/http/guard.ts";
import {
	type AskedPermissions,
	anyOf,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import type { CallForwardings } from "./forwarding.ts";
import { type CallForwarding, mostSteps, mostTargets } from "./model.ts";

const view = "conversation:callForwarding:view";
const edit = "conversation:callForwarding:edit";
/** Others' forwarding tells where they are reached in private. */
const editOther = "conversation:callForwarding:editOther";

interface ShownUser {
	id: string;
	name: string;
	version: number;
}

export interface ForwardingRouteUsers {
	/** @throws ApiError 404 `not.found` */
	get(userId: string): Promise<ShownUser & { divisionId: string }>;
}

const Target = Type.Object({
	type: Type.Union([Type.Literal("STATION"), Type.Literal("PHONENUMBER")]),
	value: Type.String({ minLength: 1, maxLength: 200 }),
});
const Body = Type.Object({
	enabled: Type.Optional(Type.Boolean()),
	phoneNumber: Type.Optional(Type.String({ maxLength: 200 })),
	calls: Type.Optional(
		Type.Array(Type.Object({ targets: Type.Array(Target, { minItems: 1, maxItems: mostTargets }) }), {
			maxItems: mostSteps,
		}),
	),
	voicemail: Type.Optional(Type.Union([Type.Literal("PURECLOUD"), Type.Literal("LASTCALL"), Type.Literal("NONE")])),
});
const LimitsBody = Type.Object({
	externalAllowed: Type.Optional(Type.Boolean()),
	ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 120 })),
	confirm: Type.Optional(Type.Boolean()),
	blockedPrefixes: Type.Optional(Type.Array(Type.String({ minLength: 2, maxLength: 16 }), { maxItems: 200 })),
	version: SeenVersion,
});

export function forwardingRoutes(forwarding: CallForwardings, users: ForwardingRouteUsers): Route[] {
	return [...userRoutes(forwarding, users), ...ownRoutes(forwarding, users), ...limitRoutes(forwarding)];
}

/** Whoever may set no forwarding any more is told that their calls go elsewhere still, and can end that. */
function ownRoutes(forwarding: CallForwardings, users: ForwardingRouteUsers): Route[] {
	const path = "/api/v2/inlay/callforwarding/me";
	const success = { status: 200, model: "CallForwarding" };

	async function own(principal: Principal, saved: CallForwarding) {
		return viewOf(saved, await users.get(requireUser(principal)), await forwarding.notCalled(saved));
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayCallforwardingMe",
			summary: "Where one's own direct calls go.",
			permission: noPermission,
			scope: readScope("users"),
			success,
			handler: async ({ principal }) => own(principal, await forwarding.get(requireUser(principal))),
		}),
		route({
			method: "DELETE",
			path,
			operationId: "deleteInlayCallforwardingMe",
			summary: "Has one's own direct calls ring at one's phone again; the steps are kept.",
			permission: noPermission,
			scope: writeScope("users"),
			success,
			handler: async ({ principal }) =>
				own(principal, await forwarding.set(requireUser(principal), { enabled: false }, false, actorOf(principal))),
		}),
	];
}

function userRoutes(forwarding: CallForwardings, users: ForwardingRouteUsers): Route[] {
	const path = "/api/v2/users/:userId/callforwarding";

	/** One's own, or somebody else's, which needs a permission of its own, and no other, where that user is. */
	async function open(userId: string, own: AskedPermissions, principal: Principal) {
		const user = await users.get(userId);
		if (userId === principal.userId) requirePermissions(own, principal);
		else requireInDivision(principal, [editOther], user.divisionId);
		return user;
	}

	async function shown(saved: CallForwarding, user: ShownUser) {
		return viewOf(saved, user, await forwarding.notCalled(saved));
	}

	async function change(userId: string, body: Static<typeof Body>, whole: boolean, principal: Principal) {
		const user = await open(userId, anyOf(edit), principal);
		return shown(await forwarding.set(userId, body, whole, actorOf(principal)), user);
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getUserCallforwarding",
			summary: "Where a user's direct calls go.",
			permission: anyOf(view, edit, editOther),
			forOthers: anyOf(editOther),
			scope: readScope("users"),
			params: idParams("userId"),
			success: { status: 200, model: "CallForwarding" },
			async handler({ params, principal }) {
				const user = await open(params.userId, anyOf(view, edit), principal);
				return shown(await forwarding.get(params.userId), user);
			},
		}),
		route({
			method: "PUT",
			path,
			operationId: "putUserCallforwarding",
			summary: "Sets where a user's direct calls go.",
			permission: anyOf(edit, editOther),
			forOthers: anyOf(editOther),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: Body,
			readOnly: ["name", "user", "inlayNotCalled"],
			success: { status: 200, model: "CallForwarding" },
			errors: ["forwarding.loop", "forwarding.target.invalid"],
			handler: ({ params, body, principal }) => change(params.userId, body, true, principal),
		}),
		route({
			method: "PATCH",
			path,
			operationId: "patchUserCallforwarding",
			summary: "Changes where a user's direct calls go; what is absent stays.",
			permission: anyOf(edit, editOther),
			forOthers: anyOf(editOther),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: Body,
			readOnly: ["name", "user", "inlayNotCalled"],
			success: { status: 200, model: "CallForwarding" },
			errors: ["forwarding.loop", "forwarding.target.invalid"],
			handler: ({ params, body, principal }) => change(params.userId, body, false, principal),
		}),
	];
}

function limitRoutes({ limits }: CallForwardings): Route[] {
	const path = "/api/inlay/v1/callforwarding/limits";
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayCallforwardingLimits",
			summary: "What the organization lets its people forward.",
			permission: anyOf(editOther),
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => versioned(await limits.read()),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayCallforwardingLimits",
			summary: "Changes what the organization lets its people forward; what is absent stays.",
			permission: everywhere(anyOf(editOther)),
			scope: writeScope("organization"),
			body: LimitsBody,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				versioned(await limits.change(changes, seenVersion(headers, version), actorOf(principal))),
		}),
	];
}

/** The platform's `CallForwarding`. */
function viewOf(
	{ enabled, calls, voicemail, modifiedAt }: CallForwarding,
	user: ShownUser,
	notCalled: readonly string[],
) {
	const { id, name, version } = user;
	const first = calls.flatMap((step) => step.targets).find((one) => one.type === "PHONENUMBER");
	return {
		id,
		name,
		user: { id, name, version, selfUri: `/api/v2/users/${id}` },
		enabled,
		...(first ? { phoneNumber: first.value } : {}),
		calls: calls.map(({ targets }) => ({
			targets: targets.map(({ type, value, digitsAfter }) => ({ type, value: extendedAddress(value, digitsAfter) })),
		})),
		voicemail,
		// Beyond the model, as in its event.
		...(notCalled.length > 0 ? { inlayNotCalled: notCalled } : {}),
		...(modifiedAt.getTime() > 0 ? { modifiedDate: modifiedAt.toISOString() } : {}),
		selfUri: `/api/v2/users/${id}/callforwarding`,
	};
}
