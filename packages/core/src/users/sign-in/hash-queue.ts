import { availableParallelism } from "node:os";
import { ApiError } from "../../kernel/http/api-error.ts";

/**
 * Who waits. Known devices come first, then what signed-in people ask for, then strangers: a crowd of strangers makes
 * nobody wait who has signed in from here before.
 */
export type Lane = "known" | "staff" | "stranger";

/** Whose turn it is to be bounded: a device, an address, or the API. */
export interface Waiter {
	lane: Lane;
	/** At most so many of one key wait as {@link HashQueueOptions.waitingPerKey} says. */
	key: string;
}

export interface HashQueueOptions {
	/** Works that run at once. */
	slots?: number;
	waiting?: Readonly<Record<Lane, number>>;
	waitingPerKey?: Readonly<Record<Lane, number>>;
}

/** 503 `too.many.sign.ins`: the queue is full, and nothing was looked at. */
export class HashQueueFull extends ApiError {
	/** After which trying again makes sense, s. */
	readonly retryAfter: number;
	constructor(retryAfter: number) {
		super(503, "too.many.sign.ins", "Too many passwords are being checked at once. Try again in {seconds} seconds.", {
			params: { seconds: String(retryAfter) },
			headers: { "retry-after": String(retryAfter) },
		});
		this.retryAfter = retryAfter;
	}
}

interface Entry {
	start(): void;
	/** Gives the place up to somebody of whom fewer wait. */
	drop(reason: HashQueueFull): void;
}

/** Who waits in a lane, by key, in the order of the keys' next turns. */
type Waiting = Map<string, Entry[]>;

const lanes = ["known", "staff", "stranger"] as const;
/** What one check takes on a slow machine, ms: only for telling how long to wait. */
const guessedMs = 60;

/**
 * Lets few passwords be hashed at once and few wait. A hash takes tens of milliseconds of a whole core and 19 MiB, in one
 * of libuv's four threads: without a bound, three hundred sign-ins at once keep files, names and health checks waiting.
 * Those who wait take turns by key, and a full queue is shared out: whoever has the most in it gives one place up to a
 * sender with fewer, so that a crowd from one address makes others wait for one of its checks, and refuses only itself.
 */
export class HashQueue {
	readonly #slots: number;
	readonly #waiting: Readonly<Record<Lane, number>>;
	readonly #waitingPerKey: Readonly<Record<Lane, number>>;
	readonly #entries: Readonly<Record<Lane, Waiting>> = { known: new Map(), staff: new Map(), stranger: new Map() };
	#running = 0;

	constructor(options: HashQueueOptions = {}) {
		// At least one of libuv's threads, and half of the machine, stay free for everything else.
		this.#slots = options.slots ?? Math.min(3, Math.max(1, Math.floor(availableParallelism() / 2)));
		this.#waiting = options.waiting ?? { known: 64, staff: 2_000, stranger: 64 };
		this.#waitingPerKey = options.waitingPerKey ?? { known: 4, staff: 2_000, stranger: 32 };
	}

	/** @throws HashQueueFull at once, without having begun `work` */
	async run<T>(who: Waiter, work: () => Promise<T>): Promise<T> {
		if (this.#running >= this.#slots) await this.#turn(who);
		else this.#running++;
		try {
			return await work();
		} finally {
			this.#next();
		}
	}

	#turn({ lane, key }: Waiter): Promise<void> {
		const waiting = this.#entries[lane];
		const ofKey = waiting.get(key) ?? [];
		if (ofKey.length >= this.#waitingPerKey[lane]) throw this.#full(waiting);
		if (countOf(waiting) >= this.#waiting[lane]) this.#makeRoom(waiting, ofKey.length);
		return new Promise((start, drop) => waiting.set(key, [...ofKey, { start, drop }]));
	}

	/** Takes the last place of whoever has most of them, if that is more than the newcomer would have. */
	#makeRoom(waiting: Waiting, ofNewcomer: number): void {
		const most = [...waiting.values()].reduce((one, other) => (other.length > one.length ? other : one), []);
		if (most.length <= ofNewcomer + 1) throw this.#full(waiting);
		most.pop()?.drop(this.#full(waiting));
	}

	#full(waiting: Waiting): HashQueueFull {
		return new HashQueueFull(Math.ceil((countOf(waiting) * guessedMs) / this.#slots / 1000) + 1);
	}

	/** Hands the slot on, so that nobody who comes meanwhile overtakes those who wait. */
	#next(): void {
		const lane = lanes.find((each) => this.#entries[each].size > 0);
		if (lane) takeTurn(this.#entries[lane])?.start();
		else this.#running--;
	}
}

function countOf(waiting: Waiting): number {
	return [...waiting.values()].reduce((sum, entries) => sum + entries.length, 0);
}

/** The first of the key whose turn it is; its others wait until each of the other keys has had one. */
function takeTurn(waiting: Waiting): Entry | undefined {
	const [first] = waiting;
	if (!first) return undefined;
	const [key, [entry, ...others]] = first;
	waiting.delete(key);
	if (others.length > 0) waiting.set(key, others);
	return entry;
}
