import { domainOf } from "../email/reading/plain.ts";
import type { Trx } from "../kernel/database/database.ts";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, versionConflict } from "../kernel/http/api-error.ts";
import type { Use } from "../kernel/sight.ts";
import { referredQueues } from "../routing/queue-store.ts";
import type { QueueEnding } from "../routing/queues.ts";
import { referredGroups } from "../users/group-store.ts";
import type { ReleaseOptions } from "../users/groups.ts";
import { policyChanged } from "./events.ts";
import type { Owner } from "./model.ts";
import { type Overflow, type OwnerPolicy, type Policy, policyOf, type StoredPolicy } from "./policy.ts";
import type { StoredGreeting } from "./tables.ts";

export interface OrganizationPolicy {
	version: number;
	value: Policy;
	modifiedAt: Date;
}

/** What an owner has of their own. */
export interface OwnSettings {
	policy: OwnerPolicy;
	/** Grows with every change of the policy; 0 where nothing was said. */
	version: number;
	greeting?: StoredGreeting;
	modifiedAt?: Date;
}

type HoldSender = (trx: Trx, from: string) => Promise<boolean>;

const kept = versionedSetting<StoredPolicy>({
	...{ table: "voicemail_policy", column: "policy" },
	entity: { name: "voicemail policy", id: "organization" },
});

/** What the organization, and each owner, say of voicemail. */
export function createPolicies({ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">) {
	async function organization(): Promise<OrganizationPolicy> {
		const row = await database.db
			.selectFrom("voicemail_policy")
			.selectAll()
			.where("id", "=", 1)
			.executeTakeFirstOrThrow();
		return { version: row.version, value: policyOf(row.policy), modifiedAt: row.modified_at };
	}

	async function of({ type, id }: Owner): Promise<OwnSettings> {
		const row = await database.db
			.selectFrom("voicemail_owners")
			.selectAll()
			.where("owner_type", "=", type)
			.where("owner_id", "=", id)
			.executeTakeFirst();
		if (!row) return { policy: {}, version: 0 };
		const { policy, version, greeting, modified_at: modifiedAt } = row;
		return { policy, version, modifiedAt, ...(greeting ? { greeting } : {}) };
	}

	/** @returns the file of the greeting that it replaces @throws ApiError 409 `version.conflict` */
	async function put(
		trx: Trx,
		owner: Owner,
		own: { policy?: OwnerPolicy; greeting?: StoredGreeting | null; seen?: number | undefined },
		actor: Actor,
	): Promise<string | undefined> {
		const which = { owner_type: owner.type, owner_id: owner.id };
		await trx
			.insertInto("voicemail_owners")
			.values({ ...which, policy: json({}), greeting: null, version: 0, modified_at: clock.now() })
			.onConflict((conflict) => conflict.columns(["owner_type", "owner_id"]).doNothing())
			.execute();
		const before = await trx
			.selectFrom("voicemail_owners")
			.selectAll()
			.where("owner_type", "=", owner.type)
			.where("owner_id", "=", owner.id)
			.forUpdate()
			.executeTakeFirstOrThrow();
		if (own.seen !== undefined && own.seen !== before.version)
			throw versionConflict("voicemail policy", owner.id, own.seen, before.version);
		await trx
			.updateTable("voicemail_owners")
			.set({
				...(own.policy ? { version: before.version + 1 } : {}),
				policy: json({ ...before.policy, ...own.policy }),
				...(own.greeting === undefined ? {} : { greeting: own.greeting && json(own.greeting) }),
				modified_at: clock.now(),
			})
			.where("owner_type", "=", owner.type)
			.where("owner_id", "=", owner.id)
			.execute();
		await events.append(trx, [policyChanged(owner, actor)]);
		return own.greeting === undefined ? undefined : before.greeting?.key;
	}

	/** What the organization has lead to a queue, or a group, that is deleted leads nowhere. */
	async function release(trx: Trx, gone: Overflow, actor: Actor = {}): Promise<void> {
		const { said } = await kept.read(trx);
		const changes: StoredPolicy = {
			...(said.overflow?.type === gone.type && said.overflow.id === gone.id ? { overflow: null } : {}),
			...(gone.type === "queue" && said.exitQueueId === gone.id ? { exitQueueId: null } : {}),
		};
		if (Object.keys(changes).length === 0) return;
		await kept.change(trx, changes, undefined);
		await trx.updateTable("voicemail_policy").set({ modified_at: clock.now() }).where("id", "=", 1).execute();
		await events.append(trx, [policyChanged("organization", actor)]);
	}

	let holdSender: HoldSender = async () => false;

	/** One that says who sends notices: its domain stays. @throws ApiError 400 */
	async function requireSender(trx: Trx, from: string | null | undefined): Promise<void> {
		if (!from || (await holdSender(trx, from))) return;
		throw badField("inlayNoticeFrom", "inlayNoticeFrom must be an address of one of the organization's email domains.");
	}

	return {
		organization,
		of,
		put,

		/** Once there are mails: an address of a domain of the organization's, which stays until the change ends; none is before. */
		useSenders(hold: HoldSender): void {
			holdSender = hold;
		},

		/** For domains' end: notices that come from it. */
		async sendingBy(trx: Trx, domain: string): Promise<Use[]> {
			const { noticeFrom } = policyOf((await kept.read(trx)).said);
			return noticeFrom !== undefined && domainOf(noticeFrom) === domain ? [{ what: "notices of voicemails" }] : [];
		},

		/** What is absent stays as it is. @throws ApiError 409 `version.conflict`, 400 naming `inlayExitQueueId` or `inlayOverflow` */
		async setOrganization(changes: StoredPolicy, seen: number | undefined, actor: Actor): Promise<OrganizationPolicy> {
			await database.change(async (trx) => {
				// Before the row: who deletes one of them holds it first, too.
				await requireQueue(trx, changes.exitQueueId, "inlayExitQueueId");
				await requireOverflow(trx, changes.overflow);
				await requireSender(trx, changes.noticeFrom);
				await kept.change(trx, changes, seen);
				await trx.updateTable("voicemail_policy").set({ modified_at: clock.now() }).where("id", "=", 1).execute();
				await events.append(trx, [policyChanged("organization", actor)]);
			});
			return organization();
		},

		/** In the change that deletes a queue: nothing leads there any more. */
		ofQueues: {
			numbersInto: async () => [],
			endQueue: (trx, queueId) => release(trx, { type: "queue", id: queueId }),
		} satisfies QueueEnding,

		/** The same for a group. */
		releaseGroup: (trx: Trx, groupId: string, { actor }: ReleaseOptions) =>
			release(trx, { type: "group", id: groupId }, actor),

		/** What is absent stays as it is. @param seen the version that the change is based on @throws ApiError 409 `version.conflict` */
		async setOwn(owner: Owner, policy: OwnerPolicy, actor: Actor, seen?: number): Promise<OwnSettings> {
			await database.change((trx) => put(trx, owner, { policy, seen }, actor));
			return of(owner);
		},
	};
}

async function requireOverflow(trx: Trx, overflow: Overflow | null | undefined): Promise<void> {
	if (overflow?.type === "queue") return requireQueue(trx, overflow.id, "inlayOverflow");
	if (!overflow || (await referredGroups.hold(trx, [overflow.id])).has(overflow.id)) return;
	throw badField("inlayOverflow", `There is no group with the id ${overflow.id}.`);
}

async function requireQueue(trx: Trx, id: string | null | undefined, field: string): Promise<void> {
	if (!id || (await referredQueues.hold(trx, [id])).has(id)) return;
	throw badField(field, `There is no queue with the id ${id}.`);
}

export type Policies = ReturnType<typeof createPolicies>;

/** As JSON columns take it. */
function json<T>(value: T): T {
	return JSON.stringify(value) as unknown as T;
}
