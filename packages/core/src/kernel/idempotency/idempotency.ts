import { createHash } from "node:crypto";
import type { Database, Trx } from "../database/database.ts";
import { withFirstChange } from "../database/first-change.ts";
import { ApiError, badField } from "../http/api-error.ts";
import type { FileBody } from "../http/file-body.ts";
import { Answer, type Route, type RouteAnswer } from "../http/route.ts";
import type { Principal } from "../principal.ts";
import type { Clock } from "../time/clock.ts";
import type { Jobs } from "../time/jobs.ts";
import { type Asked, type Done, idempotencyStore as store } from "./store.ts";

/** How long a key is remembered (agent-features 0.1-6), ms. */
const keptMs = 24 * 3_600_000;
const pruneJob = "idempotency.prune";
const pruneEveryMs = 3_600_000;
const prunedAtOnce = 5_000;
/** Longer answers are not kept: who asks again is told that it was done. Characters. */
const longestAnswer = 500_000;

const answerLost = "idempotency.answer.lost";

/** What a request with a key asks. */
export interface KeyedRequest {
	route: Pick<Route, "success" | "holdsSecret" | "actsOutside">;
	principal: Principal;
	/** As the header has it. */
	key: string;
	method: string;
	url: string;
	body?: unknown;
	/** In place of a body: what comes as a file, and is compared once it has come. */
	file?: Pick<FileBody, "digest">;
}

/**
 * The same key of the same caller does a thing once, and gets the first answer again for a day (`Idempotency-Key`,
 * agent-features 0.1-6). The key is saved with the first change of the request that writes something, so that what was done is known
 * to be done whatever is killed when; a request that changed nothing, as one that was refused, leaves its key free, and so does
 * a look before the change. What acts outside of the database (`actsOutside`) has its key saved before it does.
 */
export class Idempotency {
	readonly #database: Database;
	readonly #clock: Clock;
	readonly #jobs: Jobs;
	/** What is being done, so that a second click waits for the first one's answer. */
	readonly #underWay = new Map<string, { wanted: Asked; whole: Whole; answer: Promise<RouteAnswer> }>();

	constructor({ database, clock, jobs }: { database: Database; clock: Clock; jobs: Jobs }) {
		this.#database = database;
		this.#clock = clock;
		this.#jobs = jobs;
		jobs.handle(pruneJob, (trx) => this.#prune(trx));
	}

	/** Begins to forget what is older than a day. */
	start(): Promise<void> {
		return this.#database.change((trx) => this.#schedulePrune(trx, pruneEveryMs));
	}

	/**
	 * @throws ApiError 400 `invalid.value` for a key that is none, 409 `idempotency.key.reused` | `idempotency.answer.lost`, and
	 * what the work throws
	 */
	async once(asked: KeyedRequest, work: () => Promise<RouteAnswer>): Promise<RouteAnswer> {
		const wanted = read(asked);
		const whole = wholeOf(wanted, asked);
		const place = JSON.stringify([wanted.caller, wanted.key]);
		const first = this.#underWay.get(place);
		if (first) {
			requireSame(first.wanted, wanted);
			const answer = asAnswer(await first.answer, asked.route);
			requireSame(await first.whole(), await whole());
			return replayed(answer);
		}
		const answer = this.#first(wanted, whole, asked, work);
		this.#underWay.set(place, { wanted, whole, answer });
		try {
			return await answer;
		} finally {
			this.#underWay.delete(place);
		}
	}

	async #first(
		wanted: Asked,
		whole: Whole,
		{ route }: KeyedRequest,
		work: () => Promise<RouteAnswer>,
	): Promise<RouteAnswer> {
		const done = await store.find(this.#database.db, wanted, this.#since());
		// The file is kept with the answer: where the server ended before it, its name and size in the address have to do.
		if (done) return again(done, done.answer === null ? wanted : await whole());
		const claim = {
			write: async (trx: Trx) => {
				// Another server process was faster: nothing of this one's change is saved.
				if (!(await store.add(trx, wanted, this.#clock.now(), this.#since()))) throw lost();
			},
			takeBack: (trx: Trx) => store.free(trx, wanted),
		};
		const doing = async (isDone: () => Promise<boolean>) => {
			try {
				const result = await work();
				if (!route.holdsSecret && (await isDone())) await this.#keep(await whole(), route, result);
				return result;
			} catch (error) {
				if (isRefusal(error) && (await isDone())) await this.#database.change((trx) => store.free(trx, wanted));
				throw error;
			}
		};
		if (!route.actsOutside) return withFirstChange(claim, doing);
		await this.#database.change(claim.write);
		return doing(async () => true);
	}

	async #keep(wanted: Asked, route: KeyedRequest["route"], result: RouteAnswer): Promise<void> {
		const { status, body, headers } = asAnswer(result, route);
		const answer = JSON.stringify({ status, body, headers });
		if (answer.length <= longestAnswer) await store.answer(this.#database, wanted, answer);
	}

	async #prune(trx: Trx): Promise<void> {
		const gone = await store.forget(trx, this.#since(), prunedAtOnce);
		await this.#schedulePrune(trx, gone < prunedAtOnce ? pruneEveryMs : 0);
	}

	#schedulePrune(trx: Trx, inMs: number): Promise<void> {
		return this.#jobs.schedule(trx, {
			kind: pruneJob,
			key: "all",
			runAt: new Date(this.#clock.now().getTime() + inMs),
		});
	}

	#since(): Date {
		return new Date(this.#clock.now().getTime() - keptMs);
	}
}

function read({ route, principal, key, method, url, body }: KeyedRequest): Asked {
	if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
		throw badField("Idempotency-Key", "Idempotency-Key must be 1 to 255 characters without spaces, such as a UUID.");
	}
	const content = route.holdsSecret ? null : (body ?? null);
	const request = hashOf([method, url, content]);
	return { caller: `${principal.clientId} ${principal.userId ?? ""}`, key, request };
}

/** What was asked with its file, which is known once that has come. */
type Whole = () => Promise<Asked>;

function wholeOf(wanted: Asked, { file }: KeyedRequest): Whole {
	let whole: Promise<Asked> | undefined;
	return () => {
		whole ??= file
			? file.digest().then((digest) => ({ ...wanted, request: hashOf([wanted.request, digest]) }))
			: Promise.resolve(wanted);
		return whole;
	};
}

function hashOf(parts: readonly unknown[]): string {
	return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

function asAnswer(result: RouteAnswer, { success }: KeyedRequest["route"]): Answer {
	return result instanceof Answer ? result : new Answer(success.status, result);
}

function again(done: Done, wanted: Asked): Answer {
	requireSame(done, wanted);
	if (done.answer === null) throw lost();
	const { status, body, headers } = JSON.parse(done.answer) as Answer;
	return replayed(new Answer(status, body, headers));
}

/** Who is refused may ask again: what was changed before, as the count of wrong passwords, is no part of what was asked. */
function isRefusal(error: unknown): boolean {
	return error instanceof ApiError && error.status < 500 && error.code !== answerLost && !error.options.mayBeDone;
}

/** So that a program can tell that nothing was done just now. */
function replayed(answer: Answer): Answer {
	return new Answer(answer.status, answer.body, { ...answer.headers, "idempotent-replayed": "true" });
}

function requireSame({ request }: { request: string }, wanted: Asked): void {
	if (request === wanted.request) return;
	const text =
		"This Idempotency-Key was sent with another request in the last 24 hours. Send each request with a new one.";
	throw new ApiError(409, "idempotency.key.reused", text, {
		details: [{ errorCode: "idempotency.key.reused", fieldName: "Idempotency-Key" }],
	});
}

/** It was done, and the answer is not there: it holds a secret, or the server ended before it was kept. */
function lost(): ApiError {
	const text =
		"This was done by an earlier request with the same Idempotency-Key, whose answer is not kept. Read what it made.";
	return new ApiError(409, answerLost, text);
}
