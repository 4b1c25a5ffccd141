import { Type } from "typebox";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, route, writeScope } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { actorOf, requireInDivision, requireUser } from "../../kernel/principal.ts";
import type { User } from "../model.ts";
import type { Users } from "../users.ts";

const setting = ["directory:user:setPassword"];

/** Passwords: one's own, and somebody's whom one looks after (platform-api 4.2). */
export function passwordRoutes(users: Users): Route[] {
	const { passwords } = users.authentication;
	return [
		route({
			method: "POST",
			path: "/api/v2/users/me/password",
			operationId: "postUsersMePassword",
			summary: "Change one's own password; what else is open for one ends",
			permission: noPermission,
			scope: writeScope("users"),
			body: Type.Object({ newPassword: Type.String(), oldPassword: Type.String() }),
			success: { status: 204 },
			holdsSecret: true,
			errors: ["invalid.password", "invalid.old.password", "password.too.young"],
			async handler({ body, principal, ip }) {
				const user = await users.get(requireUser(principal));
				const seen = await passwords.seen(user.id);
				await requireOwnPassword(users, user, { password: body.oldPassword, fieldName: "oldPassword", address: ip });
				const options = { keep: principal.tokenHash, actor: actorOf(principal), seen };
				await passwords.change(user, body.newPassword, options);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/users/:userId/password",
			operationId: "postUserPassword",
			summary: "Set a user's password; what is open for that user ends",
			permission: anyOf(...setting),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: Type.Object({
				newPassword: Type.String(),
				/** Inlay's own: the password is good for choosing another one at the next sign-in only. */
				mustChange: Type.Optional(Type.Boolean()),
			}),
			success: { status: 204 },
			holdsSecret: true,
			errors: ["invalid.password", "own.password"],
			async handler({ params, body, principal }) {
				const user = await users.living(params.userId);
				requireInDivision(principal, setting, user.divisionId);
				// Who has taken a token must not make an account of it.
				if (principal.userId === user.id)
					throw badField(
						"userId",
						"Change your own password with the old one: POST /users/me/password.",
						"own.password",
					);
				const { mustChange = false } = body;
				await passwords.reset(user, body.newPassword, { mustChange, by: principal });
			},
		}),
	];
}

/**
 * Asks somebody who is signed in for their password.
 * @throws ApiError 400 naming the field, 429 after too many wrong ones
 */
export async function requireOwnPassword(
	users: Users,
	user: User,
	asked: { password: string; fieldName: string; address: string },
): Promise<void> {
	const outcome = await users.authentication.signIn.checkOwn(user, asked.password, asked.address);
	if (outcome === "right") return;
	if (!("seconds" in outcome)) {
		const code = asked.fieldName === "oldPassword" ? "invalid.old.password" : "invalid.password";
		throw badField(asked.fieldName, "The password is not right.", code);
	}
	throw new ApiError(429, "too.many.requests", "Too many wrong passwords. Try again in {seconds} seconds.", {
		params: { seconds: String(outcome.seconds) },
		headers: { "retry-after": String(outcome.seconds) },
	});
}
