import type { CampaignBook } from "../conversations/ports.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Referable, Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { StillMay } from "../kernel/still-may.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import { createBook } from "./book.ts";
import { createCalling } from "./calling.ts";
import { contactStore } from "./contact-store.ts";
import { createDialer, type DialerDeps } from "./dialer.ts";
import { dncStore } from "./dnc-store.ts";
import { contactChanged, dncChanged, thingChanged } from "./events.ts";
import { createImports } from "./imports.ts";
import type {
	AttemptLimitsValue,
	CallableTimeSetValue,
	CampaignRun,
	CampaignStatus,
	CampaignValue,
	Contact,
	ContactListValue,
	DncListValue,
	Thing,
} from "./model.ts";
import type { Whereabouts } from "./reach.ts";
import { addsToDnc, requireOtherLists, requireRuleColumns } from "./rule-columns.ts";
import type { RuleSetValue } from "./rule-set-model.ts";
import { createRules } from "./rules-store.ts";
import { runStore } from "./run-store.ts";
import { thingsInDivisions } from "./thing-store.ts";
import { createThings, type KindRules, type Things } from "./things.ts";
import { told } from "./told.ts";
import {
	attemptLimitsView,
	campaignView,
	contactListView,
	dncListView,
	neverRun,
	ruleSetView,
	timeSetView,
} from "./views.ts";
import { createWrapupRules } from "./wrapup-rules.ts";

export interface OutboundDeps {
	directory: DivisionDirectory;
	/** Queues that stand, held. */
	queues: Pick<Referable, "hold"> & {
		get(id: string): Promise<{ divisionId: string; memberCount: number } | undefined>;
	};
	/** Scripts that stand, held, and who is asked before one goes; campaigns name none unless told. */
	scripts?: Pick<Referable, "hold"> & { onRemove(referrer: Referrer): void };
	country(): Promise<string>;
	/** Of whoever brings a file of contacts, while it comes. */
	stillMay: StillMay;
}

/** What outbound dialing keeps, and what conversations tell it: there before there are conversations. */
export function createOutboundThings(kernel: Kernel, deps: OutboundDeps) {
	const { database } = kernel;
	const { directory } = deps;
	const [contacts, dnc, runs, rules] = [
		contactStore(database.db),
		dncStore(database.db),
		runStore(database.db),
		createRules(kernel),
	];
	for (const kind of ["contactList", "dncList", "campaign"] as const)
		directory.divisions.addCounter(`OUTBOUND_${kind.toUpperCase()}`, thingsInDivisions(kind));

	async function held(trx: Trx, of: Referable, ids: ReadonlyArray<string | undefined>, field: string): Promise<void> {
		const asked = ids.filter((id) => id !== undefined);
		const standing = await of.hold(trx, asked);
		const gone = asked.find((id) => !standing.has(id));
		if (gone !== undefined) throw badField(field, `${field} names ${gone}, which does not exist.`);
	}

	const queuesHeld = { hold: deps.queues.hold, standing: deps.queues.hold };
	const scriptsOf = deps.scripts?.hold ?? (async () => new Set<string>());
	const scriptsHeld = { hold: scriptsOf, standing: scriptsOf };
	const limits: Things<AttemptLimitsValue> = createThings<AttemptLimitsValue>(kernel, {
		kind: "attemptLimits",
		word: "set of attempt limits",
		view: attemptLimitsView,
		referrers: (trx, id) => limits.store.referringTo(trx, id, "contactList", "text", "attemptLimitsId"),
	});
	const timeSets: Things<CallableTimeSetValue> = createThings<CallableTimeSetValue>(kernel, {
		kind: "callableTimeSet",
		word: "callable time set",
		view: timeSetView,
		referrers: (trx, id) => timeSets.store.referringTo(trx, id, "campaign", "text", "callableTimeSetId"),
	});
	const dncLists: Things<DncListValue> = createThings<DncListValue>(
		kernel,
		{
			kind: "dncList",
			word: "DNC list",
			view: dncListView,
			referrers: (trx, id) => dncLists.store.referringTo(trx, id, "campaign", "list", "dncListIds"),
		},
		directory,
	);
	const lists: Things<ContactListValue> = createThings<ContactListValue>(
		kernel,
		{
			kind: "contactList",
			word: "contact list",
			view: contactListView,
			keeps: (sent, { importStatus }) => ({ ...sent, importStatus }),
			async hold(trx, value, before) {
				await held(trx, limits.store.referred, [value.attemptLimitsId], "attemptLimits");
				if (before) await requireRulesKept(trx, before.id, value);
			},
			referrers: async (trx, id) =>
				(await lists.store.referringTo(trx, id, "campaign", "text", "contactListId")).concat(
					await lists.store.referringTo(trx, id, "ruleSet", "text", "contactListId"),
					await lists.store.referringTo(trx, id, "ruleSet", "list", "listIds"),
				),
		},
		directory,
	);
	const ruleSets: Things<RuleSetValue> = createThings<RuleSetValue>(kernel, {
		kind: "ruleSet",
		word: "rule set",
		view: ruleSetView,
		async hold(trx, value, before) {
			await held(trx, lists.store.referred, [value.contactListId, ...value.listIds], "contactList");
			await held(trx, queuesHeld, [value.queueId], "queue");
			const list = value.contactListId && (await lists.store.find(trx, value.contactListId));
			if (list) requireFit(value, list, "rules");
			if (before) await requireCampaigns(trx, before.id, value);
		},
		referrers: (trx, id) => ruleSets.store.referringTo(trx, id, "campaign", "list", "ruleSetIds"),
	});
	const campaigns = createThings<CampaignValue>(kernel, campaignRules(), directory);
	deps.scripts?.onRemove(async (trx, id) => {
		const uses = await campaigns.store.referringTo(trx, id, "campaign", "text", "scriptId");
		return uses.map((use) => ({ ...use, what: `the campaign ${use.what}` }));
	});

	function campaignRules(): KindRules<CampaignValue> {
		return {
			kind: "campaign",
			word: "campaign",
			view: campaignView,
			async hold(trx, value, before) {
				await held(trx, lists.store.referred, [value.contactListId], "contactList");
				await held(trx, dncLists.store.referred, value.dncListIds, "dncLists");
				await held(trx, timeSets.store.referred, [value.callableTimeSetId], "callableTimeSet");
				await held(trx, ruleSets.store.referred, value.ruleSetIds ?? [], "ruleSets");
				await held(trx, queuesHeld, [value.queueId], "queue");
				await held(trx, scriptsHeld, [value.scriptId], "script");
				await requireRuleSets(trx, value);
				await requireColumns(trx, value);
				if (before) await refuseWhileCalling(trx, before, value);
			},
			async saved(trx, campaign, before) {
				if (!before) await runs.save(trx, campaign.id, neverRun);
			},
			async referrers(trx, id) {
				const run = await runs.lock(trx, id);
				return run?.status === "on" || run?.status === "stopping" ? [{ what: "calls that it makes: stop it" }] : [];
			},
		};
	}

	/** Rules write and read the columns of one list. */
	async function requireRuleSets(trx: Trx, { contactListId, ruleSetIds = [] }: CampaignValue): Promise<void> {
		const list = await lists.store.find(trx, contactListId);
		for (const id of ruleSetIds) {
			const set = await ruleSets.store.find(trx, id);
			if (!set || !list) continue;
			const { contactListId: theirs } = set.value;
			if (theirs !== undefined && theirs !== contactListId)
				throw badField("ruleSets", `ruleSets names ${set.name}, whose rules are of another contact list.`);
			requireFit(set.value, list, "ruleSets");
		}
	}

	function requireFit(rules: RuleSetValue, list: Thing<ContactListValue>, field: string): void {
		requireRuleColumns(rules, list.value, field);
		requireOtherLists(rules, list, field);
	}

	/** Campaigns that have the rules follow them at once, each with its own list. */
	async function requireCampaigns(trx: Trx, ruleSetId: string, rules: RuleSetValue): Promise<void> {
		for (const { value } of await campaigns.store.naming(trx, "list", "ruleSetIds", ruleSetId)) {
			if (rules.contactListId !== undefined && rules.contactListId !== value.contactListId)
				// Not by name: campaigns of other divisions are not everybody's to see.
				throw badField("contactList", "contactList is not the one that a campaign calls by these rules.");
			const list = await lists.store.find(trx, value.contactListId);
			if (list) requireFit(rules, list, "rules");
		}
	}

	/** Columns that rules write do not become numbers or keys. */
	async function requireRulesKept(trx: Trx, listId: string, value: ContactListValue): Promise<void> {
		const calling = await campaigns.store.naming(trx, "text", "contactListId", listId);
		const ids = new Set(calling.flatMap((one) => one.value.ruleSetIds ?? []));
		const bound = await ruleSets.store.naming(trx, "text", "contactListId", listId);
		const others = await Promise.all([...ids].map((id) => ruleSets.store.find(trx, id)));
		for (const set of bound.concat(others.flatMap((one) => one ?? [])))
			requireRuleColumns(set.value, value, "phoneColumns", `The rule set ${set.name}`);
	}

	async function requireColumns(trx: Trx, value: CampaignValue): Promise<void> {
		const { contactListId, phoneColumns, shownColumns, ownerColumn, dialingMode } = value;
		const list = await lists.store.find(trx, contactListId);
		const dialled = new Set(list?.value.phoneColumns.map((one) => one.columnName));
		const wrong = phoneColumns.find((one) => !dialled.has(one.columnName));
		if (wrong)
			throw badField(
				"phoneColumns",
				`phoneColumns names ${wrong.columnName}, which holds no numbers in the contact list.`,
			);
		const unknown = shownColumns.find((name) => !list?.value.columnNames.includes(name));
		if (unknown)
			throw badField("inlay.shownColumns", `inlay.shownColumns names ${unknown}, which the list does not have.`);
		if (ownerColumn === undefined) return;
		if (!list?.value.columnNames.includes(ownerColumn))
			throw badField("inlay.ownerColumn", `inlay.ownerColumn names ${ownerColumn}, which the list does not have.`);
		// Who has answered is nobody's to keep waiting.
		if (dialingMode !== "preview")
			throw badField("inlay.ownerColumn", "inlay.ownerColumn is for previews: who answers talks to whoever is free.");
	}

	/** Whom it calls, and how, is changed while nobody is called. */
	async function refuseWhileCalling(trx: Trx, before: Thing<CampaignValue>, after: CampaignValue): Promise<void> {
		const run = await runs.lock(trx, before.id);
		if (run?.status !== "on" && run?.status !== "stopping") return;
		for (const field of ["contactListId", "dialingMode", "queueId"] as const)
			if (before.value[field] !== after[field])
				throw badField(field.replace(/Id$/, ""), `${field.replace(/Id$/, "")} is changed while the campaign is off.`);
	}

	const whereabouts: Whereabouts = {
		contactList: async (id) => (await lists.store.find(database.db, id))?.divisionId,
		dncList: async (id) => (await dncLists.store.find(database.db, id))?.divisionId,
		queue: async (id) => (await deps.queues.get(id))?.divisionId,
		calledLists: async (ruleSetId) => {
			const having = await campaigns.store.naming(database.db, "list", "ruleSetIds", ruleSetId);
			return having.map((one) => one.value.contactListId);
		},
		filledLists: async (ruleSetId) => (await ruleSets.store.find(database.db, ruleSetId))?.value.listIds ?? [],
	};

	const calling = createCalling(kernel, {
		...{ contacts, dnc, runs, rules },
		campaigns: campaigns.store,
		lists: lists.store,
		timeSets: timeSets.store,
		limits: limits.store,
		ruleSets: ruleSets.store,
	});
	const wrapupRules = createWrapupRules(kernel, {
		...{ contacts, dnc, campaigns: campaigns.store, lists: lists.store, ruleSetsOf: calling.ruleSetsOf },
	});
	const book: CampaignBook = createBook(kernel, { calling, runs, wrapupRules });
	const imports = createImports(kernel, { lists, contacts, country: deps.country, stillMay: deps.stillMay });

	/** Where campaigns stand. */
	async function runsOf(ids: readonly string[]): Promise<Map<string, CampaignRun>> {
		return runs.runs(database.db, ids);
	}

	/**
	 * Starts or stops a campaign. One that is complete begins anew; one that is stopped goes on where it was.
	 * @throws ApiError 400 for what it lacks
	 */
	/** @throws ApiError 400 for a campaign that cannot be started */
	function requireQueue({ queueId }: CampaignValue): void {
		if (!queueId) throw badField("queue", "queue must say whose agents the campaign calls for, before it is started.");
	}

	async function setStatus(campaign: Thing<CampaignValue>, wanted: "on" | "off", actor: Actor): Promise<CampaignRun> {
		if (wanted === "on") requireQueue(campaign.value);
		return database.change(async (trx) => {
			if (wanted === "on") await held(trx, queuesHeld, [campaign.value.queueId], "queue");
			const run = (await runs.lock(trx, campaign.id)) ?? neverRun;
			const isOn = run.status === "on";
			if (isOn === (wanted === "on")) return run;
			const isAnew = wanted === "on" && run.status === "complete";
			const status = await statusAfter(trx, campaign.id, wanted);
			const now = { ...run, status, ...(isAnew ? { run: run.run + 1, position: 0 } : {}) };
			await runs.save(trx, campaign.id, now);
			const news = thingChanged("campaign", campaign, status, campaignView(campaign, now), actor);
			await kernel.events.append(trx, [news, ...(await told(trx, runs, campaign))]);
			return now;
		});
	}

	/** What keeps a campaign from calling, as `Campaign.errors` has it; what will keep it from that is said before it is started. */
	async function troubles({ value }: Thing<CampaignValue>): Promise<Array<{ error: string; details: string }>> {
		const { contactListId, queueId } = value;
		const [list, queue] = await Promise.all([
			lists.store.find(database.db, contactListId),
			queueId === undefined ? undefined : deps.queues.get(queueId),
		]);
		const found: Array<{ error: string; details: string }> = [];
		if (!list) found.push({ error: "contactList.gone", details: "The contact list does not exist any more." });
		if (queueId !== undefined && !queue)
			found.push({ error: "queue.gone", details: "The queue does not exist any more." });
		if (queue?.memberCount === 0)
			found.push({ error: "queue.noMembers", details: "The queue has no members: nobody is called until it has." });
		if (value.dncListIds.length === 0 && (await calling.ruleSetsOf(database.db, value)).some(addsToDnc))
			found.push({ error: "dncList.none", details: "A rule puts numbers onto a DNC list, and the campaign has none." });
		return found;
	}

	async function statusAfter(trx: Trx, campaignId: string, wanted: "on" | "off"): Promise<CampaignStatus> {
		if (wanted === "on") return "on";
		return (await runs.taken(trx, [campaignId])).length > 0 ? "stopping" : "off";
	}

	/** All of them or none. @throws ApiError 409 for one whose key, or id, stands in the list */
	async function addContacts(
		list: Thing<ContactListValue>,
		made: ReadonlyArray<Omit<Contact, "position">>,
		actor: Actor,
	): Promise<void> {
		await database.change(async (trx) => {
			const taken = await contacts.insert(trx, list.id, made);
			const other = made.find((one, at) => !taken.has(one.id) || made.findIndex(({ id }) => id === one.id) < at);
			if (other) throw twice(other.key ?? other.id);
			await kernel.events.append(trx, [contactChanged(list.id, made[0]?.id ?? "", "created", actor)]);
		});
	}

	/** @param now what is made of it as it is by then @throws ApiError 404 for one that has gone meanwhile, 409 for the key of another */
	async function changeContact(
		list: Thing<ContactListValue>,
		id: string,
		actor: Actor,
		now: (before: Contact) => Contact,
	): Promise<Contact> {
		let key: string | undefined;
		const work = database.change(async (trx) => {
			const before = await contacts.lock(trx, list.id, id);
			if (!before) throw notFound("contact", id);
			const after = now(before);
			key = after.key;
			await contacts.update(trx, after);
			await kernel.events.append(trx, [contactChanged(list.id, id, "updated", actor)]);
			return after;
		});
		return work.catch((error: unknown) => {
			throw isUniqueViolation(error, "outbound_contacts_key") ? twice(key ?? "") : error;
		});
	}

	/** @throws ApiError 404 for one that has gone */
	async function removeContact(list: Thing<ContactListValue>, id: string, actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			if (!(await contacts.delete(trx, list.id, id))) throw notFound("contact", id);
			await kernel.events.append(trx, [contactChanged(list.id, id, "deleted", actor)]);
		});
	}

	async function changeDnc(listId: string, action: "Add" | "Remove", numbers: string[], actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			if (!(await dncLists.store.lock(trx, listId))) throw notFound(dncLists.word, listId);
			const changed =
				action === "Add"
					? await dnc.add(trx, listId, numbers, kernel.clock.now())
					: await dnc.remove(trx, listId, numbers);
			const change = action === "Add" ? "added" : "removed";
			if (changed > 0) await kernel.events.append(trx, [dncChanged(listId, change, changed, actor)]);
		});
	}

	/** Rules do without a queue that has gone; a campaign says that it lacks one (`troubles`). */
	const ofQueues = {
		numbersInto: async () => [],
		async workingFor(trx: Trx, queueId: string) {
			const uses = await campaigns.store.referringTo(trx, queueId, "campaign", "text", "queueId");
			return uses.map((use) => ({ ...use, what: `the campaign ${use.what}` }));
		},
		async endQueue(trx: Trx, queueId: string): Promise<void> {
			for (const { id } of await ruleSets.store.naming(trx, "text", "queueId", queueId)) {
				const set = await ruleSets.store.lock(trx, id);
				if (set?.value.queueId !== queueId) continue;
				const value = { ...set.value, queueId: undefined };
				const kept = { ...set, value, version: set.version + 1, dateModified: kernel.clock.now() };
				await ruleSets.store.update(trx, kept);
				await kernel.events.append(trx, [thingChanged("ruleSet", kept, "updated", ruleSetView(kept), {})]);
			}
		},
	};

	return {
		db: database.db,
		...{ addContacts, changeContact, removeContact, changeDnc },
		...{ lists, dncLists, timeSets, limits, ruleSets, campaigns, contacts, dnc, runs, rules, calling, book, imports },
		...{ runsOf, setStatus, requireQueue, troubles, whereabouts, ofQueues, country: deps.country },
	};
}

export type OutboundThings = ReturnType<typeof createOutboundThings>;

function twice(key: string): ApiError {
	return new ApiError(409, "general.conflict", "The list has a contact {key} already.", {
		params: { key },
		entityName: "contact",
	});
}

export interface DialerPorts {
	conversations: Pick<Conversations, "campaigns" | "get" | "all">;
	freeAgents: DialerDeps["freeAgents"];
	ownersOf: DialerDeps["ownersOf"];
	isThere(userId: string): boolean;
	offQueue(userIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Who calls, once there are conversations. */
export function createOutboundDialer(kernel: Kernel, things: OutboundThings, ports: DialerPorts) {
	const { calling, contacts, runs } = things;
	const { freeAgents, ownersOf, isThere, offQueue } = ports;
	return createDialer(kernel, {
		...{ calling, contacts, runs, freeAgents, ownersOf, isThere, offQueue },
		campaigns: ports.conversations.campaigns,
		conversation: (id, trx) => ports.conversations.get(id, trx),
		conversations: (ids) => ports.conversations.all(ids),
		view: campaignView,
	});
}
