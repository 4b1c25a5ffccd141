import { randomUUID } from "node:crypto";
import {
	forgetSampleCalls,
	type KeptCall,
	type Kernel,
	keepPlayedCalls,
	recordingsFolder,
	type Services,
} from "@inlay/core";
import { firstContacts } from "../crm/first-contacts.ts";
import { numbers, people } from "../facts.ts";
import type { MadeOnce } from "../made.ts";
import { type Cast, play } from "./play.ts";
import { twoWhoTalk } from "./sound.ts";
import { storiesBefore } from "./stories.ts";

/** Calls of the past two weeks, so that history, recordings and statistics are not empty. */
export interface Samples {
	/** In place of those that are there. @returns how many */
	make(): Promise<number>;
	/** @returns how many there were */
	remove(): Promise<number>;
	/** At the first start; nobody waits for it. */
	start(): void;
	/** What has begun is finished. */
	stop(): Promise<void>;
}

export interface SamplesDeps {
	made: MadeOnce;
	queueId: string;
	/** Whether the first start makes some. */
	atFirstStart: boolean;
}

/** So many are made at once: others have their turn in between. */
const atOnce = 20;
const retentionDays = 30;
const policyName = "All calls of the queue";

export function createSamples(
	kernel: Kernel,
	services: Services,
	{ made, queueId, atFirstStart }: SamplesDeps,
): Samples {
	let working: Promise<unknown> = Promise.resolve();
	let isStopped = false;
	const folder = recordingsFolder(kernel.config.dataDir);

	/** One after the other, as two at once would make them twice. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const done = working.then(work);
		working = done.catch(() => {});
		return done;
	}

	async function makeAll(): Promise<number> {
		await forgetSampleCalls(kernel, folder);
		const cast = await castOf(services, queueId, kernel.clock.now());
		if (!cast) return 0;
		const { customers, agents, codes } = cast;
		const counts = { customers: customers.length, agents: agents.length, codes: codes.length };
		const stories = storiesBefore(kernel.clock.now(), counts);
		for (let from = 0; from < stories.length && !isStopped; from += atOnce) {
			const calls = stories.slice(from, from + atOnce).map((story): KeptCall => {
				const played = play(story, cast);
				return story.recorded ? { played, sound: twoWhoTalk } : { played };
			});
			await keepPlayedCalls(kernel, { facts: services.facts, folder }, calls);
		}
		return stories.length;
	}

	return {
		make: () => inTurn(makeAll),
		remove: () => inTurn(() => forgetSampleCalls(kernel, folder)),
		start() {
			if (!atFirstStart || made.isMade("samples")) return;
			void inTurn(async () => {
				await made.once("policy", () => addPolicy(services, queueId));
				await makeAll();
				// One that was stopped in between begins anew at the next start.
				if (!isStopped) await made.note("samples");
			}).catch((error) => kernel.log.warn({ err: error }, "the demo's samples could not be made"));
		},
		async stop() {
			isStopped = true;
			await working;
		},
	};
}

/** Undefined where the demo's queue is gone, or has no codes any more. */
async function castOf({ queues, recordings }: Services, queueId: string, now: Date): Promise<Cast | undefined> {
	const queue = await queues.get(queueId);
	const codes = queue ? await queues.wrapupCodesOf(queueId) : [];
	if (!queue || codes.length === 0) return undefined;
	const policy = (await recordings.rules.policies()).find(({ value }) => value.queueIds.includes(queueId));
	return {
		customers: firstContacts(now).contacts.map(({ name, phones }) => ({ name, address: `tel:${phones[0]?.number}` })),
		agents: [people.agent, people.agent2, people.supervisor],
		codes,
		queue: { id: queue.id, name: queue.name, divisionId: queue.divisionId, wrapupPrompt: "mandatory" },
		dnis: numbers.service,
		rules: {
			duringHold: true,
			resumeAfterSeconds: 120,
			policies: [{ id: policy?.id ?? randomUUID(), queueIds: [queueId], percent: 100, retentionDays }],
		},
	};
}

/** Agents may record for themselves all the same. */
async function addPolicy({ recordings }: Services, queueId: string): Promise<void> {
	const policy = { name: policyName, enabled: true, queueIds: [queueId], percent: 100, retentionDays };
	await recordings.rules.add(policy, { userId: people.admin.id });
}
