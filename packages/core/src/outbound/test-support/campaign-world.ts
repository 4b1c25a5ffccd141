import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect } from "vitest";
import { createConversations } from "../../conversations/conversations.ts";
import { type Conversation, isOutside, isStaff } from "../../conversations/model.ts";
import { conversationWorld } from "../../conversations/test-support/world.ts";
import { createAssignment } from "../../routing/assignment.ts";
import { referredQueues } from "../../routing/queue-store.ts";
import { createDeeds } from "../deeds.ts";
import type { AttemptLimitsValue, CampaignValue, Contact, MappingFlag } from "../model.ts";
import { createOutboundDialer, createOutboundThings, type OutboundDeps } from "../outbound.ts";
import { createOwnWork } from "../own-work.ts";

export interface Story {
	queueId: string;
	agent: string;
	campaignId: string;
	listId: string;
	code: string;
}

const actor = {};

const directory = {
	homeDivisionId: async () => "home",
	divisions: {
		list: async () => [{ id: "home", name: "Home" }],
		requireStanding: async () => {},
		addCounter: () => {},
	},
};

const plain: Omit<CampaignValue, "contactListId"> = {
	dialingMode: "preview",
	phoneColumns: [{ columnName: "cell" }, { columnName: "home" }],
	dncListIds: [],
	callerName: "Inlay",
	callerAddress: "+493000000",
	abandonRate: 3,
	maxCallsPerAgent: 2,
	skipPreviewDisabled: false,
	previewTimeOutSeconds: 20,
	callbackAutoAnswer: true,
	alwaysRunning: false,
	noAnswerTimeout: 30,
	shownColumns: [],
	columnsAsAttributes: false,
};

/** Conversations, routing and outbound dialing on one database, with a clock that is set; the server's own loops do not run. */
export async function campaignWorld(more: Partial<OutboundDeps> = {}) {
	const world = await conversationWorld();
	const { kernel } = world;
	const outbound = createOutboundThings(kernel, {
		directory,
		queues: { ...referredQueues, get: async () => undefined },
		country: async () => "DE",
		stillMay: async () => true,
		...more,
	});
	const conversations = createConversations(kernel, { ...world.deps, campaigns: outbound.book });
	const assignment = createAssignment(kernel, { ...world.assignmentDeps, conversations });
	const dialer = createOutboundDialer(kernel, outbound, {
		conversations,
		freeAgents: (queueId, what, labelId) => assignment.free(queueId, what, labelId),
		ownersOf: async (_trx, emails) =>
			new Map(emails.flatMap((one) => (one.includes("@") ? [[one, one.slice(0, one.indexOf("@"))]] : []))),
		isThere: (userId) => world.phones.isReachable(userId),
		async offQueue(userIds) {
			const found = await world.routingStatus.find(userIds);
			return new Set(found.flatMap((one) => (one.status === "OFF_QUEUE" ? [one.userId] : [])));
		},
	});
	const work = createOwnWork(kernel, { runs: outbound.runs, routingStatus: world.routingStatus });
	const deeds = createDeeds(kernel, outbound, conversations.campaigns);
	let made = 0;

	function contactOf(contactListId: string, data: Record<string, string>): Omit<Contact, "position"> {
		const numbers = (["cell", "home"] as const).flatMap((column) =>
			data[column] ? [[column, { number: data[column], callable: true }]] : [],
		);
		return {
			...{ id: randomUUID(), contactListId, data, callable: true },
			numbers: Object.fromEntries(numbers),
			dateCreated: kernel.clock.now(),
		};
	}

	/** A campaign that calls. @param data of its contacts @param at its queue and agent; own ones where absent */
	async function story(
		data: Array<Record<string, string>>,
		changes: Partial<CampaignValue> = {},
		{ limits, at, acw }: { limits?: AttemptLimitsValue; at?: Story; acw?: Parameters<typeof world.queue>[0] } = {},
	): Promise<Story> {
		const queue = at ? { id: at.queueId, code: { id: at.code } } : await world.queue(acw);
		const agent = at?.agent ?? (await world.agent(queue.id));
		made += 1;
		const limited = limits && (await outbound.limits.create({ name: `Limits ${made}`, value: limits }, actor));
		const list = await outbound.lists.create(
			{
				name: `Contacts ${made}`,
				value: {
					columnNames: ["name", "cell", "home", "zone"],
					phoneColumns: [
						{ columnName: "cell", type: "cell", callableTimeColumn: "zone" },
						{ columnName: "home", type: "home" },
					],
					attemptLimitsId: limited?.id,
				},
			},
			actor,
		);
		const contacts = data.map((one) => contactOf(list.id, one));
		await outbound.addContacts(list, contacts, actor);
		const value = { ...plain, contactListId: list.id, queueId: queue.id, ...changes };
		const campaign = await outbound.campaigns.create({ name: `Campaign ${made}`, value }, actor);
		await outbound.setStatus(campaign, "on", actor);
		return { queueId: queue.id, agent, campaignId: campaign.id, listId: list.id, code: queue.code.id };
	}

	/** One more contact at the end of the list. */
	async function addContact({ listId }: Story, data: Record<string, string>) {
		const list = await outbound.lists.require(listId);
		const contact = contactOf(listId, data);
		await outbound.addContacts(list, [contact], actor);
		return contact;
	}

	/** The campaign's interactions that have a contact now. */
	async function taken({ campaignId }: Story): Promise<Conversation[]> {
		const ids = await outbound.runs.taken(outbound.db, [campaignId]);
		return conversations.all(ids.map((one) => one.conversationId));
	}

	async function now({ id }: Conversation): Promise<Conversation> {
		const found = await conversations.get(id);
		if (!found) throw new Error("The interaction is gone.");
		return found;
	}

	return {
		...{ world, kernel, outbound, conversations, assignment, dialer, deeds, work, actor },
		...{ story, taken, now, addContact },
		close: () => world.close(),

		/** As when the server looks and assigns. */
		async turn({ queueId }: Pick<Story, "queueId">): Promise<void> {
			await dialer.lookNow();
			// As the server does: rows that something else holds just then are looked at again.
			let isMore = true;
			while (isMore) ({ again: isMore } = await assignment.assign([queueId]));
		},

		async later(seconds: number): Promise<void> {
			kernel.clock.advance(seconds * 1000);
			await kernel.jobs.runDue();
		},

		async only(of: Story): Promise<Conversation> {
			const [one, ...others] = await taken(of);
			expect(others).toEqual([]);
			if (!one) throw new Error("The campaign has no contact in hand.");
			return one;
		},

		/** The agent's phone is there, and the far end does as it says. */
		async called(conversation: Conversation, far: "answers" | "busy"): Promise<void> {
			await conversations.calls.mediaConnected(conversation.id, agentIn(conversation).id);
			const dialling = (await now(conversation)).participants.findLast((one) => isOutside(one) && one.calls);
			if (far === "answers") await conversations.calls.mediaConnected(conversation.id, dialling?.id ?? "");
			else await conversations.calls.partyLeft(conversation.id, dialling?.id ?? "", "client", "busy");
		},

		async attempts({ campaignId }: Story) {
			const { rows } = await sql<{ number: string; result: string | null }>`
				select number, result from outbound_attempts where campaign_id = ${campaignId} order by id`.execute(
				outbound.db,
			);
			return rows;
		},

		async stateOf({ campaignId }: Story, contactId: string) {
			const { rows } = await sql<{ state: string; why: string | null }>`select state, why from outbound_tries
				where campaign_id = ${campaignId} and contact_id = ${contactId}`.execute(outbound.db);
			return rows[0];
		},

		async means(code: string, ...flags: MappingFlag[]): Promise<void> {
			const { value } = await outbound.rules.mapping();
			await outbound.rules.setMapping({ ...value, mapping: { ...value.mapping, [code]: flags } }, actor);
		},

		/** The contact's state in the list. */
		contactOf: ({ listId }: Story, conversation: Conversation) =>
			outbound.contacts.find(outbound.db, listId, conversation.internal.campaign?.contactId ?? ""),
	};
}

export type CampaignWorld = Awaited<ReturnType<typeof campaignWorld>>;

export const agentIn = (conversation: Conversation) => conversation.participants.find(isStaff) as { id: string };
export const by = (userId: string) => ({ userId, may: () => false });
