import type { CampaignFacts } from "../conversations/campaign/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Calling, Readied } from "./calling.ts";
import type { ChosenNumber } from "./choose.ts";
import type { ContactStore } from "./contact-store.ts";
import type { CampaignRun, Contact } from "./model.ts";
import { type Prepared, prepare } from "./rule-sets.ts";
import type { ContactTries, RunStore } from "./run-store.ts";

/** A contact that is to be offered or called, and at which numbers. */
export interface Taken {
	contact: Contact;
	known: ContactTries;
	numbers: CampaignFacts["numbers"];
	/** The agent whose contact it is. */
	ownerId?: string;
	/** What rules have said of the call. */
	ruled?: Pick<Prepared<ChosenNumber>, "callerAddress" | "callerName" | "isPreview">;
}

/** What a look asks for. */
export interface Wanted {
	/** Contacts at most. */
	count: number;
	/** Agents who would be given one now: of contacts that are somebody's only theirs are taken, one each. */
	free: ReadonlySet<string>;
}

export interface TakingDeps {
	calling: Calling;
	contacts: ContactStore;
	runs: RunStore;
	/** Users by the email address, in lower case, that a contact list names; those who are none are absent. */
	ownersOf(trx: Trx, emails: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

type Owner = { is: "free"; id?: string } | { is: "busy"; id: string } | { is: "nobody" };

type Choice = Awaited<ReturnType<Calling["choices"]>>[number];

/** Contacts of one look. */
const batch = 50;
/** When a number that another contact of the same look has is looked at again, ms. */
const sameLookMs = 60_000;

/** The next contacts that may be called: first those whose time has come again, then those behind the run's position. */
export function createTaking({ clock }: Pick<Kernel, "clock">, { calling, contacts, runs, ownersOf }: TakingDeps) {
	return async function take(trx: Trx, readied: Readied, run: CampaignRun, { count: wanted, free }: Wanted) {
		const { campaign, list } = readied;
		const found: Taken[] = [];
		const numbers = new Set<string>();
		const given = new Set<string>();
		const { ownerColumn } = campaign.value;

		/** @returns the position of the last one that was looked at, where there are enough before the end */
		async function consider(asked: ReadonlyArray<{ contact: Contact; known: ContactTries }>) {
			const choices = await calling.choices(
				trx,
				readied,
				asked.map(({ contact, known }) => ({ contact, tries: known.tries })),
			);
			const owners = await ownersIn(asked.map((one) => one.contact));
			for (const [index, { contact, known }] of asked.entries()) {
				const choice = choices[index];
				if (!choice || found.length === wanted) return contact.position - 1;
				const owner = owners(contact);
				if (choice.kind === "never") await later(known, choice);
				else if (owner.is === "nobody") await later(known, { kind: "never", why: "noOwner" });
				else if (owner.is === "busy") await wait(known, owner.id);
				else if (choice.kind === "call" && !choice.numbers.some((one) => numbers.has(one.number))) {
					const said = await prepared(contact, choice.numbers);
					if (!said || said.numbers.length === 0) {
						await later(known, { kind: "never", why: said ? "ruled" : "notCallable" });
						continue;
					}
					for (const one of said.numbers) numbers.add(one.number);
					if (owner.id) given.add(owner.id);
					found.push({
						...{ contact: said.contact, known, numbers: said.numbers.map(withType(readied)), ruled: said },
						...(owner.id ? { ownerId: owner.id } : {}),
					});
				} else await later(known, choice);
			}
			return undefined;
		}

		/** Whose contacts they are: `busy` ones are told of when they are free. Where nothing stands they are everybody's. */
		async function ownersIn(asked: readonly Contact[]) {
			const emailOf = (contact: Contact) =>
				(ownerColumn && contact.data[ownerColumn]?.trim().toLowerCase()) || undefined;
			const emails = [...new Set(asked.flatMap((contact) => emailOf(contact) ?? []))];
			const known = emails.length > 0 ? await ownersOf(trx, emails) : new Map<string, string>();
			return (contact: Contact): Owner => {
				const email = emailOf(contact);
				if (email === undefined) return { is: "free" };
				const id = known.get(email);
				if (id === undefined) return { is: "nobody" };
				return free.has(id) && !given.has(id) ? { is: "free", id } : { is: "busy", id };
			};
		}

		/**
		 * As the rules before a call leave it; what they have changed stands with the contact.
		 * @returns undefined for one that was taken from the list meanwhile
		 */
		async function prepared(contact: Contact, chosen: ChosenNumber[]): Promise<Prepared<ChosenNumber> | undefined> {
			const { ruleSets } = readied;
			if (ruleSets.length === 0) return { contact, numbers: chosen, isChanged: false, isPreview: false };
			const now = await contacts.lock(trx, list.id, contact.id);
			if (!now) return undefined;
			const about = { phoneColumns: list.value.phoneColumns, now: clock.now() };
			const said = prepare(ruleSets, { contact: now, numbers: chosen }, about);
			if (said.isChanged) await contacts.update(trx, said.contact);
			return said;
		}

		async function wait(known: ContactTries, waitsFor: string): Promise<void> {
			await runs.saveTries(trx, campaign.id, run.run, { ...known, state: "open", againAt: undefined, waitsFor });
		}

		async function later(known: ContactTries, choice: Choice): Promise<void> {
			const soon = new Date(clock.now().getTime() + sameLookMs);
			const state = choice.kind === "never" ? ("done" as const) : ("open" as const);
			const againAt = choice.kind === "later" ? choice.at : choice.kind === "call" ? soon : undefined;
			const why = choice.kind === "call" ? "attempts" : choice.why;
			await runs.saveTries(trx, campaign.id, run.run, { ...known, state, why, againAt, waitsFor: undefined });
		}

		const due = [
			...(ownerColumn ? await runs.dueFor(trx, campaign.id, run.run, [...free]) : []),
			...(await runs.due(trx, campaign.id, run.run, clock.now(), batch)),
		];
		const byId = new Map(due.map((one) => [one.contactId, one]));
		const back = due.length === 0 ? [] : await contacts.ofIds(trx, list.id, [...byId.keys()]);
		for (const one of goneSince(due, back)) await runs.saveTries(trx, campaign.id, run.run, one);
		await consider(back.map((contact) => ({ contact, known: byId.get(contact.id) as ContactTries })));
		let { position } = run;
		while (found.length < wanted) {
			const fresh = await contacts.after(trx, list.id, position, batch);
			if (fresh.length === 0) return { found, position, isOver: true };
			const stopped = await consider(fresh.map((contact) => ({ contact, known: untouched(contact.id) })));
			position = stopped ?? fresh.at(-1)?.position ?? position;
			if (stopped !== undefined) break;
		}
		return { found, position, isOver: false };
	};
}

/** Contacts that were taken from the list meanwhile are done with. */
function goneSince(due: readonly ContactTries[], left: readonly Contact[]): ContactTries[] {
	const standing = new Set(left.map((one) => one.id));
	return due.flatMap((one) =>
		standing.has(one.contactId) ? [] : { ...one, state: "done" as const, why: "notCallable", againAt: undefined },
	);
}

const untouched = (contactId: string): ContactTries => ({
	contactId,
	state: "open",
	tries: { attempts: 0, columns: {} },
});

function withType({ list }: Readied) {
	return ({ column, number }: { column: string; number: string }) => {
		const type = list.value.phoneColumns.find((one) => one.columnName === column)?.type ?? "";
		return { column, number, type };
	};
}
