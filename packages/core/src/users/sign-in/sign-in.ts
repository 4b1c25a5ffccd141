import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { type SignInFacts, userSignedIn } from "../events.ts";
import type { User } from "../model.ts";
import type { OrganizationService } from "../organization.ts";
import type { UserStore } from "../store.ts";
import { type Attempt, networkOf, oldPasswordAttempt, type SignInBrake, signInAttempt } from "./brake.ts";
import { credentialStore } from "./credential-store.ts";
import type { Device, Devices } from "./devices.ts";
import { type HashQueue, HashQueueFull } from "./hash-queue.ts";
import { passwordMatches } from "./passwords.ts";
import type { Refusal, Refusals } from "./refusals.ts";

/** Where an attempt comes from. */
export interface Origin {
	/** The caller's address, as `request.ip` has it. */
	address: string;
	/** The browser, if it has proven to have signed in before. */
	device?: Device | undefined;
	/** OAuth client that asks. */
	clientId?: string;
	/** Whom a password lets in at all; everybody by default. */
	accepts?: ((userId: string) => Promise<boolean>) | undefined;
}

/** Who has proven to be whom; worth nothing any more when the credentials have changed meanwhile. */
export interface Proof {
	userId: string;
	/** `Credentials.version` at that time. */
	version: number;
}

/** Why nobody was signed in, as far as the person may know. Which part was wrong is not told. */
export type SignInRefusal =
	| { kind: "refused" }
	/** Too many failures: nothing was checked. */
	| { kind: "wait"; seconds: number }
	/** Too many people at once: nothing was checked. */
	| { kind: "busy"; seconds: number }
	/** The organization's `ipAddressAllowlist` lacks the address. */
	| { kind: "address" };

export type SignInOutcome = { kind: "proven"; user: User; proof: Proof } | SignInRefusal;

export interface SignInParts {
	store: UserStore;
	organization: OrganizationService;
	brake: SignInBrake;
	devices: Devices;
	queue: HashQueue;
	refusals: Refusals;
	/** Told after the time of a user's sign-in was written. */
	recorded(userId: string): void;
}

/** Checks names and passwords: braked, in the same time whether or not the user exists, never many at once. */
export function createSignIn(kernel: Kernel, parts: SignInParts) {
	const { database, events, clock } = kernel;
	const { store, organization, brake, devices, queue, refusals } = parts;

	/** The first of what may be several steps; `complete` ends them. */
	async function attempt(username: string, password: string, origin: Origin): Promise<SignInOutcome> {
		const { address, device, clientId, accepts } = origin;
		const asked = { username, address, ...(clientId ? { clientId } : {}) };
		if (!(await organization.allowsAddress(address))) {
			await refusals.record({ reason: "address-not-allowed", ...asked });
			return { kind: "address" };
		}
		const who = device
			? { lane: "known" as const, key: device.hash }
			: { lane: "stranger" as const, key: networkOf(address) };
		try {
			return await queue.run(who, () => check(username, password, { address, device, clientId, accepts }));
		} catch (error) {
			if (!(error instanceof HashQueueFull)) throw error;
			await refusals.record({ reason: "busy", ...asked });
			return { kind: "busy", seconds: error.retryAfter };
		}
	}

	async function check(username: string, password: string, from: Origin): Promise<SignInOutcome> {
		const { address, device, clientId, accepts } = from;
		const user = await store.bySignInName(database.db, username);
		const knownDevice = user && device ? await devices.knows(database.db, device, user.id) : false;
		const asked = {
			username,
			address,
			...(user ? { userId: user.id } : {}),
			...(clientId ? { clientId } : {}),
			...(knownDevice ? { knownDevice } : {}),
		};
		// By the user's own name, so that their e-mail address gives nobody a second round of guesses.
		const counted = signInAttempt({
			username: user?.username ?? username,
			address,
			device: knownDevice ? device?.hash : undefined,
			isUser: user !== undefined,
		});
		const verdict = await brake.begin(counted);
		if (verdict.wait > 0) return braked(verdict.wait, asked);
		// Asked for nobody's too: whether there is such a user must not be seen by the time that it takes.
		const credentials = await credentialStore.get(database.db, user?.id ?? "");
		const matches = await passwordMatches(credentials.passwordHash, password);
		const seconds = verdict.waitIfWrong || verdict.waitIfRight;
		if (verdict.waitIfRight > 0) return braked(seconds, asked);
		const isTheirs = user !== undefined && matches && user.state === "active";
		// Whom passwords do not let in counts as one who has guessed: else the answer, or the brake, told that the guess is right.
		const isAccepted = isTheirs && (accepts ? await accepts(user.id) : true);
		if (isAccepted) {
			await brake.succeeded(counted, verdict);
			return { kind: "proven", user, proof: { userId: user.id, version: credentials.version } };
		}
		const reason = !user ? "unknown-user" : isTheirs ? "passwords-off" : matches ? "inactive-user" : "wrong-password";
		await refusals.record({ reason, ...asked });
		// The same for users and for nobody: only who has the right password notices a difference.
		return seconds > 0 ? { kind: "wait", seconds } : { kind: "refused" };
	}

	async function braked(seconds: number, asked: Omit<Refusal, "reason">): Promise<SignInRefusal> {
		await refusals.record({ reason: "braked", ...asked });
		return { kind: "wait", seconds };
	}

	/**
	 * Ends a sign-in whose every step was taken: from now on the device is known. Within the transaction that makes what
	 * the user gets by it, so that a password changed meanwhile lets nobody in.
	 *
	 * @returns whether the proof still counts
	 */
	async function complete(trx: Trx, proof: Proof, facts: SignInFacts, device?: Device): Promise<boolean> {
		if (!(await stillCounts(trx, proof))) return false;
		await store.signedIn(trx, proof.userId, clock.now());
		if (device) await devices.remember(trx, device, proof.userId);
		await events.append(trx, [userSignedIn(proof.userId, facts)]);
		kernel.log.info({ event: "sign-in", userId: proof.userId, ...facts }, "somebody has signed in");
		return true;
	}

	/** For whom no password is asked: users of the demo. */
	async function trust(userId: string): Promise<Proof> {
		return { userId, version: (await credentialStore.get(database.db, userId)).version };
	}

	/** Whether a proof still counts. Locks the user, so that it counts until the transaction ends. */
	async function stillCounts(trx: Trx, { userId, version }: Proof): Promise<boolean> {
		const user = await store.lock(trx, userId);
		return user?.state === "active" && (await credentialStore.get(trx, userId)).version === version;
	}

	/** The old password, asked of somebody who is signed in. No sign-in: nothing is remembered of it. */
	async function checkOwn(user: User, password: string, address: string): Promise<"right" | SignInRefusal> {
		const counted: Attempt = oldPasswordAttempt(user.id);
		const verdict = await brake.begin(counted);
		const asked = { userId: user.id, username: user.username, address };
		if (verdict.wait > 0) return braked(verdict.wait, asked);
		const { passwordHash } = await credentialStore.get(database.db, user.id);
		if (await inQueue(() => passwordMatches(passwordHash, password), user.id)) {
			await brake.succeeded(counted, verdict);
			return "right";
		}
		await refusals.record({ reason: "wrong-old-password", ...asked });
		return { kind: "refused" };
	}

	/** Hashing for people who are signed in. @param key whose turn it is, where that is known */
	function inQueue<T>(work: () => Promise<T>, key = "staff"): Promise<T> {
		return queue.run({ lane: "staff", key }, work);
	}

	return {
		attempt,
		trust,
		complete,
		stillCounts,
		checkOwn,
		inQueue,
		/** To be called after the commit of what `complete` was part of. */
		completed: (userId: string) => parts.recorded(userId),
	};
}

export type SignIn = ReturnType<typeof createSignIn>;
