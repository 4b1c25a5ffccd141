import type { Messages } from "../conversations/message/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { badField } from "../kernel/http/api-error.ts";
import type { AddressStore } from "./address-store.ts";
import { messageStore as store } from "./message-store.ts";
import type { Message, MessageAddress, SilenceRule, Thread } from "./model.ts";

const silenceJob = "messaging.silence";
const minuteMs = 60_000;

type Step = "warn" | "end";

interface SilenceJob {
	threadId: string;
	/** When the agent wrote what nobody has answered. */
	askedAt: string;
	step: Step;
}

/** A rule as it is asked for: `null` takes a step away. */
export interface SilenceWish {
	warnAfterMinutes?: number | null;
	endAfterMinutes?: number | null;
	warnText?: string;
	endText?: string;
}

const texts = {
	warnText: "Are you still there? Write to us, or this conversation will end soon.",
	endText: "This conversation has ended, as nobody has written for a while.",
};

/** @throws ApiError 400 naming the field */
export function readSilence(wish: SilenceWish, before: SilenceRule | undefined): SilenceRule {
	const { warnAfterMinutes, endAfterMinutes, ...said } = { ...texts, ...before, ...wish };
	if (warnAfterMinutes && endAfterMinutes && warnAfterMinutes >= endAfterMinutes)
		throw badField("settings.silence.endAfterMinutes", "endAfterMinutes must be more than warnAfterMinutes.");
	return {
		...said,
		...(warnAfterMinutes ? { warnAfterMinutes } : {}),
		...(endAfterMinutes ? { endAfterMinutes } : {}),
	};
}

export interface SilenceDeps {
	messages: Pick<Messages, "stateOf" | "expire">;
	addresses: Pick<AddressStore, "find">;
	/** Says something to the customer that nobody wrote. */
	say(trx: Trx, address: MessageAddress, thread: Thread, text: string): Promise<void>;
}

/** Customers who leave an agent without an answer: they are warned, and then the conversation ends (agent-features 10, SM-9). */
export function createSilence({ jobs, clock }: Pick<Kernel, "jobs" | "clock">, deps: SilenceDeps) {
	jobs.handle(silenceJob, (trx, payload) => stepDue(trx, payload as SilenceJob));

	/** The next step that the rule has, none where it has none. */
	async function plan(trx: Trx, rule: SilenceRule | undefined, job: Omit<SilenceJob, "step">, from: Step) {
		const minutes = { warn: rule?.warnAfterMinutes, end: rule?.endAfterMinutes };
		const step = from === "warn" && minutes.warn ? "warn" : "end";
		const after = minutes[step];
		if (!after) return jobs.cancel(trx, silenceJob, job.threadId);
		const runAt = new Date(Math.max(clock.now().getTime(), Date.parse(job.askedAt) + after * minuteMs));
		await jobs.schedule(trx, { kind: silenceJob, key: job.threadId, runAt, payload: { ...job, step } });
	}

	/** The rule is that of now: it may be another than when the agent wrote. */
	async function stepDue(trx: Trx, { threadId, askedAt, step }: SilenceJob): Promise<void> {
		const thread = await store.threadById(trx, threadId);
		const address = thread && (await deps.addresses.find(thread.addressId, trx));
		const rule = address?.settings.silence;
		if (!thread || !address || !rule) return;
		const state = await deps.messages.stateOf(trx, thread);
		// Somebody is waited for who is ours: in a queue the silence is not the customer's.
		if (state.kind !== "busy" || state.userId === undefined) return;
		if (step === "warn") {
			if (rule.warnAfterMinutes) await deps.say(trx, address, thread, rule.warnText);
			await plan(trx, rule, { threadId, askedAt }, "end");
		} else if (rule.endAfterMinutes) {
			await deps.say(trx, address, thread, rule.endText);
			await deps.messages.expire(trx, state.conversation.id);
		}
	}

	return {
		/** The agent has written: it is the customer's turn. */
		begins: (trx: Trx, { settings }: MessageAddress, { threadId, at }: Message) =>
			plan(trx, settings.silence, { threadId, askedAt: at.toISOString() }, "warn"),
		/** The customer has written. */
		ends: (trx: Trx, { id }: Thread) => jobs.cancel(trx, silenceJob, id),
	};
}
