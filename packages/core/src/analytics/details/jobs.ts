import { randomUUID } from "node:crypto";
import type { AnalysedConversation } from "../../conversations/analysis/model.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import { actingId, type Principal } from "../../kernel/principal.ts";
import type { ConversationDetails } from "./details.ts";
import { findNext, type Hit } from "./find-store.ts";
import { type JobQuery, jobStore } from "./job-store.ts";
import { longestJobMs, readDetailQuery } from "./query.ts";
import { reachOf } from "./reach.ts";

export interface DetailJob {
	id: string;
	submittedAt: Date;
	expiresAt: Date;
}

const lastsMs = 24 * 3_600_000;
const mostOfOne = 50;
const expiry = "analytics.job.expire";
/** However many are wished for: an answer stays small, and its cursor leads on. */
const mostAtOnce = 1_000;

/**
 * Long queries. What has ended is found along indexes in the order in which it began, so a job keeps its query, and its results
 * are read page by page: nothing is gathered first, and everybody sees what they may see then (docs/decisions/0045-analytics.md).
 */
export class DetailJobs {
	readonly #kernel: Pick<Kernel, "database" | "jobs" | "clock">;
	readonly #details: ConversationDetails;

	constructor(kernel: Pick<Kernel, "database" | "jobs" | "clock">, details: ConversationDetails) {
		this.#kernel = kernel;
		this.#details = details;
		kernel.jobs.handle(expiry, async (trx, payload) => {
			await jobStore.remove(trx, (payload as { id: string }).id);
		});
	}

	/** @throws ApiError 400 naming the field; 429 `too.many.jobs` */
	async create(query: JobQuery, principal: Principal): Promise<string> {
		readDetailQuery(query, longestJobMs);
		const { database, jobs, clock } = this.#kernel;
		const [id, owner, now] = [randomUUID(), actingId(principal), clock.now()];
		const expiresAt = new Date(now.getTime() + lastsMs);
		await database.change(async (trx) => {
			if ((await jobStore.countHeld(trx, owner, now)) >= mostOfOne) throw tooMany();
			await jobStore.add(trx, { id, owner, query, submittedAt: now, expiresAt });
			await jobs.schedule(trx, { kind: expiry, key: id, runAt: expiresAt, payload: { id } });
		});
		return id;
	}

	/** The caller's own. @throws ApiError 404 `not.found` */
	async get(jobId: string, principal: Principal): Promise<DetailJob & { query: JobQuery }> {
		const { database, clock } = this.#kernel;
		const job = await jobStore.get(database.db, jobId, actingId(principal), clock.now());
		if (!job) throw notFound("job", jobId);
		return job;
	}

	async remove(jobId: string, principal: Principal): Promise<void> {
		const { id } = await this.get(jobId, principal);
		await this.#kernel.database.change(async (trx) => {
			await jobStore.remove(trx, id);
			await this.#kernel.jobs.cancel(trx, expiry, id);
		});
	}

	/** The next conversations, and where to go on; no cursor where there are no more. */
	async results(
		jobId: string,
		{ cursor, pageSize = mostAtOnce }: { cursor?: string; pageSize?: number },
		principal: Principal,
	): Promise<{ conversations: AnalysedConversation[]; cursor?: string; submittedAt: Date }> {
		const { query, submittedAt } = await this.get(jobId, principal);
		const place = cursor === undefined ? undefined : readCursor(cursor);
		const filter = { ...readDetailQuery(query, longestJobMs), reach: reachOf(principal) };
		// What begins later is no result of this job.
		const to = new Date(Math.min(filter.to.getTime(), submittedAt.getTime()));
		const left = query.limit === undefined ? Number.POSITIVE_INFINITY : query.limit - (place?.given ?? 0);
		const limit = Math.min(pageSize, mostAtOnce, left);
		const db = this.#kernel.database.db;
		const hits = to > filter.from && limit > 0 ? await findNext(db, { ...filter, to }, place, limit) : [];
		const last = hits.length === limit && left > limit ? hits.at(-1) : undefined;
		const given = (place?.given ?? 0) + hits.length;
		return {
			conversations: await this.#details.read(hits.map((one) => one.id)),
			...(last ? { cursor: writeCursor({ ...last, given }) } : {}),
			submittedAt,
		};
	}
}

function tooMany(): ApiError {
	return new ApiError(
		429,
		"too.many.jobs",
		"There are {most} jobs already. Delete those that are done with, or wait until they expire.",
		{
			params: { most: String(mostOfOne) },
		},
	);
}

/** How far the results have been read. */
interface Place extends Hit {
	given: number;
}

function writeCursor({ id, startedAt, given }: Place): string {
	return Buffer.from(JSON.stringify([startedAt.getTime(), id, given])).toString("base64url");
}

/** @throws ApiError 400 naming `cursor` */
function readCursor(cursor: string): Place {
	try {
		const [at, id, given] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
		const startedAt = new Date(Number(at));
		if (typeof id === "string" && Number.isSafeInteger(given) && !Number.isNaN(startedAt.getTime()))
			return { id, startedAt, given: Number(given) };
	} catch {
		// Whatever it is, it is none of ours.
	}
	throw badField("cursor", "cursor is none that came with results of this job.");
}
