import type { CampaignFacts } from "../conversations/campaign/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import type { WhatCame } from "./book.ts";
import { type Choice, choose, type Situation } from "./choose.ts";
import type { ContactStore } from "./contact-store.ts";
import type { DncStore } from "./dnc-store.ts";
import {
	type AttemptLimitsValue,
	type CallableTimeSetValue,
	type CampaignValue,
	type Contact,
	type ContactListValue,
	type MappingFlag,
	type SystemResult,
	systemCodes,
	type Thing,
	type Tries,
} from "./model.ts";
import type { RuleSetValue } from "./rule-set-model.ts";
import type { OutboundRules } from "./rules-store.ts";
import type { ContactTries, RunStore } from "./run-store.ts";
import type { ThingStore } from "./thing-store.ts";

export interface CallingDeps {
	campaigns: ThingStore<CampaignValue>;
	lists: ThingStore<ContactListValue>;
	timeSets: ThingStore<CallableTimeSetValue>;
	limits: ThingStore<AttemptLimitsValue>;
	ruleSets: ThingStore<RuleSetValue>;
	contacts: ContactStore;
	dnc: DncStore;
	runs: RunStore;
	rules: OutboundRules;
}

/** Everything of a campaign that decides who is called. */
export interface Readied {
	campaign: Thing<CampaignValue>;
	list: Thing<ContactListValue>;
	base: Omit<Situation, "dnc" | "justDialled" | "now">;
	sameNumberMs: number;
	/** In the order in which they are followed. */
	ruleSets: readonly RuleSetValue[];
}

const untouched: Tries = { attempts: 0, columns: {} };
const minuteMs = 60_000;

/** Whether contacts may be called, asked whenever one is offered or dialled, and what is noted of them. */
export function createCalling({ database, clock }: Pick<Kernel, "database" | "clock">, deps: CallingDeps) {
	const { contacts, runs, rules, dnc } = deps;

	async function limitsOf(on: Db | Trx, listId: string): Promise<AttemptLimitsValue | undefined> {
		const id = (await deps.lists.find(on, listId))?.value.attemptLimitsId;
		return id === undefined ? undefined : (await deps.limits.find(on, id))?.value;
	}

	async function ruleSetsOf(on: Db | Trx, { ruleSetIds = [] }: CampaignValue): Promise<RuleSetValue[]> {
		const sets: RuleSetValue[] = [];
		for (const id of ruleSetIds) {
			const found = await deps.ruleSets.find(on, id);
			if (found) sets.push(found.value);
		}
		return sets;
	}

	/** @returns undefined where something that the campaign needs has gone */
	async function ready(on: Db | Trx, campaignId: string): Promise<Readied | undefined> {
		const campaign = await deps.campaigns.find(on, campaignId);
		const list = campaign && (await deps.lists.find(on, campaign.value.contactListId));
		if (!campaign || !list) return undefined;
		const { callableTimeSetId, dialingMode, phoneColumns } = campaign.value;
		const times = callableTimeSetId === undefined ? undefined : await deps.timeSets.find(on, callableTimeSetId);
		if (callableTimeSetId !== undefined && !times) return undefined;
		const { value: settings } = await rules.settings(on as Trx);
		const columns = phoneColumns.flatMap(({ columnName }) =>
			list.value.phoneColumns.filter((one) => one.columnName === columnName),
		);
		const base = {
			mode: dialingMode,
			columns,
			limits: await limitsOf(on, list.id),
			times: times?.value.callableTimes,
			zone: settings.timeZone,
		};
		const ruleSets = await ruleSetsOf(on, campaign.value);
		return { campaign, list, base, sameNumberMs: settings.sameNumberMinutes * minuteMs, ruleSets };
	}

	/** What may be done with each of the contacts now. @param own conversation whose own attempt does not count as another's */
	async function choices(
		on: Db | Trx,
		{ campaign, base, sameNumberMs }: Readied,
		asked: ReadonlyArray<{ contact: Contact; tries: Tries }>,
	): Promise<Choice[]> {
		const now = clock.now();
		const numbers = asked.flatMap(({ contact }) => Object.values(contact.numbers).map((one) => one.number));
		const since = new Date(now.getTime() - sameNumberMs);
		const [forbidden, justDialled] = [
			await dnc.among(on, campaign.value.dncListIds, numbers),
			sameNumberMs > 0 ? await runs.dialledSince(on, numbers, since) : new Set<string>(),
		];
		return asked.map(({ contact, tries }) => {
			// What was dialled for this contact is counted by its own tries.
			const own = new Set(Object.keys(tries.columns).flatMap((column) => contact.numbers[column]?.number ?? []));
			const others = new Set([...justDialled].filter((number) => !own.has(number)));
			return choose(contact, tries, { ...base, dnc: forbidden, justDialled: others, now });
		});
	}

	async function triesOf(trx: Trx, { campaignId, contactId }: CampaignFacts, run: number): Promise<ContactTries> {
		const known = await runs.tries(trx, campaignId, run, contactId);
		return known ?? { contactId, state: "open", tries: untouched };
	}

	async function changeContact(trx: Trx, facts: CampaignFacts, change: (contact: Contact) => Contact): Promise<void> {
		const contact = await contacts.lock(trx, facts.contactListId, facts.contactId);
		if (contact) await contacts.update(trx, change(contact));
	}

	function withNumber(contact: Contact, column: string, change: object): Contact {
		const number = contact.numbers[column];
		if (!number) return contact;
		return { ...contact, numbers: { ...contact.numbers, [column]: { ...number, ...change } } };
	}

	return {
		ready,
		ruleSetsOf,
		choices,
		triesOf,
		limitsOf,
		campaign: (on: Db | Trx, id: string) => deps.campaigns.find(on, id),

		/** Whether any of the contact's numbers may be called now. */
		async isCallable(facts: CampaignFacts): Promise<boolean> {
			const readied = await ready(database.db, facts.campaignId);
			const contact = await contacts.find(database.db, facts.contactListId, facts.contactId);
			if (!readied || !contact) return false;
			const [choice] = await choices(database.db, readied, [{ contact, tries: untouched }]);
			return choice?.kind === "call";
		},

		flagsOf: (trx: Trx, code: string): Promise<readonly MappingFlag[]> => rules.flagsOf(trx, code),
		abandonMs: async (trx: Trx) => (await rules.settings(trx)).value.abandonSeconds * 1000,

		/** What stands with the contact's number for good (`CallRecord`). */
		noteResult: (
			trx: Trx,
			facts: CampaignFacts,
			column: string,
			{ at, result, uncallable = false }: { at: Date; result?: SystemResult; uncallable?: boolean },
		) =>
			changeContact(trx, facts, (contact) =>
				withNumber(contact, column, {
					lastAttempt: at.toISOString(),
					...(result ? { lastResult: systemCodes[result] } : {}),
					...(uncallable ? { callable: false } : {}),
				}),
			),

		/** By a wrap-up: the contact, or its number, is not called any more, by any campaign. */
		putAside: (trx: Trx, facts: CampaignFacts, column: string, what: { contact: boolean; number: boolean }) =>
			changeContact(trx, facts, (contact) => ({
				...(what.number ? withNumber(contact, column, { callable: false }) : contact),
				callable: contact.callable && !what.contact,
			})),

		/** Where a contact stands after its interaction has ended. */
		async afterwards(
			trx: Trx,
			facts: CampaignFacts,
			tries: Tries,
			came: WhatCame,
		): Promise<Omit<ContactTries, "contactId" | "tries">> {
			const now = clock.now();
			if (came === "returned") return { state: "open", againAt: now };
			if (came === "skipped" || came === "talked") return { state: "done", why: came };
			const readied = await ready(trx, facts.campaignId);
			const contact = await contacts.find(trx, facts.contactListId, facts.contactId);
			if (!readied || !contact) return { state: "done", why: "notCallable" };
			const [choice] = await choices(trx, readied, [{ contact, tries }]);
			if (!choice || choice.kind === "never") return { state: "done", why: choice?.why ?? came };
			return { state: "open", why: came, againAt: choice.kind === "later" ? choice.at : now };
		},

		/** Checked once more at the instant of dialling. @throws ApiError 400 for another number, 409 `outbound.…` */
		async requireCallable({ internal }: Conversation, number: string): Promise<void> {
			const facts = internal.campaign;
			if (!facts) return;
			const column = facts.numbers.find((one) => one.number === number)?.column;
			const readied = await ready(database.db, facts.campaignId);
			const contact = await contacts.find(database.db, facts.contactListId, facts.contactId);
			if (!column || contact?.numbers[column]?.number !== number) throw notTheirs();
			if (!readied) return;
			const one = { ...contact, numbers: { [column]: contact.numbers[column] } };
			const run = (await runs.runs(database.db, [facts.campaignId])).get(facts.campaignId)?.run ?? 0;
			const refused = await database.change(async (trx) => {
				const { tries } = await triesOf(trx, facts, run);
				const columns = { [column]: { count: tries.columns[column]?.count ?? 0 } };
				const [choice] = await choices(trx, readied, [{ contact: one, tries: { ...tries, columns } }]);
				if (!choice || choice.kind === "call") return undefined;
				await changeContact(trx, facts, (now) => withNumber(now, column, { lastResult: systemCodes[choice.why] }));
				return choice.why;
			});
			if (refused) throw refusal(refused, number);
		},
	};
}

export type Calling = ReturnType<typeof createCalling>;

function notTheirs(): ApiError {
	return badField(
		"callNumber",
		"callNumber must be one of the contact's numbers that the campaign calls.",
		"callback.number.invalid",
	);
}

function refusal(why: SystemResult, number: string): ApiError {
	const params = { number, result: systemCodes[why] };
	const of = (code: string, text: string) => new ApiError(409, code, text, { params });
	if (why === "dnc") return of("outbound.dnc", "{number} is on a list of numbers that must not be called.");
	if (why === "noTime") return of("outbound.time.notCallable", "{number} may not be called at this time of its day.");
	return of("outbound.contact.uncallable", "{number} is not to be called any more.");
}
