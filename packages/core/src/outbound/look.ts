import type { Campaigns } from "../conversations/campaign/campaigns.ts";
import { hasCalled, isPreview } from "../conversations/campaign/model.ts";
import { type Conversation, isConnected, isStaff, type QueueFacts } from "../conversations/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { createBeginning } from "./begin.ts";
import type { Calling, Readied } from "./calling.ts";
import type { ContactStore } from "./contact-store.ts";
import { thingChanged } from "./events.ts";
import type { CampaignRun, CampaignValue, Thing } from "./model.ts";
import { paceOf } from "./pace.ts";
import type { RunningCampaign, RunStore } from "./run-store.ts";
import { createTaking, type TakingDeps } from "./take.ts";
import { told } from "./told.ts";

export interface LookDeps {
	calling: Calling;
	contacts: ContactStore;
	runs: RunStore;
	campaigns: Campaigns;
	/** Conversations as they are now. */
	conversations(ids: readonly string[]): Promise<Conversation[]>;
	ownersOf: TakingDeps["ownersOf"];
	/** Agents who would be given a call, or a preview, of the queue now, with the utilization label that the queue gives it. */
	freeAgents(queueId: string, what: "call" | "preview", labelId?: string): Promise<readonly string[]>;
	/** Those of the users who do not work for queues any more. */
	offQueue(userIds: readonly string[]): Promise<ReadonlySet<string>>;
	view(campaign: Thing<CampaignValue>, run: CampaignRun): object;
}

/** What is known of one campaign before it is looked at. */
interface World {
	readied: Readied;
	queue: QueueFacts;
	/** Conversations that have a contact of the campaign. */
	taken: readonly Conversation[];
	/** Agents who would be given one now. */
	agents: ReadonlySet<string>;
	/** How many of them, but for those whom other campaigns of the queue call for. */
	free: number;
	/** Of those who have one in hand, who does not work for queues any more. */
	offQueue: ReadonlySet<string>;
}

/**
 * Looks at the campaigns that call, the most important first: what is to be known of the world is read for all of them together,
 * then each of them is changed by itself. Campaigns of one queue share its agents.
 */
export function createLook({ events, database, clock }: Pick<Kernel, "events" | "database" | "clock">, deps: LookDeps) {
	const { calling, runs, campaigns } = deps;
	const take = createTaking({ clock }, deps);
	const begin = createBeginning({ events }, deps);

	async function lookAt(running: readonly RunningCampaign[]): Promise<void> {
		const held = await heldBy(running);
		const agents = [...held.values()].flat().flatMap((one) => agentOf(one)?.userId ?? []);
		const offQueue = agents.length > 0 ? await deps.offQueue(agents) : new Set<string>();
		const waiting = new Map([...held].map(([id, of]) => [id, of.filter(isWaiting).length]));
		for (const one of running) {
			const others = running.filter((each) => each !== one && each.queueId === one.queueId);
			const claimed = others.reduce((sum, { campaignId }) => sum + (waiting.get(campaignId) ?? 0), 0);
			const world = await worldOf(one, { taken: held.get(one.campaignId) ?? [], claimed, offQueue });
			waiting.set(one.campaignId, await change(one.campaignId, world));
		}
	}

	async function heldBy(running: readonly RunningCampaign[]): Promise<Map<string, Conversation[]>> {
		const taken = await runs.taken(
			database.db,
			running.map((one) => one.campaignId),
		);
		const found = new Map(
			(await deps.conversations(taken.map((one) => one.conversationId))).map((one) => [one.id, one]),
		);
		const held = new Map<string, Conversation[]>();
		for (const { campaignId, conversationId } of taken) {
			const one = found.get(conversationId);
			if (one && one.endTime === undefined) held.set(campaignId, [...(held.get(campaignId) ?? []), one]);
		}
		return held;
	}

	async function worldOf(
		{ campaignId, queueId }: RunningCampaign,
		{ taken, claimed, offQueue }: Pick<World, "taken" | "offQueue"> & { claimed: number },
	): Promise<World | undefined> {
		const readied = await calling.ready(database.db, campaignId);
		const queue = queueId === undefined ? undefined : await campaigns.queueFacts(queueId).catch(() => undefined);
		if (!readied || !queue) return undefined;
		const what = readied.campaign.value.dialingMode === "preview" ? "preview" : "call";
		const agents = new Set(await deps.freeAgents(queue.id, what, queue.labelId));
		return { readied, queue, taken, agents, free: Math.max(0, agents.size - claimed), offQueue };
	}

	/** One look at a campaign, as one change. @returns how many of its contacts wait for an agent now */
	function change(campaignId: string, world: World | undefined): Promise<number> {
		return database.change(async (trx) => {
			const run = await runs.lock(trx, campaignId);
			if (!run || (run.status !== "on" && run.status !== "stopping")) return 0;
			if (!world) {
				await setStatus(trx, campaignId, { ...run, status: "invalid" }, await calling.campaign(trx, campaignId));
				return 0;
			}
			const left = await takeBack(trx, world, run);
			const { next, waiting } = run.status === "on" ? await goOn(trx, world, run, left) : stopped(run, left);
			if (next.status !== run.status) await setStatus(trx, campaignId, next, world.readied.campaign);
			else await runs.save(trx, campaignId, next);
			return waiting;
		});
	}

	/**
	 * Previews that nobody has in hand while the campaign stops, those whose agent has left the queue, and those of somebody who
	 * has been given something else meanwhile.
	 */
	async function takeBack(trx: Trx, { taken, agents, offQueue }: World, run: CampaignRun): Promise<Conversation[]> {
		const kept: Conversation[] = [];
		for (const one of taken) {
			const agent = agentOf(one)?.userId;
			const owner = one.internal.campaign?.ownerId;
			const isLeft = isWaiting(one) && owner !== undefined && !agents.has(owner);
			const isToReturn = agent === undefined ? run.status === "stopping" || isLeft : offQueue.has(agent);
			if (!isToReturn || !isPreview(one) || hasCalled(one)) kept.push(one);
			else await campaigns.end(trx, one.id, "returned", (now) => !hasCalled(now));
		}
		return kept;
	}

	/** Offers and calls as many as there are agents for. */
	async function goOn(trx: Trx, world: World, run: CampaignRun, left: readonly Conversation[]) {
		const { readied, queue, free } = world;
		const { campaign } = readied;
		// What another look has begun since the world was read waits too.
		const known = new Set(world.taken.map((one) => one.id));
		const begunSince = (await runs.taken(trx, [campaign.id])).filter((one) => !known.has(one.conversationId)).length;
		const waiting = left.filter(isWaiting).length + begunSince;
		const { place, callsPerAgent } =
			campaign.value.dialingMode === "preview"
				? { place: Math.max(0, free - waiting), callsPerAgent: 1 }
				: await paceNow(trx, readied, free, waiting);
		if (place === 0) return { next: { ...run, callsPerAgent }, waiting };
		const { found, position, isOver } = await take(trx, readied, run, { count: place, free: world.agents });
		for (const one of found) await begin(trx, readied, queue, run, one);
		const isQuiet = isOver && found.length === 0 && left.length + begunSince === 0;
		const isDone = isQuiet && !(await runs.hasMore(trx, campaign.id, run.run));
		const status = isDone && !campaign.value.alwaysRunning ? ("complete" as const) : run.status;
		return { next: { ...run, position, callsPerAgent, status }, waiting: waiting + found.length };
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

	async function setStatus(
		trx: Trx,
		campaignId: string,
		now: CampaignRun,
		campaign: Thing<CampaignValue> | undefined,
	): Promise<void> {
		await runs.save(trx, campaignId, now);
		if (!campaign) return;
		const news = thingChanged("campaign", campaign, now.status, deps.view(campaign, now));
		await events.append(trx, [news, ...(await told(trx, runs, campaign))]);
	}

	return lookAt;
}

function stopped(run: CampaignRun, left: readonly Conversation[]) {
	const next: CampaignRun = left.length === 0 ? { ...run, status: "off" } : run;
	return { next, waiting: left.filter(isWaiting).length };
}

function agentOf({ participants }: Conversation) {
	return participants.find((one) => isStaff(one) && isConnected(one));
}

/** No agent has had it yet, and one is looked for. */
function isWaiting({ participants, internal }: Conversation): boolean {
	return !participants.some(isStaff) && internal.campaign?.apology === undefined;
}
