import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import { type CampaignOutcome, hasCalled, isPreview } from "../conversations/campaign/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { contactChanged } from "./events.ts";
import { withColumns } from "./kept-contact.ts";
import type { Contact, ContactListValue } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";

/**
 * What agents do with a campaign's contact beside calling it (agent-features 18, "Remove from campaign", "DNC in one press"). A
 * preview in which nothing is left to call ends with it: nobody has to skip what was just taken away.
 */
export function createDeeds(
	{ database, events }: Pick<Kernel, "database" | "events">,
	{ calling, campaigns, contacts, lists, changeContact, changeDnc, country }: OutboundThings,
	conversations: Pick<Campaigns, "end" | "skip">,
) {
	async function end({ id }: Conversation, outcome: CampaignOutcome): Promise<void> {
		await database.change((trx) => conversations.end(trx, id, outcome, (now) => isPreview(now) && !hasCalled(now)));
	}

	/** The campaign's first DNC list. @throws ApiError 400 where there is none */
	async function dncListOf({ internal }: Conversation): Promise<string> {
		const { campaign: facts } = internal;
		const campaign = facts && (await campaigns.store.find(database.db, facts.campaignId));
		const [listId] = campaign?.value.dncListIds ?? [];
		if (listId) return listId;
		throw badField(
			"conversationId",
			"The interaction is of no campaign with a DNC list onto which its number could go.",
		);
	}

	return {
		dncListOf,

		/** The columns of the interaction's contact, in the order of its list; empty ones too. undefined where it has gone. */
		async contactOf({ internal }: Conversation): Promise<ContactColumn[] | undefined> {
			const facts = internal.campaign;
			if (!facts) return undefined;
			const list = await lists.require(facts.contactListId);
			const contact = await contacts.find(database.db, list.id, facts.contactId);
			return contact && columnsOf(list.value, contact);
		},

		/**
		 * Columns are corrected, the others stay as they are by then. What is called in this interaction was found before.
		 * @throws ApiError 400 naming the column, 404, 409 where the list has that key already
		 */
		async changeColumns(
			{ id, internal }: Conversation,
			columns: Readonly<Record<string, string>>,
			actor: Actor,
		): Promise<ContactColumn[]> {
			const facts = internal.campaign;
			if (!facts) throw notFound("campaign interaction", id);
			const list = await lists.require(facts.contactListId);
			const inCountry = await country();
			const after = await changeContact(list, facts.contactId, actor, (before) =>
				withColumns(list, before, columns, inCountry),
			);
			return columnsOf(list.value, after);
		},

		/** The number that was called last, else the first one. @throws ApiError 400 where no campaign's list is there for it */
		async doNotCall(conversation: Conversation, actor: Actor): Promise<void> {
			await changeDnc(await dncListOf(conversation), "Add", [numberOf(conversation)], actor);
			const facts = conversation.internal.campaign;
			if (facts && !(await calling.isCallable(facts))) await end(conversation, "dnc");
		},

		/** @throws ApiError as `Campaigns.skip` */
		skip: ({ id }: Conversation, userId: string, reason: string | undefined) => conversations.skip(id, userId, reason),

		/** The contact is not called any more, by any campaign of its list. */
		async remove(conversation: Conversation, actor: Actor): Promise<void> {
			const facts = conversation.internal.campaign;
			if (!facts) return;
			await database.change(async (trx) => {
				const contact = await contacts.lock(trx, facts.contactListId, facts.contactId);
				if (!contact?.callable) return;
				await contacts.update(trx, { ...contact, callable: false });
				await events.append(trx, [contactChanged(contact.contactListId, contact.id, "updated", actor)]);
			});
			await end(conversation, "notCallable");
		},
	};
}

export type Deeds = ReturnType<typeof createDeeds>;

export interface ContactColumn {
	name: string;
	value: string;
}

function columnsOf({ columnNames }: ContactListValue, { data }: Contact): ContactColumn[] {
	return columnNames.map((name) => ({ name, value: data[name] ?? "" }));
}

/** The number that an interaction is, or would be, with. */
function numberOf({ internal, participants }: Conversation): string {
	const dialled = internal.facts?.attempts.at(-1)?.number ?? participants.find((one) => one.dnis)?.dnis;
	return dialled ?? internal.campaign?.numbers[0]?.number ?? "";
}
