import { hash, verify } from "@node-rs/argon2";
import { type ApiError, badField } from "../kernel/api-error.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../kernel/database.ts";

declare module "../kernel/database.ts" {
	interface Tables {
		sign_in_failures: { username: string; failures: number; last_at: Date; blocked_until: Date };
	}
}

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. Algorithm 2 is argon2id (a const enum in the library's types). */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Shortest password that is accepted; `PasswordRequirements.minimumLength`. */
export const minimumPasswordLength = 8;
/** argon2 takes any length; a request need not. */
const maximumPasswordLength = 256;

export function hashPassword(password: string): Promise<string> {
	return hash(password, argon2id);
}

/** @throws ApiError 400 naming the field */
export function checkNewPassword(password: string, fieldName: string): void {
	if (password.length >= minimumPasswordLength && password.length <= maximumPasswordLength) return;
	throw badField(
		fieldName,
		`${fieldName} must have ${minimumPasswordLength} to ${maximumPasswordLength} characters.`,
		"invalid.password",
	);
}

let decoy: Promise<string> | undefined;

/** Takes as long without a stored hash as with one, so that nobody learns by the time which user names exist. */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
	decoy ??= hashPassword("no user has this password");
	const matches = await verify(stored ?? (await decoy), password.slice(0, maximumPasswordLength + 1)).catch(
		() => false,
	);
	return matches && typeof stored === "string";
}

/** Failures that cost nothing but the attempt. */
const freeFailures = 5;
const firstBlockMs = 5_000;
const longestBlockMs = 5 * 60_000;
/** After this long without another failure the count starts anew. */
const forgivenAfterMs = 30 * 60_000;

/**
 * Slows down guessing at one user name: after five failures each further one blocks the name for twice as long.
 * An attempt is counted before its password is looked at, so attempts in parallel get no free tries.
 */
export class SignInBrake {
	readonly #database: Database;
	readonly #clock: Clock;

	constructor(database: Database, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	/** @returns 0 when the attempt may go on, else the seconds to wait */
	async beginAttempt(username: string): Promise<number> {
		const name = username.toLowerCase();
		const now = this.#clock.now();
		return this.#database.db.transaction().execute(async (trx) => {
			await trx.deleteFrom("sign_in_failures").where("last_at", "<", ago(now, forgivenAfterMs)).execute();
			// The insert makes sure that there is a row to lock, whoever comes first.
			await trx
				.insertInto("sign_in_failures")
				.values({ username: name, failures: 0, last_at: now, blocked_until: now })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
			const row = await trx
				.selectFrom("sign_in_failures")
				.selectAll()
				.where("username", "=", name)
				.forUpdate()
				.executeTakeFirstOrThrow();
			if (row.blocked_until > now) return Math.ceil((row.blocked_until.getTime() - now.getTime()) / 1000);
			const failures = row.failures + 1;
			const blocked_until = new Date(now.getTime() + blockMs(failures));
			await trx
				.updateTable("sign_in_failures")
				.set({ failures, last_at: now, blocked_until })
				.where("username", "=", name)
				.execute();
			return 0;
		});
	}

	async succeeded(username: string): Promise<void> {
		await this.#database.db.deleteFrom("sign_in_failures").where("username", "=", username.toLowerCase()).execute();
	}
}

function blockMs(failures: number): number {
	if (failures < freeFailures) return 0;
	return Math.min(longestBlockMs, firstBlockMs * 2 ** (failures - freeFailures));
}

function ago(now: Date, ms: number): Date {
	return new Date(now.getTime() - ms);
}

/** Refusal of an own password change with a wrong old one. */
export function wrongOldPassword(): ApiError {
	return badField("oldPassword", "The old password is not right.", "invalid.old.password");
}
