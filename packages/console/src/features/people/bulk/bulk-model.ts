import { signal } from "@preact/signals";
import { type Api, listAll } from "../../../session/api.ts";
import { readDivisions } from "../../../session/divisions.ts";
import { Loaded } from "../../../session/load.ts";
import { inDivision, needs } from "../../../session/needs.ts";
import type { Need } from "../../../session/rights.ts";
import type { Self } from "../../../session/self.ts";
import type { Group, Queue, Role, User } from "../../../session/wire.ts";
import { csvText } from "../../../shell/csv.ts";
import { isInCall } from "../person-model.ts";
import { rolePermissions } from "../person-roles.ts";
import { OneByOne } from "./one-by-one.ts";
import type { Selection } from "./selection.ts";

/** What is done with somebody whatever it is about. */
export const singly = ["deactivate", "activate", "signOut", "oneTime"] as const;
export type Singly = (typeof singly)[number];
/** What is about a role, a group or a queue too. */
export const together = ["giveRole", "takeRole", "joinGroup", "leaveGroup", "joinQueue", "leaveQueue"] as const;
export type Together = (typeof together)[number];

/** Ids that an address takes. */
const inAddress = 100;
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

/** What can be done with the people who were chosen. */
export class BulkModel {
	readonly selection: Selection;
	readonly roles: Loaded<Role[]>;
	readonly groups: Loaded<Group[]>;
	/** Queues whose members one may change. */
	readonly queues: Loaded<Queue[]>;
	/** Of those chosen, who is in a call now. */
	readonly inCall: Loaded<string[]>;
	readonly each = new OneByOne();
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

	/** What keeps one from giving new passwords to all of those chosen. */
	get lackOfPasswords(): Need | undefined {
		const places = new Set(this.selection.people.value.map((one) => one.division?.id));
		const lacks = [...places].map((id) => this.#self.rights.value.lack(inDivision(needOf.oneTime, id)));
		return lacks.find((lack) => lack !== undefined);
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

	/** Another question is asked: what became of the one before is no answer to it. */
	forget(): void {
		this.each.forget();
	}

	/** @returns how many are left, to be tried again; undefined where it is at work already */
	giveOneTimePasswords(): Promise<number | undefined> {
		return this.each.run(this.selection.people.peek(), (user) => this.#oneTime(user), this.#self.id);
	}

	/** The passwords that were made, as a file. */
	passwordsCsv(): string {
		const lines = this.passwords
			.peek()
			.map(({ user, password }) => [user.name, user.username ?? user.email ?? "", password]);
		return csvText([["name", "user name", "one-time password"], ...lines]);
	}

	async #oneTime(user: User): Promise<void> {
		const newPassword = randomPassword();
		await this.#api.request("POST", `/api/v2/users/${user.id}/password`, { newPassword, mustChange: true });
		this.passwords.value = [...this.passwords.peek(), { user, password: newPassword }];
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
