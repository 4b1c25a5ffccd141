import { randomUUID } from "node:crypto";
import type { Authorization } from "../authorization/authorization.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { alreadyExists, badField } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { readContacts } from "./contacts.ts";
import { userCreated } from "./events.ts";
import type { NewUser, User } from "./model.ts";
import { readEmail, readUsername } from "./sign-in/names.ts";
import { signInNames, postgresUserStore as store } from "./store.ts";

/** What new people are made with. */
interface NewPeopleParts {
	authorization: Pick<Authorization, "divisions" | "homeDivisionId">;
	/** Of the organization: numbers without a country are of it. */
	country(): Promise<string>;
}

/** How users come to be: what is asked for is read whole, nobody's name is taken twice, and the log hears of each. */
export function createNewPeople({ clock, events }: Kernel, { authorization, country }: NewPeopleParts) {
	/** @throws ApiError 400 naming the field */
	async function read(wanted: NewUser): Promise<User> {
		const divisionId = wanted.divisionId ?? (await authorization.homeDivisionId());
		const divisions = await authorization.divisions.list();
		if (!divisions.some((division) => division.id === divisionId)) {
			throw badField("divisionId", `No division with id ${divisionId}.`);
		}
		const email = readEmail(wanted.email);
		return {
			id: wanted.id ?? randomUUID(),
			name: readName(wanted.name),
			email,
			username: readUsername(wanted.username ?? email),
			department: wanted.department ?? null,
			title: wanted.title ?? null,
			preferredName: null,
			managerId: null,
			state: wanted.state ?? "active",
			divisionId,
			acdAutoAnswer: wanted.acdAutoAnswer ?? false,
			addresses: readContacts(wanted.addresses ?? [], await country()),
			images: [],
			profile: {},
			locations: [],
			version: 1,
			dateCreated: clock.now(),
			dateLastLogin: null,
		};
	}

	/**
	 * Whoever signs in types a user name or an e-mail address, so nobody has one that is either of somebody else's.
	 * Two creates of one name at once: the unique index decides, its error names no field, so the lock comes first.
	 */
	async function refuseTaken(trx: Trx, user: User, before?: User): Promise<void> {
		// What stands from before these rules may stay.
		const stays = before?.state === "deleted" ? undefined : before;
		const fresh = (["username", "email"] as const).filter((one) => user[one] !== stays?.[one]);
		if (fresh.length === 0) return;
		await store.lockUsernames(trx, [user.username, user.email]);
		const others = await store.othersNamed(trx, user.id, [user.username, user.email]);
		for (const field of fresh) {
			const wanted = user[field].toLowerCase();
			const taken = others.some((one) => [one.username, one.email].some((name) => name.toLowerCase() === wanted));
			if (taken) throw alreadyExists("user", field, user[field]);
		}
		const twin = await signInNames.lookingLike(trx, user.id, [...new Set(fresh.map((field) => user[field]))]);
		if (twin !== undefined) throw alreadyExists("user", fresh.at(-1) ?? "email", twin);
	}

	/** Writes people whose names the caller holds in this transaction, and has found to be nobody's. */
	async function insert(trx: Trx, people: readonly User[], actor: Actor | undefined): Promise<void> {
		const divisionIds = [...new Set(people.map(({ divisionId }) => divisionId))];
		await authorization.divisions.requireStanding(trx, divisionIds, "divisionId");
		await store.insert(trx, people);
		await events.append(
			trx,
			people.map((one) => userCreated(one, actor)),
		);
	}

	return { read, refuseTaken, insert };
}

export type NewPeople = ReturnType<typeof createNewPeople>;
