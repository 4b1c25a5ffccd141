import type { Db, Trx } from "../kernel/database.ts";
import type { Actor } from "../kernel/event-log.ts";
import type { Membership, Queue, QueueInput } from "./queue-model.ts";

export interface QueueFilter {
	/** Exact, or with `*` at either end; letter case does not matter. */
	name?: string;
	ids?: string[];
	divisionIds?: string[];
	descending?: boolean;
}

export interface MemberFilter {
	name?: string;
	joined?: boolean;
	routingStatus?: string[];
	presence?: string[];
}

/** Queues and who works in them. */
export interface Queues {
	get(queueId: string): Promise<Queue | undefined>;
	/** @throws ApiError 404 `not.found` */
	require(queueId: string): Promise<Queue>;
	/** By name. */
	list(filter: QueueFilter): Promise<Queue[]>;
	/** @throws ApiError 409 `general.conflict` when the name is taken */
	create(input: QueueInput, divisionId: string, actor: Actor): Promise<Queue>;
	/** Replaces; what is absent falls back to its default. */
	replace(queueId: string, input: QueueInput, divisionId: string, actor: Actor): Promise<Queue>;
	/** @throws ApiError 409 `general.conflict` while it has members, unless forced */
	remove(queueId: string, actor: Actor, force?: boolean): Promise<void>;

	members(queueId: string): Promise<Membership[]>;
	membership(queueId: string, userId: string): Promise<Membership | undefined>;
	/** Adds users as joined members of ring 1; who is a member already stays as they are. */
	addMembers(queueId: string, userIds: string[], actor: Actor): Promise<void>;
	removeMembers(queueId: string, userIds: string[], actor: Actor): Promise<void>;
	/** Changes memberships that exist; others are left out of the answer. */
	changeMembers(changes: MembershipChange[], actor: Actor): Promise<Membership[]>;

	/** The queues that a user is a member of, by name. */
	queuesOfUser(userId: string, joined?: boolean): Promise<Array<Queue & { joined: boolean }>>;
	/** Who may be offered the queue's work, in ring order. Reads in the caller's transaction if given one. */
	joinedMembers(db: Db | Trx, queueId: string): Promise<Array<{ userId: string; ringNumber: number }>>;
	/** The wrap-up codes that may be given in the queue, by name. */
	wrapupCodesOf(queueId: string): Promise<Array<{ id: string; name: string }>>;
}

export interface MembershipChange {
	queueId: string;
	userId: string;
	joined?: boolean;
	ringNumber?: number;
}
