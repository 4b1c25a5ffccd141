import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import type { CampaignFacts } from "../conversations/campaign/model.ts";
import type { QueueFacts } from "../conversations/model.ts";
import { type Conversation, isConnected, isOutside, isStaff } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import { abandonJob, countdownJob, meetsNobody } from "./book.ts";
import type { Calling, Readied } from "./calling.ts";
import type { ContactStore } from "./contact-store.ts";
import { contactTaken, thingChanged } from "./events.ts";
import type { CampaignRun, CampaignValue, Contact, Thing } from "./model.ts";
import { paceOf } from "./pace.ts";
import type { ContactTries, RunStore } from "./run-store.ts";

export interface DialerDeps {
	calling: Calling;
	contacts: ContactStore;
	runs: RunStore;
	campaigns: Campaigns;
	/** A conversation as it is now. */
	conversation(id: string, trx?: Trx): Promise<Conversation | undefined>;
	/** Agents who would be given a call, or a callback, of the queue now. */
	freeAgents(queueId: string, medium: "call" | "callback"): Promise<number>;
	/** Whether a panel of theirs is there. */
	isThere(userId: string): boolean;
	/** Those of the users who do not work for queues any more. */
	offQueue(userIds: readonly string[]): Promise<ReadonlySet<string>>;
	view(campaign: Thing<CampaignValue>, run: CampaignRun): object;
}

/** How often campaigns are looked at where nothing happens, ms: power reckons anew (agent-features 18: every 10 s). */
const lookMs = 5_000;
/** Contacts of one look. */
const batch = 50;

/**
 * Takes contacts and has them offered or called. The contacts that a look takes and the conversations that it begins are one
 * transaction, so nobody is called twice, and nobody forgotten, whatever happens to the server; what is to come later (a
 * countdown, a recall) has its time in the database.
 */
export function createDialer({ jobs, clock, events, feed, database, log }: Kernel, deps: DialerDeps) {
	const { calling, contacts, runs, campaigns } = deps;
	jobs.handle(countdownJob, (trx, payload) =>
		countdownOver(trx, (payload as { conversationId: string }).conversationId),
	);
	jobs.handle(abandonJob, (trx, payload) =>
		campaigns.end(trx, (payload as { conversationId: string }).conversationId, "abandoned", meetsNobody),
	);

	/** One look at a campaign: what is to be known of the world first, then what is done about it, as one change. */
	async function look(campaignId: string): Promise<void> {
		const readied = await calling.ready(database.db, campaignId);
		const queueId = readied?.campaign.value.queueId;
		const queue = queueId === undefined ? undefined : await campaigns.queueFacts(queueId).catch(() => undefined);
		const world = readied && queue && (await worldOf(readied, queue));
		await database.change(async (trx) => {
			const run = await runs.lock(trx, campaignId);
			if (!run || (run.status !== "on" && run.status !== "stopping")) return;
			if (!world) return setStatus(trx, campaignId, { ...run, status: "invalid" }, readied?.campaign);
			const left = await takeBack(trx, world, run);
			const next = run.status === "on" ? await goOn(trx, world, run, left) : stopped(run, left);
			if (next.status !== run.status) await setStatus(trx, campaignId, next, world.readied.campaign);
			else await runs.save(trx, campaignId, next);
		});
	}

	async function worldOf(readied: Readied, queue: QueueFacts): Promise<World> {
		const medium = readied.campaign.value.dialingMode === "preview" ? "callback" : "call";
		const ids = await runs.taken(database.db, readied.campaign.id);
		const taken = (await Promise.all(ids.map((id) => deps.conversation(id)))).filter(
			(one): one is Conversation => one !== undefined && one.endTime === undefined,
		);
		const agents = taken.flatMap((one) => agentOf(one)?.userId ?? []);
		return {
			readied,
			queue,
			taken,
			free: await deps.freeAgents(queue.id, medium),
			offQueue: await deps.offQueue(agents),
		};
	}

	/** Previews that nobody has in hand while the campaign stops, and those whose agent has left the queue. */
	async function takeBack(trx: Trx, { taken, offQueue }: World, run: CampaignRun): Promise<Conversation[]> {
		const kept: Conversation[] = [];
		for (const one of taken) {
			const agent = agentOf(one)?.userId;
			const isToReturn = agent === undefined ? run.status === "stopping" : offQueue.has(agent);
			if (!isToReturn || one.internal.campaign?.mode !== "preview" || hasCalled(one)) kept.push(one);
			else await campaigns.end(trx, one.id, "returned", (now) => !hasCalled(now));
		}
		return kept;
	}

	/** Offers and calls as many as there are agents for. */
	async function goOn(trx: Trx, world: World, run: CampaignRun, taken: readonly Conversation[]): Promise<CampaignRun> {
		const { readied, queue, free } = world;
		const { campaign } = readied;
		const waiting = taken.filter((one) => !one.participants.some(isStaff));
		const pace =
			campaign.value.dialingMode === "preview"
				? { place: Math.max(0, free - waiting.length), callsPerAgent: 1 }
				: await paceNow(trx, readied, free, waiting.length);
		const { callsPerAgent } = pace;
		if (pace.place === 0) return { ...run, callsPerAgent };
		const { found, position, isOver } = await take(trx, readied, run, pace.place);
		for (const { contact, choice, known } of found) {
			const begun = await begin(trx, readied, queue, contact, choice);
			const taken = { contactListId: contact.contactListId, contactId: contact.id, conversationId: begun.id };
			await events.append(trx, [contactTaken(campaign, campaign.value.dialingMode, taken)]);
			const one = { ...known, state: "taken" as const, conversationId: begun.id, againAt: undefined };
			// What the conversation's own change has noted stands.
			const noted = await runs.tries(trx, campaign.id, run.run, contact.id);
			await runs.saveTries(trx, campaign.id, run.run, { ...one, tries: noted?.tries ?? known.tries });
		}
		const again = isOver ? await runs.nextAgain(trx, campaign.id, run.run) : undefined;
		const isDone = isOver && found.length === 0 && taken.length === 0 && !again;
		const status = isDone && !campaign.value.alwaysRunning ? "complete" : run.status;
		return { ...run, position, callsPerAgent, status };
	}

	async function paceNow(trx: Trx, { campaign }: Readied, idleAgents: number, outstanding: number) {
		const { dialingMode, abandonRate, maxCallsPerAgent, outboundLineCount } = campaign.value;
		const history = await runs.history(trx, campaign.id);
		const mode = dialingMode === "power" ? ("power" as const) : ("progressive" as const);
		return paceOf({
			...{ mode, idleAgents, outstanding, ...history, maxCallsPerAgent },
			target: abandonRate / 100,
			lines: outboundLineCount,
		});
	}

	/** The next contacts that may be called: first those whose time has come again, then those behind the run's position. */
	async function take(trx: Trx, readied: Readied, run: CampaignRun, wanted: number) {
		const { campaign, list } = readied;
		const found: Array<{ contact: Contact; choice: { numbers: CampaignFacts["numbers"] }; known: ContactTries }> = [];
		const numbers = new Set<string>();
		const consider = async (asked: ReadonlyArray<{ contact: Contact; known: ContactTries }>) => {
			const choices = await calling.choices(
				trx,
				readied,
				asked.map(({ contact, known }) => ({ contact, tries: known.tries })),
			);
			for (const [index, { contact, known }] of asked.entries()) {
				const choice = choices[index];
				if (!choice || found.length === wanted) return contact.position - 1;
				if (choice.kind === "call" && !choice.numbers.some((one) => numbers.has(one.number))) {
					for (const one of choice.numbers) numbers.add(one.number);
					found.push({ contact, known, choice: { numbers: choice.numbers.map(withType(readied)) } });
				} else await later(trx, campaign.id, run.run, known, choice);
			}
			return undefined;
		};
		const due = await runs.due(trx, campaign.id, run.run, clock.now(), batch);
		const byId = new Map(due.map((one) => [one.contactId, one]));
		const back = await contacts.ofIds(trx, list.id, [...byId.keys()]);
		await forget(trx, campaign.id, run.run, due, back);
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
	}

	/** Contacts that were taken from the list meanwhile. */
	async function forget(
		trx: Trx,
		campaignId: string,
		run: number,
		due: ContactTries[],
		left: Contact[],
	): Promise<void> {
		const standing = new Set(left.map((one) => one.id));
		for (const one of due)
			if (!standing.has(one.contactId))
				await runs.saveTries(trx, campaignId, run, { ...one, state: "done", why: "notCallable", againAt: undefined });
	}

	async function later(
		trx: Trx,
		campaignId: string,
		run: number,
		known: ContactTries,
		choice: Awaited<ReturnType<Calling["choices"]>>[number],
	): Promise<void> {
		const soon = new Date(clock.now().getTime() + 60_000);
		const state = choice.kind === "never" ? ("done" as const) : ("open" as const);
		const againAt = choice.kind === "later" ? choice.at : choice.kind === "call" ? soon : undefined;
		const why = choice.kind === "call" ? "attempts" : choice.why;
		await runs.saveTries(trx, campaignId, run, { ...known, state, why, againAt });
	}

	async function begin(
		trx: Trx,
		{ campaign, list }: Readied,
		queue: QueueFacts,
		contact: Contact,
		{ numbers }: { numbers: CampaignFacts["numbers"] },
	): Promise<Conversation> {
		const { value } = campaign;
		const facts: CampaignFacts = {
			campaignId: campaign.id,
			name: campaign.name,
			contactListId: list.id,
			contactId: contact.id,
			mode: value.dialingMode,
			numbers,
			timeoutSeconds: value.previewTimeOutSeconds,
			skipEnabled: !value.skipPreviewDisabled,
			autoAnswer: value.callbackAutoAnswer,
		};
		const name = nameOf(contact);
		const wish = {
			campaign: facts,
			queue,
			...(name ? { name } : {}),
			callerId: value.callerAddress,
			callerName: value.callerName,
			attributes: value.columnsAsAttributes ? contact.data : {},
			ringMs: value.noAnswerTimeout * 1000,
		};
		return value.dialingMode === "preview" ? campaigns.offer(trx, wish) : campaigns.place(trx, wish);
	}

	/** Nobody has called: the first number that may be called now is, if the agent's panel is there; else it goes back. */
	async function countdownOver(trx: Trx, conversationId: string): Promise<void> {
		const now = await deps.conversation(conversationId, trx);
		const facts = now?.internal.campaign;
		const agent = now?.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
		if (!now || !facts || !agent?.userId || now.endTime || hasCalled(now)) return;
		const readied = await calling.ready(trx, facts.campaignId);
		const contact = await contacts.find(trx, facts.contactListId, facts.contactId);
		if (!readied || !contact || !deps.isThere(agent.userId))
			return campaigns.end(trx, conversationId, "returned", (held) => !hasCalled(held));
		const run = (await runs.runs(trx, [facts.campaignId])).get(facts.campaignId)?.run ?? 0;
		const { tries } = await calling.triesOf(trx, facts, run);
		const [choice] = await calling.choices(trx, readied, [{ contact, tries }]);
		if (choice?.kind === "call") return campaigns.call(trx, conversationId, choice.numbers[0]?.number ?? "");
		const outcome = choice?.why === "dnc" || choice?.why === "noTime" ? choice.why : "notCallable";
		await campaigns.end(trx, conversationId, outcome, (held) => !hasCalled(held));
	}

	async function setStatus(
		trx: Trx,
		campaignId: string,
		now: CampaignRun,
		campaign: Thing<CampaignValue> | undefined,
	): Promise<void> {
		await runs.save(trx, campaignId, now);
		if (campaign) await events.append(trx, [thingChanged("campaign", campaign, now.status, deps.view(campaign, now))]);
	}

	let looking: Promise<void> | undefined;
	let isWanted = false;
	/** Nothing is asked of the database where no campaign calls. */
	let mayRun = true;
	let isOver = false;

	/** Something may be possible, or not any more. Many changes at once are one look. */
	function wake(): void {
		if (!mayRun || isOver) return;
		isWanted = true;
		looking ??= lookAround().finally(() => {
			looking = undefined;
			if (isWanted) wake();
		});
	}

	async function lookAround(): Promise<void> {
		while (isWanted && !isOver) {
			isWanted = false;
			try {
				const running = await runs.running();
				mayRun = running.length > 0;
				for (const campaignId of running) await look(campaignId);
			} catch (err) {
				if (!isAway(err)) log.error({ err }, "campaigns could not be looked at; they are again in a few seconds");
				mayRun = true;
			}
		}
	}

	const endings: Array<() => void> = [];

	return {
		/** Numbers that rang when the server ended are let go of; before anybody moves the sound of calls. */
		recover: () => campaigns.interrupted(),

		/** One look at every campaign that calls. */
		async lookNow(): Promise<void> {
			for (const campaignId of await runs.running()) await look(campaignId);
		},

		start(): void {
			endings.push(
				feed.subscribe((event) => {
					if (event.type === "outbound.campaign.changed") mayRun = true;
					if (wakeBy.has(event.type)) wake();
				}),
			);
			const timer = setInterval(() => {
				mayRun = true;
				wake();
			}, lookMs);
			endings.push(() => clearInterval(timer));
			wake();
		},

		async stop(): Promise<void> {
			isOver = true;
			for (const end of endings.splice(0)) end();
			await looking;
		},
	};
}

/** Somebody may be free or not any more, an interaction has ended, a campaign has been started. */
const wakeBy: ReadonlySet<string> = new Set([
	"routingstatus.changed",
	"queue.member.changed",
	"conversation.changed",
	"outbound.campaign.changed",
]);

interface World {
	readied: Readied;
	queue: QueueFacts;
	/** Conversations that have a contact of the campaign. */
	taken: readonly Conversation[];
	/** Agents who would be given one now. */
	free: number;
	/** Of those who have one in hand, who does not work for queues any more. */
	offQueue: ReadonlySet<string>;
}

function stopped(run: CampaignRun, left: readonly Conversation[]): CampaignRun {
	return left.length === 0 ? { ...run, status: "off" } : run;
}

function agentOf({ participants }: Conversation) {
	return participants.find((one) => isStaff(one) && isConnected(one));
}

const untouched = (contactId: string): ContactTries => ({
	contactId,
	state: "open",
	tries: { attempts: 0, columns: {} },
});

function hasCalled({ internal, participants }: Conversation): boolean {
	return (internal.facts?.attempts.length ?? 0) > 0 || participants.some((one) => isOutside(one) && one.calls);
}

function withType({ list }: Readied) {
	return ({ column, number }: { column: string; number: string }) => {
		const type = list.value.phoneColumns.find((one) => one.columnName === column)?.type ?? "";
		return { column, number, type };
	};
}

/** A column called like a name has it. */
function nameOf({ data }: Contact): string | undefined {
	const column = ["name", "full name", "fullname"].flatMap((wanted) =>
		Object.keys(data).filter((one) => one.toLowerCase() === wanted),
	)[0];
	const of = (wanted: RegExp) => Object.entries(data).find(([key]) => wanted.test(key))?.[1] ?? "";
	const parts = `${of(/^first ?name$/i)} ${of(/^last ?name$/i)}`.trim();
	return (column && data[column]) || parts || undefined;
}
