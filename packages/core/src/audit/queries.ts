import { randomUUID } from "node:crypto";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { pageOffset } from "../kernel/http/paging.ts";
import { actingId, divisionsWith, type Principal } from "../kernel/principal.ts";
import type { AuditEntry } from "./model.ts";
import { type AuditQuery, longestQueryMs, readQuery } from "./query-bodies.ts";
import { type KeptQuery, keptQueries } from "./query-store.ts";
import { countEntries, type EntryPlace, type EntrySearch, type FoundEntry, findEntries } from "./store.ts";

export const auditPermission = "audits:audit:view";

/** As long as anything was, and will be. */
export const earliest = new Date("0001-01-01T00:00:00.000Z");
export const latest = new Date("9999-12-31T23:59:59.999Z");

type Asked = Omit<EntrySearch, "divisions">;

const lastsMs = 24 * 3_600_000;
const mostOfOne = 50;
const expiry = "audit.query.expire";
const mostAtOnce = 500;

/**
 * Questions of entries. Each reader is told what lies in divisions where they may read audits; what is the whole
 * organization's, as roles and clients are, needs all of them. Judged anew with every page.
 */
export class AuditQueries {
	readonly #kernel: Pick<Kernel, "database" | "jobs" | "clock">;

	constructor(kernel: Pick<Kernel, "database" | "jobs" | "clock">) {
		this.#kernel = kernel;
		kernel.jobs.handle(expiry, async (trx, payload) => {
			await keptQueries.remove(trx, (payload as { id: string }).id);
		});
	}

	/** One page, and how many there are. */
	async page(asked: Asked, page: PageRequest, principal: Principal): Promise<{ entries: FoundEntry[]; total: number }> {
		const { db } = this.#kernel.database;
		const search = { ...asked, divisions: reachOf(principal) };
		const [entries, total] = await Promise.all([
			findEntries(db, search, { limit: page.pageSize, offset: pageOffset(page) }),
			countEntries(db, search),
		]);
		return { entries, total };
	}

	/** All of them in parts, as a file needs them. */
	async *all(asked: Asked, principal: Principal): AsyncGenerator<FoundEntry[]> {
		const search = { ...asked, divisions: reachOf(principal) };
		let after: EntryPlace | undefined;
		for (;;) {
			const entries = await findEntries(this.#kernel.database.db, search, { limit: mostAtOnce, after });
			if (entries.length > 0) yield entries;
			if (entries.length < mostAtOnce) return;
			after = entries.at(-1);
		}
	}

	/** What else came of the request of which an entry came. @throws ApiError 404 `not.found` */
	async related(id: string, principal: Principal): Promise<AuditEntry[]> {
		const { db } = this.#kernel.database;
		const search = { from: earliest, to: latest, divisions: reachOf(principal), isAscending: true };
		const [entry] = await findEntries(db, { ...search, id }, { limit: 1 });
		if (!entry) throw notFound("audit", id);
		if (!entry.correlationId) return [];
		const found = await findEntries(db, { ...search, correlationId: entry.correlationId }, { limit: mostAtOnce });
		return found.filter((one) => one.id !== id);
	}

	/** Keeps a query. @throws ApiError 400 naming the field; 429 `too.many.jobs` */
	async keep(query: AuditQuery, principal: Principal): Promise<KeptQuery> {
		readQuery(query, longestQueryMs);
		const { database, clock, jobs } = this.#kernel;
		const [id, at, owner] = [randomUUID(), clock.now(), actingId(principal)];
		const expiresAt = new Date(at.getTime() + lastsMs);
		await database.change(async (trx) => {
			if ((await keptQueries.countHeld(trx, owner, at)) >= mostOfOne) throw tooMany();
			await keptQueries.add(trx, { id, query, at }, owner, expiresAt);
			await jobs.schedule(trx, { kind: expiry, key: id, runAt: expiresAt, payload: { id } });
		});
		return { id, query, at };
	}

	/** The caller's own. @throws ApiError 404 `not.found` */
	async get(id: string, principal: Principal): Promise<KeptQuery> {
		const { database, clock } = this.#kernel;
		const found = await keptQueries.get(database.db, id, actingId(principal), clock.now());
		if (!found) throw notFound("audit query", id);
		return found;
	}

	/** The next entries of a kept query; no cursor where there are no more. What came after it is no result of it. */
	async results(
		id: string,
		{ cursor, pageSize = 25 }: { cursor?: string; pageSize?: number },
		principal: Principal,
	): Promise<{ entries: FoundEntry[]; cursor?: string }> {
		const { query, at } = await this.get(id, principal);
		const asked = readQuery(query, longestQueryMs);
		const to = new Date(Math.min(asked.to.getTime(), at.getTime() + 1));
		const search = { ...asked, to, divisions: reachOf(principal) };
		const after = cursor === undefined ? undefined : readCursor(cursor);
		const entries = await findEntries(this.#kernel.database.db, search, { limit: pageSize, after });
		const last = entries.length === pageSize ? entries.at(-1) : undefined;
		return { entries, ...(last ? { cursor: writeCursor(last) } : {}) };
	}
}

function reachOf(principal: Principal): EntrySearch["divisions"] {
	const divisions = divisionsWith(principal, [auditPermission]);
	return divisions === "all" ? "all" : [...divisions];
}

function tooMany(): ApiError {
	const text = "There are {most} queries already. Wait until some of them expire: each is kept for a day.";
	return new ApiError(429, "too.many.jobs", text, { params: { most: String(mostOfOne) } });
}

function writeCursor({ at, seq }: EntryPlace): string {
	return Buffer.from(JSON.stringify([at.getTime(), seq])).toString("base64url");
}

/** @throws ApiError 400 naming `cursor` */
function readCursor(cursor: string): EntryPlace {
	try {
		const [ms, seq] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
		const at = new Date(Number(ms));
		if (Number.isSafeInteger(seq) && !Number.isNaN(at.getTime())) return { at, seq: Number(seq) };
	} catch {
		// Whatever it is, it is none of ours.
	}
	throw badField("cursor", "cursor is none that came with results of this query.");
}
