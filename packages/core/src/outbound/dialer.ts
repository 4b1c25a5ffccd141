import type { ConversationChanged } from "../conversations/service.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { createApology } from "./apology.ts";
import { abandonJob, apologyJob, countdownJob, meetsNobody } from "./book.ts";
import { type CountdownDeps, createCountdown } from "./countdown.ts";
import { createLook, type LookDeps } from "./look.ts";

export type DialerDeps = LookDeps & CountdownDeps;

/** How often campaigns are looked at where nothing happens, ms: power reckons anew (agent-features 18: every 10 s). */
const lookMs = 5_000;

/**
 * Takes contacts and has them offered or called. The contacts that a look takes and the conversations that it begins are one
 * transaction, so nobody is called twice, and nobody forgotten, whatever happens to the server; what is to come later (a
 * countdown, a recall) has its time in the database.
 */
export function createDialer(kernel: Kernel, deps: DialerDeps) {
	const { jobs, feed, log } = kernel;
	const { runs, campaigns } = deps;
	const lookAt = createLook(kernel, deps);
	const countdownOver = createCountdown(deps);
	const tooLate = createApology(kernel, deps);
	jobs.handle(countdownJob, (trx, payload) =>
		countdownOver(trx, (payload as { conversationId: string }).conversationId),
	);
	jobs.handle(abandonJob, (trx, payload) => tooLate(trx, (payload as { conversationId: string }).conversationId));
	jobs.handle(apologyJob, (trx, payload) =>
		campaigns.end(trx, (payload as { conversationId: string }).conversationId, "abandoned", meetsNobody),
	);

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
				if (mayRun) await lookAt(running);
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
		lookNow: async (): Promise<void> => lookAt(await runs.running()),

		start(): void {
			endings.push(
				feed.subscribe((event) => {
					if (event.type === "outbound.campaign.changed") mayRun = true;
					if (isWorthALook(event)) wake();
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

/** Whether an event may have freed an agent, or taken one away, or is of a campaign: most events are none. */
export function isWorthALook({ type, data }: Pick<LoggedEvent, "type" | "data">): boolean {
	switch (type) {
		case "outbound.campaign.changed":
			return true;
		case "queue.changed":
			return (data as { change?: string }).change === "deleted";
		case "conversation.changed": {
			const { campaignId, userIds } = data as ConversationChanged;
			return campaignId !== undefined || userIds.length > 0;
		}
		case "routingstatus.changed": {
			const { status } = data as { status: string };
			return status === "IDLE" || status === "OFF_QUEUE";
		}
		case "previews.paused":
			return (data as { paused: boolean }).paused === false;
		case "queue.member.changed":
			return (data as { joined?: boolean }).joined === true;
		default:
			return false;
	}
}
