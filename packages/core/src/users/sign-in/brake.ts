import { createHash } from "node:crypto";
import type { Database } from "../../kernel/database/database.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { brakeStore, type KeptBucket } from "./brake-store.ts";
import { type Allowance, type Bucket, levelAt, waitMs } from "./leaky.ts";

const minuteMs = 60_000;

/** Failures that are free, and how long each further one has to wait, by what they have in common. */
export const allowances = {
	/** One name from one address: a person who has forgotten, or a guesser. */
	accountAtAddress: { burst: 5, refillMs: 2 * minuteMs },
	/**
	 * One name from everywhere. It forgets faster than one address can fill it, so a single guesser cannot keep the owner
	 * out who comes with a new device; against many addresses known devices stay exempt.
	 */
	account: { burst: 50, refillMs: 1.5 * minuteMs },
	/**
	 * Many names from one address, whether or not anybody has them: a name counts whole once, its further failures a little.
	 * Beyond it wrong passwords are told to wait. Right ones still pass: invented names keep nobody out of an office.
	 */
	address: { burst: 20, refillMs: minuteMs / 3 },
	/** Names of users alone, from one address: beyond it nothing passes, so nobody tries one password with everybody. */
	usersAtAddress: { burst: 60, refillMs: minuteMs / 6 },
	/** One name from a device that has signed in with it before. */
	accountOnDevice: { burst: 10, refillMs: minuteMs },
	/** Codes of a second factor: whoever tries knows the password already. */
	code: { burst: 10, refillMs: 5 * minuteMs },
	/** The old password, asked of somebody who holds a token. */
	oldPassword: { burst: 5, refillMs: 2 * minuteMs },
} as const satisfies Record<string, Allowance>;

/** What a further failure of a name counts at its address, where its first one counts 1. */
const furtherShare = 0.2;

/** Who tries: each part has a bucket of its own. */
export type Attempt = ReadonlyMap<string, Allowance>;

/** Who tries with a name and a password. */
export interface NameAttempt {
	username: string;
	address: string;
	/** A known device of this account, by its hash. */
	device?: string | undefined;
	/** Whether it is a user's name. */
	isUser: boolean;
}

/** An attempt with a name and password. */
export function signInAttempt({ username, address, device, isUser }: NameAttempt): Attempt {
	const account = markOf(username.toLowerCase());
	if (device) return new Map([[`device:${account}:${device}`, allowances.accountOnDevice]]);
	const network = networkOf(address);
	return new Map<string, Allowance>([
		[`account:${account}`, allowances.account],
		[`pair:${account}:${network}`, allowances.accountAtAddress],
		[`address:${network}`, allowances.address],
		// Nobody's names have one as well, which keeps nobody out, so that the work is the same.
		[`${isUser ? "users" : "others"}:${network}`, allowances.usersAtAddress],
	]);
}

export function codeAttempt(userId: string): Attempt {
	return new Map([[`code:${userId}`, allowances.code]]);
}

export function oldPasswordAttempt(userId: string): Attempt {
	return new Map([[`old:${userId}`, allowances.oldPassword]]);
}

/** What the failures before make of an attempt. */
export interface Verdict {
	/** Seconds until anything is compared; 0: now. The attempt was counted only then. */
	wait: number;
	/** Seconds that a wrong password is told to wait, as there were too many names from its address; a right one passes. */
	waitIfWrong: number;
	/**
	 * Seconds that a right password waits too, as somebody goes through the users' names at its address. The comparison is
	 * made for show: by its time, nobody learns which names are users'.
	 */
	waitIfRight: number;
}

/**
 * Slows down guessing. An attempt is counted before anything is compared, so attempts at once get no free tries, and
 * taken back when it was right.
 */
export class SignInBrake {
	readonly #database: Database;
	readonly #clock: Clock;

	constructor(database: Database, clock: Clock) {
		this.#database = database;
		this.#clock = clock;
	}

	async begin(attempt: Attempt): Promise<Verdict> {
		const verdict: Verdict = { wait: 0, waitIfWrong: 0, waitIfRight: 0 };
		await this.#change(attempt, (levels) => {
			for (const [key, level] of levels) {
				const part = partOf(key);
				verdict[part] = Math.max(verdict[part], Math.ceil(waitMs(level, allowanceOf(attempt, key)) / 1000));
			}
			if (verdict.wait > 0) return undefined;
			return (level, key) => filled(level, shareOf(key, levelOfPair(levels)), key, allowanceOf(attempt, key));
		});
		return verdict;
	}

	/** Takes back what `begin` has counted, and forgives the person's own failures before. */
	async succeeded(attempt: Attempt, { waitIfWrong, waitIfRight }: Verdict): Promise<void> {
		await this.#change(attempt, (levels) => {
			const before = Math.max(0, levelOfPair(levels) - 1);
			return (level, key) => {
				if (isOnesOwn(key)) return 0;
				const wasFull = { wait: 0, waitIfWrong, waitIfRight }[partOf(key)] > 0;
				return wasFull ? level : Math.max(0, level - shareOf(key, before));
			};
		});
	}

	/** An administrator has given the account a new password: what was guessed at the old one is nobody's concern. */
	async forgive(username: string): Promise<void> {
		const account = markOf(username.toLowerCase());
		await brakeStore.forget(this.#database, [`account:${account}`], `pair:${account}:`);
	}

	async #change(
		attempt: Attempt,
		decide: (levels: ReadonlyMap<string, number>) => ((level: number, key: string) => number) | undefined,
	): Promise<void> {
		const now = this.#clock.now();
		await brakeStore.change(this.#database, [...attempt.keys()], now, (found) => {
			const levels = new Map([...attempt].map(([key, allowance]) => [key, currentLevel(found, key, now, allowance)]));
			const change = decide(levels);
			if (!change) return undefined;
			return new Map(
				[...levels].map(([key, level]) => [key, kept(change(level, key), now, allowanceOf(attempt, key))]),
			);
		});
	}
}

/** The name's own failures at the address, those that are not forgotten. */
function levelOfPair(levels: ReadonlyMap<string, number>): number {
	return [...levels].find(([key]) => key.startsWith("pair:"))?.[1] ?? 0;
}

/** What a bucket says of an attempt when it is full. */
function partOf(key: string): keyof Verdict {
	if (key.startsWith("address:")) return "waitIfWrong";
	return key.startsWith("users:") || key.startsWith("others:") ? "waitIfRight" : "wait";
}

/** An address's buckets are never fuller than full: what comes in beside a crowd does not make it wait the longer. */
function filled(level: number, share: number, key: string, { burst }: Allowance): number {
	if (partOf(key) === "wait") return level + share;
	return waitMs(level, { burst, refillMs: 1 }) > 0 ? level : level + share;
}

/** What a failure adds to a bucket. @param pairLevel failures of the name at the address before it */
function shareOf(key: string, pairLevel: number): number {
	return partOf(key) !== "wait" && pairLevel > 0 ? furtherShare : 1;
}

/** Guesses of others stay counted when the owner comes; what only the owner can have caused is forgiven. */
function isOnesOwn(key: string): boolean {
	return partOf(key) === "wait" && !key.startsWith("account:");
}

function currentLevel(found: ReadonlyMap<string, Bucket>, key: string, now: Date, allowance: Allowance): number {
	const bucket = found.get(key);
	return bucket ? levelAt(bucket, now, allowance) : 0;
}

function kept(level: number, at: Date, { refillMs }: Allowance): KeptBucket {
	return { level, at, emptyAt: new Date(at.getTime() + level * refillMs) };
}

function allowanceOf(attempt: Attempt, key: string): Allowance {
	const allowance = attempt.get(key);
	if (!allowance) throw new Error(`There is no allowance for ${key}.`);
	return allowance;
}

/** A typed name is kept as a hash only: it may be a password in the wrong field. */
function markOf(name: string): string {
	return createHash("sha256").update(name).digest("base64url").slice(0, 24);
}

/** IPv4 as it is, IPv6 by its /64: whoever has one address there has all of them. */
export function networkOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
	if (!plain.includes(":")) return plain;
	return `${expanded(plain).slice(0, 4).join(":")}::/64`;
}

function expanded(address: string): string[] {
	const [head = "", tail] = address.toLowerCase().split("::");
	const left = head === "" ? [] : head.split(":");
	const right = !tail ? [] : tail.split(":");
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
	return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}
