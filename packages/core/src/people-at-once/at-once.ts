import { createHash } from "node:crypto";
import { ApiError, refusalOf } from "../kernel/http/api-error.ts";
import { holds, type Principal } from "../kernel/principal.ts";
import type { User } from "../users/model.ts";
import type { UserFilter } from "../users/store.ts";
import type { Users } from "../users/users.ts";
import type { Deed } from "./deeds.ts";

/** People of one request. */
export const mostPeople = 5_000;
/** People whom an answer names; of the others it says how many they are. */
const mostNamed = 100;

/** Who is left out, and why. */
interface Refusal {
	person: User;
	error: ApiError;
}

/** The same, as it is told. */
export interface RefusedPerson {
	id: string;
	name: string;
	code: string;
	message: string;
	messageParams: Record<string, string>;
}

/** What became of the people, or would become of them. */
export interface AtOnce {
	/** How many match. */
	total: number;
	/** Names these people: who has seen them sends it back, and it is done with them or with nobody. */
	seen: string;
	/** With how many it was done; none by a preview. */
	done: number;
	/** With whom it was done; none by a preview. */
	doneIds: string[];
	/** Names and emails of those with whom it would be done, the first of them; none once it was. Names alone are several people's. */
	affected: string[];
	/** How many are as wanted without it. */
	unchanged: number;
	refused: RefusedPerson[];
	refusedCount: number;
	/** Whose turn did not come within the time of one request: it goes on by asking for these. Nobody by a preview. */
	leftIds: string[];
}

/** Who does it, and until when. */
export interface Doing {
	by: Principal;
	/** Who asks, as they are by now: whoever has lost their right goes on with nobody. @throws ApiError 401 or 403 */
	asNow(): Promise<Principal>;
	/** Of a preview: where others match by now, nothing is done. */
	seen?: string | undefined;
}

export interface AtOnceOptions {
	/** How long one request goes on, ms. An answer that takes minutes is one that never arrives. */
	timeMs?: number;
	/** The process's own clock, ms. */
	now?: () => number;
}

/** One thing done with everybody whom a search finds: each is judged by themselves, and who is refused stops nobody else. */
export class PeopleAtOnce {
	readonly #users: Pick<Users, "list">;
	readonly #timeMs: number;
	readonly #now: () => number;

	constructor(users: Pick<Users, "list">, { timeMs = 30_000, now = () => performance.now() }: AtOnceOptions = {}) {
		this.#users = users;
		this.#timeMs = timeMs;
		this.#now = now;
	}

	/** Whom a search finds, by name. @throws ApiError 400 `too.many.people` */
	async matching(filter: UserFilter): Promise<User[]> {
		const { users, total } = await this.#users.list(filter, { pageSize: mostPeople + 1, pageNumber: 1 });
		if (users.length > mostPeople) throw tooMany(total);
		return users;
	}

	/** Tells who is affected, and who is not as that is not one's to do. Nothing is changed. */
	async preview(deed: Deed, filter: UserFilter, by: Principal): Promise<AtOnce & { people: User[] }> {
		const people = await this.matching(filter);
		const { left, unchanged, refused } = await judged(deed, people, by);
		const affected = left.map(({ name, email }) => `${name} (${email})`);
		return { ...answerOf(people, { doneIds: [], leftIds: [], affected, unchanged, refused }), people };
	}

	/**
	 * Does it, portion by portion, each by the rights of that moment; with at least one of them, and with as many as the time of
	 * one request allows. What all of them are refused for alike is thrown.
	 *
	 * @throws ApiError 409 `people.changed`, 400 `too.many.people`, and what the deed refuses whoever it is done with
	 */
	async run(deedOf: (by: Principal) => Deed, filter: UserFilter, { by, asNow, seen }: Doing): Promise<AtOnce> {
		const until = this.#now() + this.#timeMs;
		const people = await this.matching(filter);
		if (seen !== undefined && seen !== nameOf(people)) throw changedMeanwhile();
		const deed = deedOf(by);
		const { left, refused } = await judged(deed, people, by);
		const portions = portionsOf(left, deed.portion, by.userId);
		const doneIds: string[] = [];
		let looked = 0;
		for (const portion of portions) {
			if (looked > 0 && this.#now() > until) break;
			const ended = await refusalOf(async () => {
				const now = await asNow();
				const { doneIds: ids, refused: some } = await this.#portion(deedOf(now), portion, now);
				doneIds.push(...ids);
				refused.push(...some);
			});
			// Whoever asks may do nothing any more: nor would they with the next.
			if (ended)
				refused.push(
					...portions
						.flat()
						.slice(looked)
						.map((person) => ({ person, error: ended })),
				);
			looked += ended ? left.length : portion.length;
		}
		if (refused.length === people.length) refuseWhole(refused);
		const leftIds = idsOf(portions.flat().slice(looked));
		// Somebody else may have done it with some of them in this moment: they are not this deed's to undo.
		const unchanged = people.length - doneIds.length - leftIds.length - refused.length;
		return answerOf(people, { doneIds, leftIds, affected: [], unchanged, refused });
	}

	/**
	 * All of a portion; where that is refused, its halves, until those who are refused stand alone. Who was judged beforehand is
	 * not among them: what is refused here is what nobody could foresee, such as a right that has ended meanwhile.
	 */
	async #portion(
		deed: Deed,
		people: readonly User[],
		by: Principal,
	): Promise<{ doneIds: readonly string[]; refused: readonly Refusal[] }> {
		let doneIds: readonly string[] = [];
		const refusal = await refusalOf(async () => {
			await deed.check?.();
			const lacking = notTheirs(deed, people[0], by);
			if (lacking) throw lacking;
			doneIds = await deed.apply(idsOf(people));
		});
		if (!refusal) return { doneIds, refused: [] };
		if (people.length === 1 || isAboutAll(refusal, people))
			return { doneIds: [], refused: people.map((person) => ({ person, error: refusal })) };
		const half = Math.ceil(people.length / 2);
		const first = await this.#portion(deed, people.slice(0, half), by);
		const second = await this.#portion(deed, people.slice(half), by);
		return { doneIds: [...first.doneIds, ...second.doneIds], refused: [...first.refused, ...second.refused] };
	}
}

/** Asks the deed's own rules about all of them, before anything is done. */
async function judged(deed: Deed, people: readonly User[], by: Principal) {
	await deed.check?.();
	const foreseen = await deed.foresee(portionsOf(people, people.length, by.userId).flat());
	const [left, refused]: [User[], Refusal[]] = [[], []];
	for (const person of people) {
		const verdict = notTheirs(deed, person, by) ?? foreseen.get(person.id);
		if (verdict === undefined) left.push(person);
		else if (verdict !== "unchanged") refused.push({ person, error: verdict });
	}
	return { left, refused, unchanged: people.length - left.length - refused.length };
}

/**
 * People of the same division together, as rights are given by division. Oneself comes last and alone: whoever ends their own
 * right or session first could do the rest no more.
 */
function portionsOf(people: readonly User[], size: number, ownId: string | undefined): User[][] {
	const byDivision = Map.groupBy(
		people.filter(({ id }) => id !== ownId),
		(one) => one.divisionId,
	);
	const portions = [...byDivision.values()].flatMap((some) =>
		Array.from({ length: Math.ceil(some.length / size) }, (_, at) => some.slice(at * size, (at + 1) * size)),
	);
	const own = people.filter(({ id }) => id === ownId);
	return own.length > 0 ? [...portions, own] : portions;
}

/** What is lacked in the division of somebody. */
function notTheirs({ where }: Deed, person: User | undefined, by: Principal): ApiError | undefined {
	if (!where || !person || where.some((permission) => holds(by, permission, person.divisionId))) return undefined;
	return new ApiError(
		403,
		"missing.division.permission",
		"This needs the permission {permissions} in the division {divisionId}.",
		{ params: { permissions: where.join(", "), divisionId: person.divisionId } },
	);
}

/** They are of one division, and that is where something is lacked. */
function isAboutAll({ code, options }: ApiError, people: readonly User[]): boolean {
	return code === "missing.division.permission" && options.params?.divisionId === people[0]?.divisionId;
}

/** What nobody was given for one and the same reason is refused as a whole. */
function refuseWhole([first, ...others]: readonly Refusal[]): void {
	if (first && others.every(({ error }) => error.message === first.error.message)) throw first.error;
}

function answerOf(
	people: readonly User[],
	{
		refused,
		affected,
		...rest
	}: Pick<AtOnce, "doneIds" | "leftIds" | "affected" | "unchanged"> & { refused: readonly Refusal[] },
): AtOnce {
	const named = refused.slice(0, mostNamed).map(toldOf);
	const told = { total: people.length, seen: nameOf(people), done: rest.doneIds.length, ...rest };
	return { ...told, affected: affected.slice(0, mostNamed), refused: named, refusedCount: refused.length };
}

function toldOf({ person: { id, name }, error: { code, message, options } }: Refusal): RefusedPerson {
	return { id, name, code, message, messageParams: options.params ?? {} };
}

function idsOf(people: readonly User[]): string[] {
	return people.map(({ id }) => id);
}

function nameOf(people: readonly User[]): string {
	const ids = idsOf(people).sort();
	return createHash("sha256").update(ids.join()).digest("base64url");
}

function tooMany(total: number): ApiError {
	return new ApiError(
		400,
		"too.many.people",
		"{total} people match, and {most} can be changed at once. Narrow the search.",
		{
			params: { total: String(total), most: String(mostPeople) },
		},
	);
}

function changedMeanwhile(): ApiError {
	return new ApiError(409, "people.changed", "Others match by now than were shown. Nothing was done: look again.");
}
