import type { Authorization } from "../authorization/authorization.ts";
import { mayEnlist } from "../authorization/judge.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { OAuth } from "../oauth/oauth.ts";
import type { Queues } from "../routing/queues.ts";
import { endingUsers } from "../users/user-routes.ts";
import type { Users } from "../users/users.ts";

/** Something that is done with many people. */
export interface Deed {
	/** What is refused whoever it is done with. */
	check?(): Promise<void>;
	/** One of these is held where somebody is; absent where it is the thing that counts. */
	where?: readonly string[];
	/** People of one transaction. */
	portion: number;
	/** For all of them, who are of one division, or for nobody. */
	apply(userIds: readonly string[]): Promise<unknown>;
}

/** Names of what can be done, as its operations end. */
export const peopleDeeds = [
	...(["Activate", "Deactivate", "SignOut"] as const),
	...(["RoleGive", "RoleTake", "GroupJoin", "GroupLeave", "QueueJoin", "QueueLeave"] as const),
];

const grantedTogether = 200;
const joinedTogether = 500;
const enlistedTogether = 100;
const managing = ["routing:queue:edit", "routing:queueMember:manage"];
const ending = ["oauth:token:delete"];

/** What it takes of queues. */
export type QueuesOfPeople = Pick<Queues, "require" | "addMembers" | "removeMembers">;

/** What can be done with people, by the rules of the domains whose it is: nothing is allowed here that is refused there. */
export class Deeds {
	readonly #users: Users;
	readonly #authorization: Authorization;
	readonly #queues: QueuesOfPeople;
	readonly #oauth: OAuth;

	constructor(parts: { users: Users; authorization: Authorization; queues: QueuesOfPeople; oauth: OAuth }) {
		this.#users = parts.users;
		this.#authorization = parts.authorization;
		this.#queues = parts.queues;
		this.#oauth = parts.oauth;
	}

	/** Puts them out of work, or back; who is as wanted stays untouched. */
	setState(by: Principal, state: "active" | "inactive"): Deed {
		return this.#singly(endingUsers, async (id) => {
			if ((await this.#users.living(id)).state !== state) await this.#users.update(id, { state }, { by });
		});
	}

	signOut(by: Principal): Deed {
		return this.#singly(ending, (id) => this.#oauth.endSessionsOf(id, by));
	}

	giveRole(by: Principal, roleId: string, divisionId: string): Deed {
		return {
			portion: grantedTogether,
			check: async () => {
				requireInDivision(by, ["authorization:grant:add"], divisionId);
				await this.#authorization.grants.check({ roleId, divisionId });
			},
			apply: (ids) =>
				this.#authorization.grants.grantAll(
					by,
					ids.map((subjectId) => ({ subjectId, subjectType: "PC_USER" })),
					[{ roleId, divisionId }],
				),
		};
	}

	takeRole(by: Principal, roleId: string): Deed {
		return {
			portion: grantedTogether,
			check: async () => void (await this.#authorization.roles.get(roleId)),
			apply: (ids) => this.#authorization.grants.revokeAll(by, roleId, ids),
		};
	}

	joinGroup(by: Principal, groupId: string): Deed {
		return {
			portion: joinedTogether,
			check: () => this.#mayEditGroup(by, groupId),
			apply: (ids) => this.#users.groups.addMembers(by, groupId, ids),
		};
	}

	leaveGroup(by: Principal, groupId: string): Deed {
		return {
			portion: joinedTogether,
			check: () => this.#mayEditGroup(by, groupId),
			apply: (ids) => this.#users.groups.removeMembers(by, groupId, ids),
		};
	}

	joinQueue(by: Principal, queueId: string): Deed {
		return {
			portion: enlistedTogether,
			where: managing,
			check: () => this.#mayManage(by, queueId),
			apply: async (ids) => {
				mayEnlist(by, managing, await this.#users.find([...ids]));
				await this.#queues.addMembers(queueId, [...ids], actorOf(by));
			},
		};
	}

	leaveQueue(by: Principal, queueId: string): Deed {
		return {
			portion: enlistedTogether,
			check: () => this.#mayManage(by, queueId),
			apply: (ids) => this.#queues.removeMembers(queueId, [...ids], actorOf(by)),
		};
	}

	#singly(where: readonly string[], work: (userId: string) => Promise<unknown>): Deed {
		return {
			portion: 1,
			where,
			apply: async (ids) => {
				for (const id of ids) await work(id);
			},
		};
	}

	/** A group has no division: whom it takes in is the whole organization's. */
	async #mayEditGroup(by: Principal, groupId: string): Promise<void> {
		await this.#users.groups.get(groupId);
		requireInDivision(by, ["directory:group:edit"], "*");
	}

	async #mayManage(by: Principal, queueId: string): Promise<void> {
		const { divisionId } = await this.#queues.require(queueId);
		requireInDivision(by, managing, divisionId);
	}
}
