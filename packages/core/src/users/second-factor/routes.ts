import { Type } from "typebox";
import { renderSVG } from "uqr";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision, requireUser } from "../../kernel/principal.ts";
import type { User } from "../model.ts";
import type { OrganizationService } from "../organization.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import { settingsAnswer, settingsChange } from "../settings-answers.ts";
import { requireOwnPassword } from "../sign-in/password-routes.ts";
import type { Users } from "../users.ts";
import { demandOf, demands, settingsOfDemand } from "./demand.ts";
import { refuse, type SecondFactorStatus } from "./second-factor.ts";

const CodeBody = Type.Object({ code: Type.String({ maxLength: 100 }) });
/** Whoever may set a user's password may take a lost second factor away: both let somebody in. */
const resetting = ["directory:user:setPassword"];

const demandPath = "/api/inlay/v1/secondfactor/demand";
const mayDemand = anyOf("directory:organization:admin");

/** Second factors: one's own, and taking away somebody's who has lost it. Operations of Inlay's own. */
export function secondFactorRoutes(users: Users): Route[] {
	const { secondFactor } = users.authentication;
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/users/me/secondfactor",
			operationId: "getInlayUsersMeSecondfactor",
			summary: "Whether one has a second factor, and whether the organization asks for one",
			permission: noPermission,
			scope: readScope("users"),
			success: { status: 200 },
			handler: async ({ principal }) => statusView(await secondFactor.status(requireUser(principal))),
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/users/me/secondfactor",
			operationId: "postInlayUsersMeSecondfactor",
			summary: "A secret for an authenticator app; its first code makes it one's second factor",
			permission: noPermission,
			scope: writeScope("users"),
			body: Type.Object({ password: Type.String() }),
			success: { status: 200 },
			holdsSecret: true,
			errors: ["invalid.password", "second.factor.exists"],
			async handler({ principal, body, ip }) {
				const user = await self(principal);
				// A token alone must not do: whoever has found one could keep its owner out for good.
				await requireOwnPassword(users, user, { password: body.password, fieldName: "password", address: ip });
				const { secret, uri } = await secondFactor.offer(user);
				return { secret, uri, picture: renderSVG(uri, { border: 2 }) };
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/users/me/secondfactor/confirm",
			operationId: "postInlayUsersMeSecondfactorConfirm",
			summary: "The first code of the secret; answers the recovery codes, this once",
			permission: noPermission,
			scope: writeScope("users"),
			body: CodeBody,
			success: { status: 200 },
			holdsSecret: true,
			errors: ["invalid.code", "second.factor.exists", "second.factor.not.offered"],
			async handler({ principal, body, ip }) {
				const outcome = await secondFactor.confirm(await self(principal), body.code, {
					address: ip,
					keep: principal.tokenHash,
				});
				if (outcome.kind !== "confirmed") throw refuse(outcome);
				return { recoveryCodes: outcome.recoveryCodes };
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/users/me/secondfactor/recoverycodes",
			operationId: "postInlayUsersMeSecondfactorRecoverycodes",
			summary: "New recovery codes in place of the old ones, for a code",
			permission: noPermission,
			scope: writeScope("users"),
			body: CodeBody,
			success: { status: 200 },
			holdsSecret: true,
			errors: ["invalid.code", "second.factor.missing"],
			async handler({ principal, body, ip }) {
				const user = await self(principal);
				await secondFactor.require(user, body.code, { address: ip });
				return { recoveryCodes: await secondFactor.renewRecoveryCodes(user.id, actorOf(principal)) };
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/users/me/secondfactor/remove",
			operationId: "postInlayUsersMeSecondfactorRemove",
			summary: "Do without one's second factor, for a code",
			permission: noPermission,
			scope: writeScope("users"),
			body: CodeBody,
			success: { status: 204 },
			holdsSecret: true,
			errors: ["invalid.code", "second.factor.missing"],
			async handler({ principal, body, ip }) {
				const user = await self(principal);
				await secondFactor.require(user, body.code, { address: ip });
				await secondFactor.remove(user.id, principal, principal.tokenHash);
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/users/:userId/secondfactor",
			operationId: "getInlayUserSecondfactor",
			summary: "Whether a user has a second factor",
			permission: anyOf(...resetting),
			scope: readScope("users"),
			params: idParams("userId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const user = await inReach(principal, params.userId);
				return statusView(await secondFactor.status(user.id));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/inlay/v1/users/:userId/secondfactor",
			operationId: "deleteInlayUserSecondfactor",
			summary: "Take a user's lost second factor away",
			permission: anyOf(...resetting),
			scope: writeScope("users"),
			params: idParams("userId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const user = await inReach(principal, params.userId);
				await secondFactor.remove(user.id, principal);
			},
		}),
		...demandRoutes(users.organization),
		concernedRoute(users),
	];

	function self(principal: Principal): Promise<User> {
		return users.get(requireUser(principal));
	}

	async function inReach(principal: Principal, userId: string): Promise<User> {
		const user = await users.get(userId);
		requireInDivision(principal, resetting, user.divisionId);
		return user;
	}
}

/** Of whom the organization asks for a second factor; the platform's setting knows everybody and nobody alone. */
function demandRoutes(organization: OrganizationService): Route[] {
	return [
		route({
			method: "GET",
			path: demandPath,
			operationId: "getInlaySecondfactorDemand",
			summary: "Of whom the organization asks for a second factor: nobody, administrators or everybody",
			permission: mayDemand,
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), demandView),
		}),
		route({
			method: "PUT",
			path: demandPath,
			operationId: "putInlaySecondfactorDemand",
			summary: "Set of whom the organization asks for a second factor",
			permission: everywhere(mayDemand),
			scope: writeScope("organization"),
			body: Type.Object({ demandedOf: Type.Enum(demands) }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler(request) {
				const wanted = settingsOfDemand(request.body.demandedOf);
				return settingsAnswer(await organization.updateSettings(wanted, settingsChange(request)), demandView);
			},
		}),
	];
}

function concernedRoute({ authentication: { secondFactor } }: Users): Route {
	return route({
		method: "GET",
		path: `${demandPath}/concerned`,
		operationId: "getInlaySecondfactorDemandConcerned",
		summary: "How many people such a demand would meet, how many of them have no second factor yet, and who",
		permission: everywhere(mayDemand),
		scope: readScope("organization"),
		query: Type.Object({ demandedOf: Type.Enum(demands) }),
		success: { status: 200, description: "{total, without, entities}" },
		handler: ({ query, principal }) =>
			secondFactor.concerned(query.demandedOf, divisionsWith(principal, ["directory:user:view"])),
	});
}

function demandView(settings: OrganizationSettings) {
	return { demandedOf: demandOf(settings) };
}

function statusView({ since, recoveryCodesLeft, required }: SecondFactorStatus) {
	return {
		enrolled: since !== undefined,
		...(since ? { since: since.toISOString() } : {}),
		recoveryCodesLeft,
		required,
	};
}
