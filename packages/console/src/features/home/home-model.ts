import {
	type FirstStep,
	type FirstStepsDone,
	firstSteps,
	type HomeNotice,
	type HomePart,
	homeParts,
	homeTopic,
	type LiveQueues,
	type OpenPanels,
	type TroubleCause,
} from "@inlay/contract/home";
import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { NewsChannel, type NewsParts } from "../../session/news-channel.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import type { Integration } from "../../session/wire.ts";

/** Who may see a part of the first page. */
export const partNeeds: Readonly<Record<HomePart, Need>> = {
	panels: needs.viewDeployments,
	deployments: needs.viewDeployments,
	queues: needs.observeQueues,
	troubles: needs.viewTroubles,
	steps: needs.viewFirstSteps,
};

/** The console's first page: each part is read by itself, and anew whenever the server says that it may be another. */
export class HomeModel {
	readonly deployments: Loaded<Integration[]>;
	readonly panels: Loaded<OpenPanels>;
	readonly queues: Loaded<LiveQueues & { readAt: number }>;
	readonly troubles: Loaded<TroubleCause[]>;
	readonly steps: Loaded<FirstStepsDone>;
	readonly channel: NewsChannel;
	/** Grows with each second: what somebody has waited grows with it. */
	readonly now = signal(0);
	readonly #self: Self;
	readonly #now: () => number;
	/** Parts that are being read, and of these the ones to be read once more. */
	readonly #reading = new Map<HomePart, boolean>();
	#stopClock = () => {};

	constructor(
		api: Api,
		self: Self,
		parts: Partial<Pick<NewsParts, "openSocket" | "after">> & { now?: () => number } = {},
	) {
		const { now = () => performance.now(), ...channel } = parts;
		this.#self = self;
		this.#now = now;
		const get = <T>(path: string) => api.request<T>("GET", `/api/inlay/v1${path}`);
		this.deployments = new Loaded(() => listAll<Integration>(api, "/api/v2/integrations"));
		this.panels = new Loaded(() => get<OpenPanels>("/panels"));
		this.queues = new Loaded(async () => ({ ...(await get<LiveQueues>("/routing/queues/live")), readAt: now() }));
		this.troubles = new Loaded(async () => (await get<{ entities: TroubleCause[] }>("/diagnostics/troubles")).entities);
		this.steps = new Loaded(() => get<FirstStepsDone>("/diagnostics/steps"));
		this.channel = new NewsChannel(api, {
			topics: [homeTopic],
			onNews: ({ eventBody }) => this.read((eventBody as Partial<HomeNotice>).parts ?? []),
			onOpen: () => this.read(homeParts),
			...channel,
		});
		this.now.value = now();
	}

	/** While the page is shown. @returns the way to stop */
	open(): () => void {
		this.read(homeParts);
		this.channel.start();
		const timer = setInterval(() => {
			this.now.value = this.#now();
		}, 1000);
		this.#stopClock = () => clearInterval(timer);
		return () => {
			this.channel.stop();
			this.#stopClock();
		};
	}

	sees(part: HomePart): boolean {
		return this.#self.rights.value.may(partNeeds[part]);
	}

	/** Reads parts as far as they may be seen; one that is being read already is read once more after that. */
	read(parts: readonly HomePart[]): void {
		for (const part of parts) {
			if (!this.sees(part)) continue;
			if (this.#reading.has(part)) this.#reading.set(part, true);
			else void this.#read(part);
		}
	}

	async #read(part: HomePart): Promise<void> {
		do {
			this.#reading.set(part, false);
			await this[part].load();
		} while (this.#reading.get(part));
		this.#reading.delete(part);
	}

	/** What is to be done yet, in its order; empty once all is, and where nothing of it may be seen. */
	openSteps(): Array<{ step: FirstStep; done: boolean }> {
		const done = this.steps.value ?? {};
		const seen = firstSteps.filter((step) => done[step] !== undefined);
		if (seen.every((step) => done[step])) return [];
		return seen.map((step) => ({ step, done: done[step] === true }));
	}

	/** Seconds that whoever has waited longest has waited by now; undefined where nobody waits. */
	longestWait(seconds: number | undefined): number | undefined {
		const readAt = this.queues.value?.readAt ?? 0;
		return seconds === undefined ? undefined : seconds + Math.max(0, Math.floor((this.now.value - readAt) / 1000));
	}
}
