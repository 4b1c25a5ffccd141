import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import type { StillMay } from "../kernel/still-may.ts";
import type { ContactStore, ImportMode } from "./contact-store.ts";
import { csvRows, type GoodRow } from "./csv-rows.ts";
import { importEnded } from "./events.ts";
import type { ContactListValue, ImportStatus, RowError, Thing } from "./model.ts";
import { spooled } from "./spool.ts";
import type { Things } from "./things.ts";

const importJob = "outbound.import";
/** Rows that are checked, and that come into the list, at once: enough to be quick, few enough that nobody waits for them. */
const stagedAtOnce = 1_000;
const movedAtOnce = 5_000;
/** Rows that one list may have, and refused ones that are told one by one. */
const mostRows = 1_000_000;
const mostErrors = 1_000;

interface ImportJob {
	listId: string;
	importId: string;
	mode: ImportMode;
	total: number;
	refused: number;
	errors: RowError[];
	done: number;
	kept: number;
	/** Row up to which all are through; absent in jobs of an older version, which took away what was. */
	after?: number;
	actor: Actor;
}

export interface ImportWish {
	mode: ImportMode;
	encoding: "utf-8" | "windows-1252";
}

/**
 * Uploads of contacts. All of the file is read and checked first: one that is none of the list's changes nothing. Its good rows
 * then come into the list some thousand at a time, by a job that goes on after a kill where it was.
 */
export function createImports(
	{
		database,
		jobs,
		events,
		clock,
		config,
		room,
	}: Pick<Kernel, "database" | "jobs" | "events" | "clock" | "config" | "room">,
	{
		lists,
		contacts,
		country,
		stillMay,
	}: { lists: Things<ContactListValue>; contacts: ContactStore; country(): Promise<string>; stillMay: StillMay },
) {
	/** Lists into which a file is being read, of which nothing has come in yet. */
	const reading = new Set<string>();
	jobs.handle(importJob, (trx, payload) => goOn(trx, payload as ImportJob));

	async function note(
		trx: Trx,
		listId: string,
		importStatus: ImportStatus,
	): Promise<Thing<ContactListValue> | undefined> {
		const list = await lists.store.lock(trx, listId);
		if (list) await lists.store.update(trx, { ...list, value: { ...list.value, importStatus } });
		return list;
	}

	/** What the file does, and whoever brought it may not do any more in the division in which the list is by now. */
	async function lost(trx: Trx, { divisionId = "" }: Thing<ContactListValue>, { mode, actor }: ImportJob) {
		for (const one of neededFor(mode)) if (!(await stillMay(trx, actor, one, divisionId))) return one;
		return undefined;
	}

	/** The rest of a file of which some rows are in the list already. */
	async function giveUp(trx: Trx, job: ImportJob, permission: string): Promise<void> {
		await contacts.clearUpload(trx, job.listId);
		const failed = { ...statusOf(job, "FAILED"), failureReason: lostRight.replace("{permissions}", permission) };
		const list = await note(trx, job.listId, failed);
		if (list) await events.append(trx, [importEnded(list, failed, job.actor)]);
	}

	async function goOn(trx: Trx, job: ImportJob): Promise<void> {
		const { listId, importId, mode } = job;
		const into = await lists.store.lock(trx, listId);
		const missing = into && (await lost(trx, into, job));
		if (missing !== undefined) return giveUp(trx, job, missing);
		const slice = { importId, mode, after: job.after ?? 0, limit: movedAtOnce };
		const { taken, kept, last } = await contacts.move(trx, listId, slice);
		const now = { ...job, done: job.done + taken, kept: job.kept + kept, after: last };
		const isOver = taken < movedAtOnce;
		if (isOver) await contacts.clearUpload(trx, listId);
		if (isOver && mode === "replace") await contacts.deleteOthers(trx, listId, importId);
		const list = await note(trx, listId, statusOf(now, isOver ? "COMPLETE" : "IN_PROGRESS"));
		if (!list) return;
		if (isOver) await events.append(trx, [importEnded(list, statusOf(now, "COMPLETE"), job.actor)]);
		else await jobs.schedule(trx, { kind: importJob, key: listId, runAt: clock.now(), payload: now });
	}

	async function staged(list: Thing<ContactListValue>, file: Readable, { encoding }: ImportWish) {
		const found: { total: number; refused: number; errors: RowError[] } = { total: 0, refused: 0, errors: [] };
		const refuse = (error: RowError) => {
			found.refused += 1;
			if (found.errors.length < mostErrors) found.errors.push(error);
		};
		let rows: GoodRow[] = [];
		// While some rows are written, the next ones are read.
		let saving = Promise.resolve();
		const save = async (sent: readonly GoodRow[]) => {
			const twice = await database.change((trx) => contacts.stage(trx, list.id, sent));
			for (const row of twice) {
				const value = sent.find((one) => one.row === row)?.key ?? "";
				refuse({ row, field: list.value.keyColumn ?? "", code: "key.twice", value });
			}
		};
		await database.change((trx) => contacts.clearUpload(trx, list.id));
		for await (const row of csvRows(file, { list: list.value, country: await country(), encoding })) {
			found.total += 1;
			if (found.total > mostRows) throw tooMany();
			if ("code" in row) refuse(row);
			else rows.push(row);
			if (rows.length < stagedAtOnce) continue;
			await saving;
			saving = save(rows);
			// Whoever awaits it hears of its failure; until then nobody does.
			saving.catch(() => undefined);
			rows = [];
		}
		await saving;
		if (rows.length > 0) await save(rows);
		return found;
	}

	return {
		/** @throws ApiError 400 for a file that is none of the list's, 409 `outbound.import.running` */
		async begin(listId: string, file: Readable, wish: ImportWish, actor: Actor): Promise<ImportStatus> {
			const list = await lists.require(listId);
			if (reading.has(listId) || list.value.importStatus?.state === "IN_PROGRESS") throw running();
			room.require();
			reading.add(listId);
			try {
				return await begun(list, file, wish, actor);
			} finally {
				reading.delete(listId);
			}
		},

		/** How far the last upload is: from the moment at which its file comes. */
		statusOf: ({ id, value }: Thing<ContactListValue>): ImportStatus | undefined =>
			reading.has(id) ? readingStatus : value.importStatus,
	};

	async function begun(
		list: Thing<ContactListValue>,
		file: Readable,
		wish: ImportWish,
		actor: Actor,
	): Promise<ImportStatus> {
		const listId = list.id;
		const work = spooled(file, config.dataDir, (read) => staged(list, read, wish));
		const found = await work.catch(async (error: unknown) => {
			await database.change((trx) => contacts.clearUpload(trx, listId));
			throw error;
		});
		const job: ImportJob = {
			...{ listId, importId: randomUUID(), mode: wish.mode, done: 0, kept: 0, actor },
			...found,
			errors: found.errors.toSorted((a, b) => a.row - b.row),
		};
		const status = statusOf(job, "IN_PROGRESS");
		const lostWhile = await database.change(async (trx) => {
			const now = await lists.store.lock(trx, listId);
			if (now?.value.importStatus?.state === "IN_PROGRESS") throw running();
			const missing = await lost(trx, now ?? list, job);
			if (missing !== undefined) {
				await contacts.clearUpload(trx, listId);
				return missing;
			}
			await note(trx, listId, status);
			await jobs.schedule(trx, { kind: importJob, key: listId, runAt: clock.now(), payload: job });
			return undefined;
		});
		if (lostWhile !== undefined) throw notAnyMore(lostWhile);
		return status;
	}
}

/** As the same done to contacts one by one: rows come in, those of the same key are changed, and what no row names goes. */
export function neededFor(mode: ImportMode): string[] {
	const actions = { append: ["add"], update: ["add", "edit"], replace: ["add", "edit", "delete"] }[mode];
	return actions.map((action) => `outbound:contact:${action}`);
}

const lostRight = "Whoever brought the file may not bring its rows into this list any more: {permissions}.";

function notAnyMore(permission: string): ApiError {
	return new ApiError(403, "missing.division.permission", lostRight, { params: { permissions: permission } });
}

const readingStatus: ImportStatus = {
	...{ state: "IN_PROGRESS", totalRecords: 0, completedRecords: 0, percentComplete: 0 },
	...{ inlayErrors: [], inlayRefusedRecords: 0 },
};

function statusOf({ total, done, kept, refused, errors }: ImportJob, state: ImportStatus["state"]): ImportStatus {
	const looked = done + refused;
	return {
		state,
		totalRecords: total,
		completedRecords: kept,
		percentComplete: total === 0 || state === "COMPLETE" ? 100 : Math.floor((looked / total) * 100),
		inlayErrors: errors,
		inlayRefusedRecords: refused,
	};
}

function running(): ApiError {
	return new ApiError(409, "outbound.import.running", "A file is being read into this list; wait until that is done.");
}

function tooMany(): ApiError {
	return new ApiError(400, "outbound.import.size", "A contact list has at most {most} rows; part the file.", {
		params: { most: String(mostRows) },
		details: [{ errorCode: "outbound.import.size", fieldName: "file" }],
	});
}
