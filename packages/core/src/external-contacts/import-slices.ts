import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import { NoTurn } from "../kernel/database/turns.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { KeptWork } from "../kernel/time/kept-work.ts";
import { type ImportParts, type ImportWish, importContacts } from "./import.ts";
import { type ContactImport, type ImportSlice, importStore } from "./import-store.ts";
import type { ReadRow } from "./importing.ts";
import type { ContactReading } from "./recognition.ts";
import { twins } from "./twins.ts";

/** As many rows are one change: what else happens is told of at its end (docs/decisions/0001), within a few hundredths of a second. */
export const sliceRows = 100;
/** A database that is away is soon back, ms. */
const retryMs = [1_000, 5_000, 30_000, 120_000, 600_000];

/** What whoever brought a file holds at each slice of it. */
export interface ImportRights extends Pick<ContactReading, "divisionsOfAll"> {
	/** Whether the user's or the client's account is in use still. */
	isActive(trx: Trx, actor: Actor): Promise<boolean>;
}

/**
 * Long files of contacts come in slice by slice, each in a change of its own with the note that it was taken: a server that
 * is killed goes on with the next one, and no row is taken twice.
 */
export function createImports(kernel: Kernel, parts: ImportParts, holdings: ImportRights) {
	const { database, clock } = kernel;
	const work = new KeptWork<ImportSlice>(kernel, {
		kind: "contacts.import",
		retryMs,
		waiting: async () => (await importStore.running(database.db)).map(placeOf),
		next: importStore.next,
		tries: ({ of: { attempts, tryAt } }) => ({ attempts, ...(tryAt ? { tryAt } : {}) }),
		hold: importStore.lock,
		work: take,
		async postpone(trx, { of }, next) {
			if (!(await importStore.lock(trx, of.id))) return false;
			await importStore.postpone(trx, of.id, next);
			return true;
		},
		giveUp: ({ of }, error) => fail(of, error),
	});

	async function take(slice: ImportSlice): Promise<void> {
		const { of, rows: read } = slice;
		const { existing, divisionId, actor } = of;
		const nothing = { created: 0, completed: 0, skipped: 0, faults: [] };
		try {
			await importContacts(
				kernel,
				parts,
				{ read, existing, divisionId, isPreview: false },
				actor,
				async (trx, takeAll) => {
					await importStore.lock(trx, of.id);
					await requireStill(trx, slice);
					if (!(await importStore.takeOut(trx, slice))) return nothing;
					const done = await takeAll();
					await importStore.note(trx, slice, done);
					return done;
				},
			);
		} catch (error) {
			// Refused once, it is refused each time: the division is gone. Where too many files wait, it is this one's turn later.
			if (!(error instanceof ApiError) || error instanceof NoTurn) throw error;
			await fail(of, error);
		}
	}

	/** Who has lost a right or their account meanwhile brings nobody in with it any more. @throws ApiError 403 */
	async function requireStill(trx: Trx, { of: { actor, divisionId, existing }, rows }: ImportSlice): Promise<void> {
		const subject = actor.userId ?? actor.clientId;
		if (subject === undefined) return;
		if (!(await holdings.isActive(trx, actor))) throw new ApiError(403, "missing.any.permissions", notActive);
		for (const permissions of neededFor(existing, rows)) {
			const held = await holdings.divisionsOfAll(trx, [subject], permissions);
			if (held === "all" || held.has(divisionId)) continue;
			throw new ApiError(403, "missing.any.permissions", lostRight, {
				params: { permissions: permissions.join(", ") },
			});
		}
	}

	async function fail({ id }: ContactImport, error: unknown): Promise<void> {
		// What a database says is for operators: it names what is inside.
		const why = error instanceof ApiError ? error.message : interrupted;
		kernel.log.warn({ err: error, import: id }, "the rest of a file of contacts was not taken");
		await database.change(async (trx) => {
			if (await importStore.lock(trx, id)) await importStore.fail(trx, id, why);
		});
	}

	return {
		start: () => work.start(),
		stop: () => work.stop(),
		idle: () => work.idle(),

		/** Orders all rows to be taken, one slice after the other. */
		async begin({ read, existing, divisionId }: Omit<ImportWish, "isPreview">, actor: Actor): Promise<ContactImport> {
			const one: ContactImport = {
				...{ id: randomUUID(), divisionId, existing, actor, total: read.length, at: clock.now() },
				...{ taken: 0, created: 0, completed: 0, skipped: 0, attempts: 0 },
			};
			const count = Math.ceil(read.length / sliceRows);
			const slices = Array.from({ length: count }, (_, n) => read.slice(n * sliceRows, (n + 1) * sliceRows));
			await database.change(async (trx) => {
				await parts.standing(trx, divisionId);
				if ((await importStore.holdUnderWay(trx, actor)) >= mostUnderWay) throw tooMany();
				await importStore.add(trx, one, slices);
				await work.order(trx, placeOf(one));
			});
			return one;
		},

		find: (id: string) => importStore.find(database.db, id),
		lastOf: (userId: string) => importStore.lastOf(database.db, userId),
		/** Somebody has seen how one of theirs ended, or all of them: they need not be told of it any more. */
		putAway: (userId: string, id?: string) => database.change((trx) => importStore.forget(trx, userId, id)),
	};
}

const interrupted =
	"The server could not take the other rows (import.interrupted): its log says why. Bring the file again; who is there is passed over.";

const lostRight = "Whoever brought the file has no right to take in its other rows any more: {permissions}.";

const notActive = "The account of whoever brought the file is not active any more: its other rows were not taken.";

/** What each row takes; the same as is asked for of the whole file. */
function neededFor(existing: ImportWish["existing"], rows: readonly ReadRow[]): string[][] {
	return [
		twins("contact", "add"),
		...(existing === "complete" ? [twins("contact", "edit")] : []),
		...(rows.some(({ organization }) => organization) ? [twins("externalOrganization", "add")] : []),
	];
}

/** Of one who brings them; each holds its rows in the database until they are taken. */
const mostUnderWay = 5;

function tooMany(): ApiError {
	const message = "{most} files of yours are under way already. Wait until one of them has been taken.";
	return new ApiError(409, "import.tooMany", message, { params: { most: String(mostUnderWay) } });
}

/** Two files of one division come one after the other. */
function placeOf({ id, divisionId }: ContactImport) {
	return { key: id, line: divisionId };
}
