import type { Kernel } from "../kernel/domain.ts";
import { userSignedIn } from "./events.ts";
import type { User } from "./model.ts";
import { passwordMatches } from "./passwords.ts";
import { SignInBrake } from "./sign-in-brake.ts";
import type { UserStore } from "./store.ts";

/** How an attempt to sign in ended. Which part was wrong is not told. */
export type SignInOutcome =
	| { kind: "signedIn"; user: User }
	| { kind: "refused" }
	/** Too many failures: nothing was checked. */
	| { kind: "wait"; seconds: number };

/**
 * Checks credentials, slowed down after failures, in the same time whether or not the user exists.
 * @param recorded told after the time of a user's sign-in was written
 */
export function createSignIn(kernel: Kernel, store: UserStore, recorded: (userId: string) => void) {
	const { database, events, clock } = kernel;
	const brake = new SignInBrake(database, clock);

	async function attempt(username: string, password: string): Promise<SignInOutcome> {
		const seconds = await brake.beginAttempt(username);
		if (seconds > 0) return { kind: "wait", seconds };
		const user = await store.byUsername(database.db, username);
		const stored = user && (await store.passwordHash(database.db, user.id));
		const matches = await passwordMatches(stored, password);
		if (!user || !matches || user.state !== "active") return { kind: "refused" };
		await brake.succeeded(username);
		await recordSignIn(user.id);
		return { kind: "signedIn", user };
	}

	async function recordSignIn(userId: string): Promise<void> {
		await database.change(async (trx) => {
			await store.signedIn(trx, userId, clock.now());
			await events.append(trx, [userSignedIn(userId)]);
		});
		recorded(userId);
	}

	async function verify(username: string, password: string): Promise<User | undefined> {
		const outcome = await attempt(username, password);
		return outcome.kind === "signedIn" ? outcome.user : undefined;
	}

	return { attempt, verify, forgive: (username: string) => brake.succeeded(username) };
}
