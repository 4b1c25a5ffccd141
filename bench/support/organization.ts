import type { RunningInlay } from "@inlay/core";
import { keepPastConversations, type PastCall, pastCall } from "@inlay/core/past-calls";
import type { Progress } from "../benches.ts";
import { someAtOnce } from "./server.ts";

/** How large an organization is. */
export interface Size {
	users: number;
	queues: number;
	groups: number;
	wrapupCodes: number;
	/** Calls that are over. */
	conversations: number;
	/** Divisions and roles beside those that every organization has. */
	divisions: number;
	roles: number;
}

/** What design.md speaks of. */
export const fullSize: Size = {
	users: 5_000,
	queues: 200,
	groups: 200,
	wrapupCodes: 200,
	conversations: 500_000,
	divisions: 20,
	roles: 30,
};

/** One page of each: what a listing costs that has nothing to leave out. */
export const onePage: Size = {
	users: 25,
	queues: 25,
	groups: 25,
	wrapupCodes: 25,
	conversations: 625,
	divisions: 20,
	roles: 30,
};

/** Names that search finds by their beginning, middle, end, in either order and without their accents. */
const firstNames = ["Ann", "Björn", "Chloé", "Dieter", "Élodie", "Fatima", "Günther", "Hélène", "Ingrid", "José"];
const lastNames = [
	"Müller",
	"O'Brien",
	"García",
	"Nowak",
	"Sørensen",
	"Lefèvre",
	"Okafor",
	"Rossi",
	"Tanaka",
	"de Vries",
];

interface Person {
	id: string;
	name: string;
}

/** What was made, as far as listings ask for it. */
export interface Organization {
	users: Person[];
	queueIds: string[];
	/** A queue of which they all are members. */
	everybodysQueueId: string;
	groupIds: string[];
}

/** Fills a fresh server through its own services: nothing here knows a table. The same size makes the same organization. */
export async function makeOrganization(inlay: RunningInlay, size: Size, progress: Progress): Promise<Organization> {
	const divisionIds = await makeDivisions(inlay, size);
	progress(`${size.users} people`);
	const users = await makePeople(inlay, size, divisionIds);
	progress(`${size.queues} queues, ${size.groups} groups`);
	const queueIds = await makeQueues(inlay, size, users, divisionIds);
	const everybodysQueueId = await makeEverybodysQueue(inlay, users);
	const groupIds = await makeGroups(inlay, size, users);
	progress(`${size.conversations} conversations`);
	await keepPastConversations(inlay.kernel.database, await history(inlay, size, users, queueIds));
	return { users, queueIds, everybodysQueueId, groupIds };
}

async function makeDivisions({ services }: RunningInlay, size: Size): Promise<string[]> {
	const { divisions, roles, homeDivisionId } = services.authorization;
	const ids = [await homeDivisionId()];
	for (let i = 0; i < size.divisions; i++)
		ids.push((await divisions.create({ name: `Site ${i}`, description: "" })).id);
	for (let i = 0; i < size.roles; i++)
		await roles.create("server", { name: `Role ${i}`, permissions: ["directory:user:view"] });
	return ids;
}

async function makePeople({ services }: RunningInlay, size: Size, divisionIds: string[]): Promise<Person[]> {
	const { authorization, users } = services;
	const roles = await Promise.all(["agent", "employee"].map((role) => authorization.defaultRole(role)));
	const people: Person[] = [];
	await someAtOnce(size.users, async (i) => {
		const name = `${firstNames[i % 10]} ${lastNames[Math.floor(i / 10) % 10]} ${i}`;
		const divisionId = divisionIds[i % divisionIds.length];
		const wanted = { name, email: `person${i}@bench.example`, department: `Department ${i % 50}`, title: "Agent" };
		const { id } = await users.create({ ...wanted, ...(divisionId ? { divisionId } : {}) });
		for (const role of roles) await authorization.grant(id, role.id, "*");
		people[i] = { id, name };
	});
	return people;
}

/** Queues of 50 to 500 members where there are that many people; so is each person in several. */
async function makeQueues({ services }: RunningInlay, size: Size, people: Person[], divisionIds: string[]) {
	const queueIds: string[] = [];
	const codes: string[] = [];
	for (let i = 0; i < size.wrapupCodes; i++) {
		codes.push((await services.wrapupCodes.create({ name: `Code ${i}`, division: { id: "*" } }, {})).id);
	}
	for (let i = 0; i < size.queues; i++) {
		const division = { id: divisionIds[i % divisionIds.length] };
		const { id } = await services.queues.create({ name: `Queue ${i}`, division }, {});
		await services.queues.addMembers(id, someOf(people, i), {});
		await services.queues.addWrapupCodes(id, codes.slice(i % 20, (i % 20) + 10), {});
		queueIds.push(id);
	}
	return queueIds;
}

async function makeEverybodysQueue({ services }: RunningInlay, people: Person[]): Promise<string> {
	const { id } = await services.queues.create({ name: "Everybody" }, {});
	for (let from = 0; from < people.length; from += 250) {
		const some = people.slice(from, from + 250).map((one) => one.id);
		await services.queues.addMembers(id, some, {});
	}
	return id;
}

async function makeGroups({ services }: RunningInlay, size: Size, people: Person[]): Promise<string[]> {
	const groupIds: string[] = [];
	for (let i = 0; i < size.groups; i++) {
		const wanted = { name: `Group ${i}`, type: "official", visibility: "public", rulesVisible: true };
		const owners = { ownerIds: someOf(people, i).slice(0, 2), includeOwners: i % 2 === 0 };
		const { id } = await services.users.groups.create("server", { ...wanted, ...owners, memberIds: someOf(people, i) });
		groupIds.push(id);
	}
	return groupIds;
}

/** 50 to 500 people, other ones for another `i`. */
function someOf(people: Person[], i: number): string[] {
	const count = Math.min(people.length, 50 + ((i * 37) % 451));
	const first = (i * 131) % people.length;
	return Array.from({ length: count }, (_, k) => people[(first + k) % people.length]?.id ?? "");
}

/** Calls of the last year, evenly among people and queues. */
async function history({ kernel, services }: RunningInlay, size: Size, people: Person[], queueIds: string[]) {
	const queues = await Promise.all(queueIds.map((id) => services.queues.require(id)));
	const step = (365 * 24 * 3_600_000) / size.conversations;
	const oldest = kernel.clock.now().getTime() - step * size.conversations;
	const callAt = (i: number): PastCall => {
		const queue = queues[i % queues.length] as (typeof queues)[number];
		return {
			customer: { name: `Customer ${i}`, address: `+3120${String(i).padStart(7, "0")}` },
			dnis: "+31800123456",
			queue: { id: queue.id, name: queue.name, wrapupPrompt: "mandatory" },
			divisionId: queue.divisionId,
			agent: people[(i * 7) % people.length] as Person,
			startedAt: new Date(oldest + i * step),
			waitedMs: 5_000 + (i % 60) * 1_000,
			talkedMs: 60_000 + (i % 300) * 1_000,
			wrapup: { code: "7fb334b0-0e9e-11e4-9191-0800200c9a66", name: "Default Wrap-up Code", notes: `Call ${i}` },
		};
	};
	return (function* () {
		for (let i = 0; i < size.conversations; i++) yield pastCall(callAt(i));
	})();
}
