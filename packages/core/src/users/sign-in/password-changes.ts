import { randomBytes } from "node:crypto";
import { actorOfGiver, type Giver } from "../../authorization/judge.ts";
import type { ChangeRights } from "../../authorization/rights-changes.ts";
import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor } from "../../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import { passwordChanged } from "../events.ts";
import type { User } from "../model.ts";
import type { OrganizationService } from "../organization.ts";
import { passwordRequirementsOf } from "../organization-settings.ts";
import type { UserStore } from "../store.ts";
import type { SignInBrake } from "./brake.ts";
import { type Credentials, credentialStore } from "./credential-store.ts";
import type { Devices } from "./devices.ts";
import { type PasswordProblem, passwordProblems, refusePassword } from "./password-policy.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";
import type { Proof, SignIn } from "./sign-in.ts";

/**
 * Ends a user's tokens; the oauth domain gives it.
 * @param options.keep hash of the one token that stays
 * @param options.keepFamilies sign-ins that stay
 * @param options.isInactive the account works no more, which whoever has something open is told
 * @returns what is to be done after the commit
 */
export type EndSessions = (
	trx: Trx,
	userId: string,
	options: { keep?: string; keepFamilies?: readonly string[]; actor?: Actor; isInactive?: boolean },
) => Promise<() => void>;

/**
 * Whoever gives somebody a password, or takes a second factor away, can act as that user: only who holds all that the user
 * holds may do so. Opens the judgement, so it comes before any row is locked.
 * @throws ApiError 403 `missing.division.permission`
 */
export type RequireHandOver = (trx: Trx, by: Giver, userId: string) => Promise<void>;

export interface PasswordParts {
	store: UserStore;
	organization: OrganizationService;
	brake: SignInBrake;
	devices: Devices;
	signIn: SignIn;
	endSessions: EndSessions;
	changeRights: ChangeRights;
	requireHandOver: RequireHandOver;
}

const dayMs = 86_400_000;

/** Passwords: what makes a good one, who changes them, and what ends with the old one. */
export function createPasswordChanges(kernel: Kernel, parts: PasswordParts) {
	const { database, events, clock } = kernel;
	const { store, organization, brake, devices, signIn } = parts;

	/** All that is wrong with a password for this person; none when it is good. */
	async function problems(person: Pick<User, "name" | "email" | "username">, password: string) {
		const { name, domain, settings } = await organization.get();
		const own = [person.name, person.email, person.username, name, domain];
		return passwordProblems(password, passwordRequirementsOf(settings), { own });
	}

	/**
	 * The hash of a password that is good.
	 * @throws ApiError 400 `invalid.password`, 503 `too.many.sign.ins`
	 */
	async function hashGood(
		person: Pick<User, "name" | "email" | "username">,
		password: string,
		fieldName: string,
	): Promise<string> {
		refusePassword(await problems(person, password), fieldName);
		return signIn.inQueue(() => hashPassword(password));
	}

	/** An administrator's: all that is open for the user ends, and every device is a stranger's. */
	async function reset(
		user: User,
		password: string,
		options: { mustChange?: boolean; keep?: string; by?: Giver } = {},
	): Promise<void> {
		const hash = await hashGood(user, password, "newPassword");
		await replace(user, hash, options);
	}

	/**
	 * A random one in place of the user's, good for choosing another one only: by whoever owns the machine. What the
	 * organization asks of passwords is asked of the one that is chosen.
	 */
	async function giveOneTime(user: User): Promise<string> {
		const password = randomBytes(16).toString("base64url");
		await replace(user, await signIn.inQueue(() => hashPassword(password)), { mustChange: true });
		return password;
	}

	async function replace(
		user: User,
		hash: string,
		{ mustChange = false, by = "server", keep }: { mustChange?: boolean; keep?: string; by?: Giver },
	): Promise<void> {
		const actor = actorOfGiver(by);
		const ending = { ...(keep ? { keep } : {}), ...(actor ? { actor } : {}) };
		const written = await parts.changeRights(by, async (trx) => {
			await parts.requireHandOver(trx, by, user.id);
			requireLiving(await store.lock(trx, user.id), user.id);
			await devices.forget(trx, user.id);
			return write(trx, user.id, { hash, mustChange }, ending);
		});
		written.afterCommit();
		await brake.forgive(user.username);
	}

	/** What counts until the user's password or second factor changes: to be asked before the old password is checked. */
	async function seen(userId: string): Promise<number> {
		return (await credentialStore.get(database.db, userId)).version;
	}

	/**
	 * One's own: what else is open for the user ends.
	 * @param options.keep hash of the token that asks, which stays
	 * @param options.seen see {@link seen}: of several who change it at once, one has proven the old password
	 */
	async function change(
		user: User,
		password: string,
		options: { keep?: string; actor?: Actor; seen?: number } = {},
	): Promise<void> {
		await requireAge(user.id);
		const hash = await hashGood(user, password, "newPassword");
		if (await isSame(user.id, password)) refusePassword([{ kind: "same" }], "newPassword");
		const written = await database.change(async (trx) => {
			requireLiving(await store.lock(trx, user.id), user.id);
			if (options.seen !== undefined && (await credentialStore.get(trx, user.id)).version !== options.seen)
				throw badField(
					"oldPassword",
					"Your password was changed just now: this is the old one.",
					"invalid.old.password",
				);
			return write(trx, user.id, { hash, mustChange: false }, options);
		});
		written.afterCommit();
	}

	/**
	 * Chosen while signing in, because the one before has to be changed.
	 * @returns the proof that counts from now on; what the new password lacks; undefined when the proof was outdated
	 */
	async function choose(proof: Proof, password: string): Promise<Proof | PasswordProblem[] | undefined> {
		const user = await store.get(database.db, proof.userId);
		if (!user) return undefined;
		const found = await problems(user, password);
		if (found.length > 0) return found;
		if (await isSame(user.id, password)) return [{ kind: "same" }];
		const hash = await signIn.inQueue(() => hashPassword(password));
		const written = await database.change(async (trx) => {
			if (!(await signIn.stillCounts(trx, proof))) return undefined;
			return write(trx, user.id, { hash, mustChange: false }, { actor: { userId: user.id } });
		});
		written?.afterCommit();
		return written && { userId: user.id, version: written.version };
	}

	async function write(
		trx: Trx,
		userId: string,
		{ hash, mustChange }: { hash: string; mustChange: boolean },
		ending: { keep?: string; actor?: Actor },
	): Promise<{ version: number; afterCommit: () => void }> {
		const version = await credentialStore.setPassword(trx, userId, { hash, mustChange, at: clock.now() });
		await events.append(trx, [passwordChanged(userId, mustChange, ending.actor)]);
		return { version, afterCommit: await parts.endSessions(trx, userId, ending) };
	}

	/**
	 * From now on the account is whose the word of somebody else says, and no more of who has known its password or has
	 * something open by it. The user's row is held.
	 * @param keepFamilies sign-ins by that word
	 * @returns what is to be done after the commit
	 */
	async function handOver(trx: Trx, userId: string, keepFamilies: readonly string[]): Promise<() => void> {
		await devices.forget(trx, userId);
		if (await credentialStore.takePassword(trx, userId, clock.now()))
			await events.append(trx, [passwordChanged(userId, false)]);
		return parts.endSessions(trx, userId, { keepFamilies });
	}

	/** Whether the password opens nothing but the choice of another: somebody asked for it, or it is too old. */
	async function mustChange(userId: string): Promise<boolean> {
		const { settings } = await organization.get();
		const { expirationDays } = passwordRequirementsOf(settings);
		const credentials = await credentialStore.get(database.db, userId);
		return credentials.mustChange || (expirationDays > 0 && ageMs(credentials) >= expirationDays * dayMs);
	}

	/** Who goes round in a circle of passwords, to come back to the old one, is slowed down by `minimumAgeSeconds`. */
	async function requireAge(userId: string): Promise<void> {
		const { settings } = await organization.get();
		const { minimumAgeSeconds } = passwordRequirementsOf(settings);
		const credentials = await credentialStore.get(database.db, userId);
		const seconds = Math.ceil(minimumAgeSeconds - ageMs(credentials) / 1000);
		if (credentials.mustChange || seconds <= 0) return;
		throw new ApiError(
			400,
			"password.too.young",
			"The password was changed a short while ago. It can be changed again in {seconds} seconds, or by an administrator.",
			{
				params: { seconds: String(seconds) },
				details: [{ errorCode: "password.too.young", fieldName: "newPassword" }],
			},
		);
	}

	function ageMs({ passwordChangedAt }: Credentials): number {
		return passwordChangedAt ? clock.now().getTime() - passwordChangedAt.getTime() : Number.POSITIVE_INFINITY;
	}

	async function isSame(userId: string, password: string): Promise<boolean> {
		const { passwordHash } = await credentialStore.get(database.db, userId);
		return signIn.inQueue(() => passwordMatches(passwordHash, password));
	}

	return { hashGood, reset, giveOneTime, handOver, seen, change, choose, mustChange };
}

/** Who is deleted has no password any more. */
function requireLiving(user: User | undefined, userId: string): void {
	if (!user || user.state === "deleted") throw notFound("user", userId);
}
