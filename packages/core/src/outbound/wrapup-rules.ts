import { randomUUID } from "node:crypto";
import type { CampaignFacts } from "../conversations/campaign/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { ContactStore } from "./contact-store.ts";
import { readContact } from "./csv-rows.ts";
import type { DncStore } from "./dnc-store.ts";
import { contactChanged, dncChanged } from "./events.ts";
import type { CampaignValue, Contact, ContactListValue } from "./model.ts";
import { applies, type RuleFacts } from "./rule-judge.ts";
import type { RuleAction, RuleSetValue } from "./rule-set-model.ts";
import { modified } from "./rule-sets.ts";
import type { ThingStore } from "./thing-store.ts";

export interface WrapupRulesDeps {
	campaigns: Pick<ThingStore<CampaignValue>, "find">;
	lists: Pick<ThingStore<ContactListValue>, "find">;
	ruleSetsOf(trx: Trx, campaign: CampaignValue): Promise<RuleSetValue[]>;
	contacts: ContactStore;
	dnc: DncStore;
}

/** What a call came to: the code of its first wrap-up, or what the system says of it. */
export type CameTo = Pick<RuleFacts, "wrapupCode" | "systemCode">;

/** What the rules have left to do to the contact's place in the run. */
export interface RulesSaid {
	/** The number is called again then. */
	againAt?: Date;
	/** Nobody calls the contact any more. */
	isContactOver: boolean;
}

/** Rules that come after a call, in the transaction that keeps its wrap-up: what they do stands with it, or not at all. */
export function createWrapupRules(
	{ events, clock }: Pick<Kernel, "events" | "clock">,
	{ campaigns, lists, ruleSetsOf, contacts, dnc }: WrapupRulesDeps,
) {
	async function toList(trx: Trx, listId: string, contact: Contact): Promise<void> {
		const list = await lists.find(trx, listId);
		if (!list) return;
		const kept = dataFor(list.value, contact);
		const read = readContact(kept, list.value, "US");
		// What the other list could not call is not put there.
		if ("code" in read) return;
		// Who stands there is called there: lists in a circle would call the same person without end.
		const numbers = Object.values(read.numbers).map((one) => one.number);
		if (await contacts.hasNumber(trx, listId, numbers)) return;
		const id = randomUUID();
		const made = { id, contactListId: listId, key: read.key ?? undefined, data: kept, callable: true };
		const taken = await contacts.insert(trx, listId, [{ ...made, numbers: read.numbers, dateCreated: clock.now() }]);
		if (taken.size > 0) await events.append(trx, [contactChanged(listId, id, "created", {})]);
	}

	async function notAgain(trx: Trx, [listId]: readonly string[], number: string | undefined): Promise<void> {
		if (listId === undefined || number === undefined) return;
		const added = await dnc.add(trx, listId, [number], clock.now());
		if (added > 0) await events.append(trx, [dncChanged(listId, "added", added)]);
	}

	/** @returns undefined where the campaign has no rules */
	return async function follow(
		trx: Trx,
		facts: CampaignFacts,
		column: string,
		came: CameTo,
	): Promise<RulesSaid | undefined> {
		const campaign = await campaigns.find(trx, facts.campaignId);
		const sets = campaign ? await ruleSetsOf(trx, campaign.value) : [];
		if (!campaign || sets.length === 0) return undefined;
		let contact = await contacts.lock(trx, facts.contactListId, facts.contactId);
		const list = await lists.find(trx, facts.contactListId);
		if (!contact || !list) return undefined;
		const [before, now] = [contact, clock.now()];
		const said: RulesSaid = { isContactOver: false };
		for (const rule of sets.flatMap((one) => one.rules)) {
			const about = { ...came, contact, column, phoneColumns: list.value.phoneColumns, now };
			if (!applies(rule, "DIALER_WRAPUP", about)) continue;
			for (const action of rule.actions) {
				contact = changedBy(contact, action, column, now);
				if (action.actionTypeName === "SCHEDULE_CALLBACK")
					said.againAt = new Date(now.getTime() + action.callbackOffset * 60_000);
				if (action.actionTypeName === "INLAY_APPEND_TO_LIST") await toList(trx, action.contactListId, contact);
				if (action.actionTypeName === "APPEND_NUMBER_TO_DNC_LIST")
					await notAgain(trx, campaign.value.dncListIds, contact.numbers[column]?.number);
			}
		}
		if (contact !== before) {
			await contacts.update(trx, contact);
			await events.append(trx, [contactChanged(contact.contactListId, contact.id, "updated", {})]);
		}
		return { ...said, isContactOver: before.callable && !contact.callable };
	};
}

export type WrapupRules = ReturnType<typeof createWrapupRules>;

/** What another list keeps of a contact; numbers are as they are called, so they need no country. */
function dataFor({ columnNames, phoneColumns }: ContactListValue, { data, numbers }: Contact): Record<string, string> {
	const dialled = new Set(phoneColumns.map((one) => one.columnName));
	const kept = columnNames.flatMap((column): Array<[string, string]> => {
		const value = numbers[column]?.number ?? data[column] ?? "";
		return value !== "" && (!dialled.has(column) || value.startsWith("+")) ? [[column, value]] : [];
	});
	return Object.fromEntries(kept);
}

function changedBy(contact: Contact, action: RuleAction, column: string, now: Date): Contact {
	const number = contact.numbers[column];
	switch (action.actionTypeName) {
		case "MODIFY_CONTACT_ATTRIBUTE":
			return modified(contact, action, now);
		case "CONTACT_UNCALLABLE":
			return { ...contact, callable: false };
		case "NUMBER_UNCALLABLE":
			return number
				? { ...contact, numbers: { ...contact.numbers, [column]: { ...number, callable: false } } }
				: contact;
		default:
			return contact;
	}
}
