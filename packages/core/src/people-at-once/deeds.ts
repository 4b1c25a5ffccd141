import type { Authorization } from "../authorization/authorization.ts";
import { lastAdministrator, mayEnlist } from "../authorization/judge.ts";
import { type ApiError, refusalOf } from "../kernel/http/api-error.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { OAuth } from "../oauth/oauth.ts";
import { worksInNoQueue } from "../routing/memberships.ts";
import type { Queues } from "../routing/queues.ts";
import type { User } from "../users/model.ts";
import { changingUsers } from "../users/user-routes.ts";
import type { Users } from "../users/users.ts";

/** Something that is done with many people. */
export interface Deed {
	/** What is refused whoever it is done with. */
	check?(): Promise<void>;
	/** One of these is held where somebody is; absent where it is the thing that counts. */
	where?: readonly string[];
	/**
	 * What of them would be left as they are, by the same rules as {@link apply}; nothing is changed.
	 * @param people in the order in which it is done with them
	 */
	foresee(people: readonly User[]): Promise<Foreseen>;
	/** People of one transaction. */
	portion: number;
	/** For all of them, who are of one division, or for nobody. @returns those who are another than before by it */
	apply(userIds: readonly string[]): Promise<readonly string[]>;
}

/** Whom a deed passes over, by id: who is refused, and who is already as wanted. */
export type Foreseen = ReadonlyMap<string, ApiError | "unchanged">;

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
export type QueuesOfPeople = Pick<Queues, "require" | "memberIds" | "addMembers" | "removeMembers">;

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
		return {
			...this.#singly(changingUsers, (id) => this.#users.setState(id, state, by)),
			foresee: async (people) => {
				const moved = people.filter((one) => one.state !== state);
				const refused = await this.#refusedOf(by, moved, state === "active" ? "handedOver" : "ended");
				const verdict = verdicts(people, (one) => refused.get(one.id) ?? (one.state === state && "unchanged"));
				return state === "active" ? verdict : this.#keepingAdministrator(people, verdict);
			},
		};
	}

	signOut(by: Principal): Deed {
		return {
			...this.#singly(ending, async (id) => {
				await this.#oauth.endSessionsOf(id, by);
				return true;
			}),
			foresee: (people) =>
				this.#refusedOf(
					by,
					people.filter(({ id }) => id !== by.userId),
					"ended",
				),
		};
	}

	giveRole(by: Principal, roleId: string, divisionId: string): Deed {
		return {
			portion: grantedTogether,
			check: async () => {
				requireInDivision(by, ["authorization:grant:add"], divisionId);
				await this.#authorization.grants.mayGrant(by, { roleId, divisionId });
			},
			foresee: async (people) => {
				const held = await this.#authorization.grants.placesOf(roleId, idsOf(people));
				return verdicts(people, ({ id }) => held.get(id)?.includes(divisionId) && "unchanged");
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
			foresee: (people) => this.#roleless(by, roleId, people),
			apply: (ids) => this.#authorization.grants.revokeAll(by, roleId, ids),
		};
	}

	joinGroup(by: Principal, groupId: string): Deed {
		return {
			portion: joinedTogether,
			check: () => this.#mayEditGroup(by, groupId),
			foresee: async (people) => {
				const members = new Set(await this.#users.groups.memberIds(groupId));
				const divisionIds = [...new Set(people.map((one) => one.divisionId))];
				const { divisions, joining } = await this.#users.groups.foreseeJoining(by, groupId, divisionIds);
				return verdicts(
					people,
					(one) => divisions.get(one.divisionId) ?? (members.has(one.id) ? "unchanged" : joining),
				);
			},
			apply: (ids) => this.#users.groups.addMembers(by, groupId, ids),
		};
	}

	leaveGroup(by: Principal, groupId: string): Deed {
		return {
			portion: joinedTogether,
			check: async () => {
				await this.#mayEditGroup(by, groupId);
				await this.#users.groups.mayRemove(by, groupId);
			},
			foresee: async (people) => others(people, await this.#users.groups.memberIds(groupId)),
			apply: (ids) => this.#users.groups.removeMembers(by, groupId, ids),
		};
	}

	joinQueue(by: Principal, queueId: string): Deed {
		return {
			portion: enlistedTogether,
			where: managing,
			check: () => this.#mayManage(by, queueId),
			foresee: async (people) => {
				const members = new Set(await this.#queues.memberIds(queueId));
				return verdicts(people, ({ id, name, state }) =>
					state === "active" ? members.has(id) && "unchanged" : worksInNoQueue(name),
				);
			},
			apply: async (ids) => {
				mayEnlist(by, managing, await this.#users.find([...ids]));
				return this.#queues.addMembers(queueId, [...ids], actorOf(by));
			},
		};
	}

	leaveQueue(by: Principal, queueId: string): Deed {
		return {
			portion: enlistedTogether,
			check: () => this.#mayManage(by, queueId),
			foresee: async (people) => others(people, await this.#queues.memberIds(queueId)),
			apply: async (ids) => {
				await this.#queues.removeMembers(queueId, [...ids], actorOf(by));
				return ids;
			},
		};
	}

	/** @param work tells whether it has changed anything */
	#singly(where: readonly string[], work: (userId: string) => Promise<boolean>): Omit<Deed, "foresee"> {
		return {
			portion: 1,
			where,
			apply: async (ids) => {
				const done: string[] = [];
				for (const id of ids) if (await work(id)) done.push(id);
				return done;
			},
		};
	}

	/** Whom one may not put out of work, or back: of thousands by one question. */
	#refusedOf(by: Principal, people: readonly User[], change: "handedOver" | "ended") {
		return this.#authorization.foresee(by, (judge) => judge.refusalsOf(idsOf(people), change));
	}

	/** Who does not hold it, and whose it is not one's to take: the same for all who hold it in the same divisions. */
	async #roleless(by: Principal, roleId: string, people: readonly User[]): Promise<Foreseen> {
		const { grants } = this.#authorization;
		const held = await grants.placesOf(roleId, idsOf(people));
		const refused = new Map<string, ApiError | undefined>();
		for (const places of held.values()) {
			const key = places.sort().join();
			if (!refused.has(key)) refused.set(key, await refusalOf(() => grants.mayRevoke(by, roleId, places)));
		}
		const verdict = verdicts(people, ({ id }) => {
			const places = held.get(id);
			return places ? refused.get(places.join()) : "unchanged";
		});
		return this.#keepingAdministrator(people, verdict, roleId);
	}

	/** Nor does it go on with the last who may do everything. */
	async #keepingAdministrator(people: readonly User[], verdict: Foreseen, roleId?: string): Promise<Foreseen> {
		const going = idsOf(people).filter((id) => !verdict.has(id));
		const last = await this.#authorization.lastAmong(going, roleId);
		return last === undefined ? verdict : new Map([...verdict, [last, lastAdministrator()]]);
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

function idsOf(people: readonly User[]): string[] {
	return people.map(({ id }) => id);
}

function verdicts(people: readonly User[], of: (person: User) => ApiError | "unchanged" | false | undefined): Foreseen {
	return new Map(
		people.flatMap((one) => {
			const verdict = of(one);
			return verdict ? [[one.id, verdict] as const] : [];
		}),
	);
}

/** Who is no member has nothing to leave. */
function others(people: readonly User[], memberIds: readonly string[]): Foreseen {
	const members = new Set(memberIds);
	return verdicts(people, ({ id }) => !members.has(id) && "unchanged");
}
