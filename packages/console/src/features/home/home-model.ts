import type { Finding, HealthReport } from "@inlay/contract/health/finding";
import {
	type FirstStep,
	type FirstStepsDone,
	firstSteps,
	type HomePart,
	homePartOf,
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
import type { Seen } from "../../shell/while-shown.ts";
import { isOverSince } from "../deployments/troubles.ts";

/** Who may see a part of the first page. */
const partNeeds: Readonly<Record<HomePart, Need>> = {
	panels: needs.viewDeployments,
	deployments: needs.viewDeployments,
	queues: needs.observeQueues,
	troubles: needs.viewTroubles,
	steps: needs.viewFirstSteps,
	health: needs.viewDeployments,
};

/** Names of the texts that tell of what has been mended. */
export type Mended = "mendedDeployment" | "mendedClient";

/** The console's first page: each part is read by itself, and anew whenever the server says that it may be another. */
export class HomeModel {
	readonly deployments: Loaded<Integration[]>;
	readonly panels: Loaded<OpenPanels>;
	readonly queues: Loaded<LiveQueues & { readAt: number }>;
	readonly troubles: Loaded<TroubleCause[]>;
	readonly steps: Loaded<FirstStepsDone>;
	/** What is wrong with the organization, as its Health has it. */
	readonly health: Loaded<HealthReport>;
	readonly channel: NewsChannel;
	/** Grows with each second: what somebody has waited grows with it. */
	readonly now = signal(0);
	readonly #self: Self;
	readonly #now: () => number;
	readonly #page: Seen | undefined;
	/** What was told of while nobody looked. */
	readonly #missed = new Set<HomePart>();

	constructor(
		api: Api,
		self: Self,
		parts: Partial<Pick<NewsParts, "openSocket" | "after">> & { now?: () => number; page?: Seen } = {},
	) {
		const { now = () => performance.now(), page, ...channel } = parts;
		this.#page = page;
		this.#self = self;
		this.#now = now;
		const get = <T>(path: string) => api.request<T>("GET", `/api/inlay/v1${path}`);
		this.deployments = new Loaded(() => listAll<Integration>(api, "/api/v2/integrations"));
		this.panels = new Loaded(() => get<OpenPanels>("/panels"));
		this.queues = new Loaded(async () => ({ ...(await get<LiveQueues>("/routing/queues/live")), readAt: now() }));
		this.troubles = new Loaded(async () => (await get<{ entities: TroubleCause[] }>("/diagnostics/troubles")).entities);
		this.steps = new Loaded(() => get<FirstStepsDone>("/diagnostics/steps"));
		this.health = new Loaded(() => get<HealthReport>("/health/findings?part=organization"));
		this.channel = new NewsChannel(api, {
			topics: homeParts.map(homeTopic),
			onNews: ({ topicName }) => this.#hear([homePartOf(topicName)].flatMap((part) => part ?? [])),
			onOpen: () => this.#hear(homeParts),
			...channel,
		});
		this.now.value = now();
	}

	/** While the page is shown. @returns the way to stop */
	open(): () => void {
		const page = this.#page ?? document;
		const look = () => {
			if (!page.hidden) this.read([...this.#missed]);
		};
		this.read(homeParts);
		this.channel.start();
		page.addEventListener("visibilitychange", look);
		const timer = setInterval(() => {
			this.now.value = this.#now();
		}, 1000);
		return () => {
			this.channel.stop();
			page.removeEventListener("visibilitychange", look);
			clearInterval(timer);
		};
	}

	/** Where nobody looks nothing is read: once somebody does, all that has changed is. */
	#hear(parts: readonly HomePart[]): void {
		if ((this.#page ?? document).hidden) for (const part of parts) this.#missed.add(part);
		else this.read(parts);
	}

	sees(part: HomePart): boolean {
		return this.#self.rights.value.may(partNeeds[part]);
	}

	/** Reads parts as far as they may be seen. */
	read(parts: readonly HomePart[]): void {
		for (const part of parts) {
			this.#missed.delete(part);
			if (this.sees(part)) void this[part].refresh();
		}
	}

	/** What keeps people from working: all of it, or that of one deployment and of the clients that it signs in with. */
	errors(deployment?: Integration): Finding[] {
		const errors = (this.health.value?.findings ?? []).filter(({ severity }) => severity === "error");
		if (!deployment) return errors;
		const ids = [deployment.id, ...this.#clientsOf(deployment.id)];
		return errors.filter(({ about }) => about.id !== undefined && ids.includes(about.id));
	}

	/** By the server's own choice: a script may name another client than the configuration. */
	#clientsOf(deploymentId: string): string[] {
		const signIns = this.health.value?.signIns ?? [];
		return signIns.filter((one) => one.deploymentId === deploymentId).map(({ clientId }) => clientId);
	}

	/** Whether what led to it is no more, by the name of the text that says so: then nobody is told to do something. */
	mended({ kind, code, deployment, client }: TroubleCause): Mended | undefined {
		if (kind !== "panel" && kind !== "sign-in") return undefined;
		const all = this.deployments.value ?? [];
		const active = all.filter(({ intendedState }) => intendedState === "ENABLED");
		const own = active.find(({ id }) => id === deployment?.id);
		if (isOverSince({ code }, own !== undefined)) return "mendedDeployment";
		if (code !== "client.inactive" && code !== "disabled-client") return undefined;
		const clients = client ? [client.id] : own ? this.#clientsOf(own.id) : [];
		return clients.length > 0 && clients.every((id) => this.#isEnabled(id)) ? "mendedClient" : undefined;
	}

	/** Health has looked at a client, as a deployment signs in with it, and it is not disabled. */
	#isEnabled(id: string): boolean {
		const { findings, signIns = [] } = this.health.value ?? { findings: [] };
		const isUsed = signIns.some(({ clientId }) => clientId === id);
		return isUsed && !findings.some(({ code, about }) => code === "client.inactive" && about.id === id);
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
