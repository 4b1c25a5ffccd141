import { signal } from "@preact/signals";
import { type Api, ApiError, listAll } from "../../../session/api.ts";
import { readDivisions } from "../../../session/divisions.ts";
import { Loaded, Task } from "../../../session/load.ts";
import { inDivision, needs } from "../../../session/needs.ts";
import type { Need } from "../../../session/rights.ts";
import type { Self } from "../../../session/self.ts";
import type { Group, Queue, Role, User } from "../../../session/wire.ts";
import { csvText } from "../../../shell/csv.ts";
import { closedByLeaving } from "../emptied-group.ts";
import { isInCall } from "../person-model.ts";
import { rolePermissions } from "../person-roles.ts";
import { OneByOne } from "./one-by-one.ts";
import type { Selection } from "./selection.ts";

/** What is done with each person, one after the other, so that everyone has an answer of their own. */
export const singly = ["deactivate", "activate", "signOut", "oneTime"] as const;
export type Singly = (typeof singly)[number];
/** What is done with all of them, or with nobody. */
export const together = ["giveRole", "takeRole", "joinGroup", "leaveGroup", "joinQueue", "leaveQueue"] as const;
export type Together = (typeof together)[number];

/** Ids that an address takes. */
const inAddress = 100;
/** People of one request: what the platform's operations take. Each is done for all of them, or for nobody. */
export const mostTogether: Readonly<Record<Together, number>> = {
	giveRole: 1_000,
	takeRole: 1_000,
	joinGroup: 1_000,
	leaveGroup: inAddress,
	joinQueue: 100,
	leaveQueue: 100,
};

export const needOf: Record<Singly | Together, Need> = {
	deactivate: needs.editPerson,
	activate: needs.editPerson,
	signOut: needs.endSessions,
	oneTime: needs.setPassword,
	giveRole: needs.giveRole,
	takeRole: needs.takeRole,
	joinGroup: needs.editGroup,
	leaveGroup: needs.editGroup,
	joinQueue: needs.manageMembers,
	leaveQueue: needs.manageMembers,
};

/** What is chosen among, where it takes a right to see it. */
export const viewOf: Partial<Record<Singly | Together, Need>> = {
	giveRole: needs.viewRoles,
	takeRole: needs.viewRoles,
	joinQueue: needs.viewQueues,
	leaveQueue: needs.viewQueues,
};

/** Needs the right for what is chosen, and none where the people are. */
const ofTheThing: ReadonlyArray<Singly | Together> = ["joinGroup", "leaveGroup", "giveRole", "leaveQueue"];

/** What can be done with the people who were chosen. */
export class BulkModel {
	readonly selection: Selection;
	readonly roles: Loaded<Role[]>;
	readonly groups: Loaded<Group[]>;
	/** Queues whose members one may change. */
	readonly queues: Loaded<Queue[]>;
	/** Of those chosen, who is in a call now. */
	readonly inCall: Loaded<string[]>;
	readonly changing = new Task();
	readonly each = new OneByOne();
	/** For how many of those chosen it is done by now: more than one request takes go in portions. */
	readonly reached = signal(0);
	/** One-time passwords that were made here, to be passed on: they are kept nowhere else. */
	readonly passwords = signal<ReadonlyArray<{ user: User; password: string }>>([]);
	readonly #api: Api;
	readonly #self: Self;

	constructor(api: Api, self: Self, selection: Selection) {
		this.#api = api;
		this.#self = self;
		this.selection = selection;
		this.roles = new Loaded(async () => {
			await readDivisions(api);
			return listAll<Role>(api, "/api/v2/authorization/roles?userCount=false");
		});
		this.groups = new Loaded(() => listAll<Group>(api, "/api/v2/groups"));
		this.queues = new Loaded(async () => {
			const mayManage = ({ division }: Queue) => self.rights.peek().may(inDivision(needs.manageMembers, division?.id));
			return (await listAll<Queue>(api, "/api/v2/routing/queues")).filter(mayManage);
		});
		this.inCall = new Loaded(() => this.#readInCall());
	}

	/** What keeps one from doing it with any of those chosen. */
	lack(action: Singly | Together): Need | undefined {
		const rights = this.#self.rights.value;
		const need = needOf[action];
		// One is chosen of those that there are.
		const seeing = viewOf[action];
		const unseen = seeing && rights.lack(seeing);
		if (unseen) return unseen;
		if (ofTheThing.includes(action)) return rights.lack(need);
		const places = new Set(this.selection.people.value.map((one) => one.division?.id));
		return [...places].map((id) => rights.lack(inDivision(need, id))).find((lack) => lack !== undefined);
	}

	/** Whether there is anything that one may do with anybody: else nobody is there to be chosen. */
	get isOffered(): boolean {
		const rights = this.#self.rights.value;
		return Object.values(needOf).some((need) => rights.may(need));
	}

	/** Whether the person at the screen is among them. */
	get includesSelf(): boolean {
		return this.selection.has(this.#self.id);
	}

	/** Whether one holds in the division all that the role allows: nobody gives more than they hold. */
	mayGive(roleId: string, divisionId: string): boolean {
		const role = this.roles.value?.find(({ id }) => id === roleId);
		return role !== undefined && this.#self.rights.value.covers(rolePermissions(role), divisionId);
	}

	giveRole(roleId: string, divisionId: string): Promise<boolean> {
		return this.#inPortions("giveRole", (subjectIds) =>
			this.#api.request("POST", `/api/v2/authorization/roles/${roleId}`, { subjectIds, divisionIds: [divisionId] }),
		);
	}

	takeRole(roleId: string): Promise<boolean> {
		const path = `/api/v2/authorization/roles/${roleId}/users/remove`;
		const noVersion = "one side of a list alone is written";
		return this.#inPortions("takeRole", (ids) => this.#api.request("PUT", path, ids, { noVersion }));
	}

	joinGroup(groupId: string): Promise<boolean> {
		return this.#inPortions("joinGroup", (memberIds) =>
			this.#api.request("POST", `/api/v2/groups/${groupId}/members`, { memberIds }),
		);
	}

	leaveGroup(groupId: string): Promise<boolean> {
		return this.#inPortions("leaveGroup", (ids) =>
			this.#api.request("DELETE", `/api/v2/groups/${groupId}/members?ids=${ids.join(",")}`),
		);
	}

	joinQueue(queueId: string): Promise<boolean> {
		return this.#inPortions("joinQueue", (ids) => this.#changeMembers(queueId, ids));
	}

	leaveQueue(queueId: string): Promise<boolean> {
		return this.#inPortions("leaveQueue", (ids) => this.#changeMembers(queueId, ids, "?delete=true"));
	}

	#changeMembers(queueId: string, ids: readonly string[], query = ""): Promise<unknown> {
		const body = ids.map((id) => ({ id }));
		return this.#api.request("POST", `/api/v2/routing/queues/${queueId}/members${query}`, body);
	}

	/** Names of the deployments that close, where a group is left without anybody. */
	closedBy(groupId: string): Promise<string[]> {
		const leaving = new Set(this.selection.people.peek().map((one) => one.id));
		return closedByLeaving(this.#api, this.#self.rights.peek(), groupId, leaving);
	}

	/** Another question is asked: what became of the one before is no answer to it. */
	forget(): void {
		this.each.forget();
		this.changing.forget();
		this.reached.value = 0;
	}

	/** @returns how many are left, to be tried again; undefined where it is at work already */
	run(action: Singly): Promise<number | undefined> {
		return this.each.run(this.selection.people.peek(), (user) => this.#one(action, user), this.#self.id);
	}

	/** The passwords that were made, as a file. */
	passwordsCsv(): string {
		const lines = this.passwords
			.peek()
			.map(({ user, password }) => [user.name, user.username ?? user.email ?? "", password]);
		return csvText([["name", "user name", "one-time password"], ...lines]);
	}

	#one(action: Singly, user: User): Promise<unknown> {
		const path = `/api/v2/users/${user.id}`;
		if (action === "signOut") return this.#api.request("DELETE", `/api/v2/tokens/${user.id}`);
		if (action === "oneTime") return this.#oneTime(user);
		const state = action === "activate" ? "active" : "inactive";
		const change = ({ version }: User) => this.#api.request("PATCH", path, { version, state });
		// What somebody else has changed of the person stays: the state alone is sent.
		return change(user).catch(async (error: unknown) => {
			if (!(error instanceof ApiError) || error.code !== "version.conflict") throw error;
			return change(await this.#api.request<User>("GET", path));
		});
	}

	async #oneTime(user: User): Promise<void> {
		const newPassword = randomPassword();
		await this.#api.request("POST", `/api/v2/users/${user.id}/password`, { newPassword, mustChange: true });
		this.passwords.value = [...this.passwords.peek(), { user, password: newPassword }];
	}

	/** Tried again it is done for all anew: it is the same whether somebody had it done before. */
	async #inPortions(action: Together, work: (ids: string[]) => Promise<unknown>): Promise<boolean> {
		const ids = this.selection.people.peek().map((one) => one.id);
		const size = mostTogether[action];
		const done = await this.changing.run(async () => {
			for (let from = 0; from < ids.length; from += size) {
				this.reached.value = from;
				await work(ids.slice(from, from + size));
			}
			this.reached.value = ids.length;
		});
		if (this.includesSelf) await this.#self.refresh();
		return done;
	}

	async #readInCall(): Promise<string[]> {
		const ids = this.selection.people.peek().map((one) => one.id);
		const found: User[] = [];
		for (let from = 0; from < ids.length; from += inAddress) {
			const some = ids.slice(from, from + inAddress).join(",");
			const path = `/api/v2/users?id=${some}&expand=conversationSummary&pageSize=${inAddress}`;
			found.push(...(await this.#api.request<{ entities: User[] }>("GET", path)).entities);
		}
		return found.filter(isInCall).map((one) => one.name);
	}
}

/** 96 random bits, and one of each kind of character that an organization may ask for. */
function randomPassword(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return `${btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "x")
		.replaceAll("/", "y")}-Aa1`;
}
