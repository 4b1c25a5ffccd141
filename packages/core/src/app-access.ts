import type { Services } from "./app-services.ts";
import { StartError } from "./kernel/config/start-error.ts";
import type { Kernel } from "./kernel/domain.ts";
import { accessRestored } from "./users/events.ts";

/** What the operator asks for somebody who cannot sign in any more. */
export interface AccessWish {
	/** User name or e-mail address. */
	user: string;
	/** The second factor is taken away as well. */
	removeSecondFactor: boolean;
	/** User of the operating system, for the audit. */
	operator: string;
}

/** How the user signs in from now on. */
export interface RestoredUser {
	name: string;
	username: string;
	/** Good once, for choosing another one. Shown to the operator and kept nowhere. */
	password: string;
	secondFactorRemoved: boolean;
	activated: boolean;
	/** A second factor is still asked for. */
	secondFactorStays: boolean;
}

/**
 * The way back for whoever has lost password or second factor and has nobody who may help, as a sole administrator. It is
 * for whoever owns the machine: no right is asked. All that is open for the user ends.
 *
 * @throws StartError "user.notFound"
 */
export async function restoreAccess(
	kernel: Kernel,
	{ users }: Pick<Services, "users">,
	{ user: asked, removeSecondFactor, operator }: AccessWish,
): Promise<RestoredUser> {
	const user = await users.findBySignInName(asked);
	if (!user || user.state === "deleted") throw noSuchUser(asked, user !== undefined);
	const { passwords, secondFactor } = users.authentication;
	const hasFactor = await secondFactor.isEnrolled(user.id);
	// The password first: an account that is active again must not have one that others know.
	const password = await passwords.giveOneTime(user);
	if (removeSecondFactor) await secondFactor.remove(user.id, "server");
	const activated = user.state !== "active";
	if (activated) await users.update(user.id, { state: "active" });
	const done = { operator, secondFactorRemoved: removeSecondFactor && hasFactor, activated };
	await kernel.database.change((trx) => kernel.events.append(trx, [accessRestored(user.id, done)]));
	kernel.operators.warn(
		{ event: "user.access.restored", userId: user.id, ...done },
		"the operator of this machine has given a user a one-time password",
	);
	const { name, username } = user;
	return { name, username, password, ...done, secondFactorStays: hasFactor && !removeSecondFactor };
}

function noSuchUser(asked: string, isDeleted: boolean): StartError {
	const reason = isDeleted ? `The user ${asked} has been deleted.` : `No user has the e-mail address or name ${asked}.`;
	return new StartError("user.notFound", `${reason} Nothing was changed.`);
}
