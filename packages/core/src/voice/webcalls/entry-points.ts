import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import { onlyOne, readDialable } from "../../conversations/targets.ts";
import type { Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor } from "../../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../../kernel/http/api-error.ts";
import { readOrigins } from "../../kernel/http/page-origins.ts";
import { entryPointChanged, entryPointDeleted } from "./events.ts";
import { type EntryPoint, type EntryPointStore, entryPointStore, type KeptEntryPoint } from "./store.ts";

/** As many as one organization's pages and numbers need; each call looks at all. */
const mostEntryPoints = 1_000;

/** An entry point as it is asked for: nothing in it is certain yet. */
export type EntryPointWish = EntryPoint;

/** The numbers of the organization, each with the queue, user or group that its calls go to. */
export interface EntryPoints extends Omit<EntryPointStore, "put" | "lock" | "delete"> {
	/** Adds an entry point or replaces the one of that number. @throws ApiError 400 `invalid.value` where there is no such queue */
	put(trx: Trx, entryPoint: EntryPoint): Promise<void>;
	/** @throws ApiError 404 `not.found` */
	require(number: string): Promise<KeptEntryPoint>;
	/** @throws ApiError 400 naming the field; 409 `resource.already.exists` */
	create(wish: EntryPointWish, actor: Actor): Promise<KeptEntryPoint>;
	/** Its number stays what it is. @param seen the version that the change is based on @throws ApiError 400, 404, 409 */
	change(
		number: string,
		wish: Omit<EntryPointWish, "number">,
		seen: number | undefined,
		actor: Actor,
	): Promise<KeptEntryPoint>;
	/** Asked in the transaction that deletes a group. @throws ApiError 409 naming the numbers whose calls go there */
	refuseGroup(trx: Trx, groupId: string): Promise<void>;
	/** The same for a user. */
	refuseUser(trx: Trx, userId: string): Promise<void>;
	/** Calls that came by it go on. @throws ApiError 404, 409 */
	remove(number: string, seen: number | undefined, actor: Actor): Promise<void>;
}

/** @param country ISO 3166 code of the organization: numbers without a country code are of it */
export function createEntryPoints(kernel: Kernel, country: () => Promise<string>): EntryPoints {
	const { database, events } = kernel;
	const store = entryPointStore(database.db);

	async function keep(trx: Trx, entryPoint: EntryPoint, actor: Actor): Promise<KeptEntryPoint> {
		const kept = await store.put(trx, entryPoint);
		if (!kept) throw noTarget(entryPoint);
		await events.append(trx, [entryPointChanged(kept, actor)]);
		return kept;
	}

	async function locked(trx: Trx, number: string, seen: number | undefined): Promise<KeptEntryPoint> {
		const found = await store.lock(trx, number);
		if (!found) throw notFound("number", number);
		if (seen !== undefined && seen !== found.version) throw versionConflict("number", number, seen, found.version);
		return found;
	}

	/** Whoever calls must not fall into nothing: what a number leads to stays until it leads elsewhere. */
	async function refuseTarget(trx: Trx, target: "user" | "group", id: string): Promise<void> {
		const numbers = await store.numbersTo(trx, target, id);
		if (numbers.length === 0) return;
		const text = `Calls to {numbers} go to this ${target}: lead them elsewhere first.`;
		throw new ApiError(409, "general.conflict", text, { params: { numbers: numbers.join(", ") } });
	}

	return {
		...store,
		async put(trx, entryPoint) {
			if (!(await store.put(trx, entryPoint))) throw noTarget(entryPoint);
		},
		async require(number) {
			const found = await store.find(number);
			if (!found) throw notFound("number", number);
			return found;
		},
		async create(wish, actor) {
			const number = readNumber(wish.number, await country());
			const origins = readOrigins(wish.origins);
			const target = readTarget(wish);
			return database.change(async (trx) => {
				if (await store.lock(trx, number)) throw alreadyExists("number", "number", number);
				if ((await store.all(trx)).length >= mostEntryPoints)
					throw badField("number", `There are ${mostEntryPoints} numbers already.`, "too.many.numbers");
				return keep(trx, { number, ...target, origins }, actor);
			});
		},
		async change(number, wish, seen, actor) {
			return database.change(async (trx) => {
				await locked(trx, number, seen);
				return keep(trx, { number, ...readTarget(wish), origins: readOrigins(wish.origins) }, actor);
			});
		},
		refuseGroup: (trx, groupId) => refuseTarget(trx, "group", groupId),
		refuseUser: (trx, userId) => refuseTarget(trx, "user", userId),
		async remove(number, seen, actor) {
			await database.change(async (trx) => {
				const found = await locked(trx, number, seen);
				await store.delete(trx, number);
				await events.append(trx, [entryPointDeleted(found, actor)]);
			});
		},
	};
}

function noTarget({ queueId, userId, groupId }: EntryPoint) {
	if (userId) return badField("userId", `No active user with id ${userId}.`);
	return groupId
		? badField("groupId", `No group with id ${groupId}.`)
		: badField("queueId", `No queue with id ${queueId}.`);
}

/** Where calls to a number go: a queue, a user or a group. */
function readTarget({ queueId, userId, groupId }: Omit<EntryPoint, "number" | "origins">) {
	onlyOne({ queueId, userId, groupId });
	return { ...(queueId ? { queueId } : {}), ...(userId ? { userId } : {}), ...(groupId ? { groupId } : {}) };
}

/** A number of the organization's own, in E.164: nobody who calls for help may end in a queue. */
export function readNumber(text: string, country: string): string {
	if (isEmergencyNumber(text.replaceAll(/\D/g, ""), country))
		throw badField("number", `${text} is an emergency number: calls to it never come here.`, "emergency.number");
	const { address, digitsAfter } = readDialable(text, "number", country);
	if (address.startsWith("+") && digitsAfter === undefined) return address;
	throw badField("number", "number must be a whole phone number, such as +3173123456, without an extension.");
}
