import { type HomeNotice, type HomePart, homeParts, homeTopic } from "@inlay/contract/home";
import type { EventFeed } from "../kernel/events/event-feed.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { panelTopics } from "./open-panels.ts";

/** Which parts of the console's first page an entry of the log may change, by how its type begins. */
const changes: ReadonlyArray<readonly [begins: string, parts: readonly HomePart[]]> = [
	["conversation.", ["queues", "steps"]],
	["routingstatus.", ["queues"]],
	["queue.", ["queues"]],
	["deployment.", ["deployments", "panels", "steps", "health"]],
	["oauth.client.", ["deployments", "steps", "health"]],
	["group.", ["steps", "health"]],
	["grant.", ["steps"]],
	["role.", ["steps"]],
	["user.", ["steps"]],
];

/** Between two notices, ms: what changes all the time is read twice a second at most, and seen within one. */
const everyMs = 500;

/** Who listens, as the notifications domain has it. */
export interface HomeListeners {
	isFollowed(topic: string): boolean;
	/** Tells it to those who follow the topic now. */
	tellNow(topic: string, body: HomeNotice): void;
	/** Runs with the topics, in lower case, that somebody has begun or ceased to follow. */
	onFollowing(listener: (topics: Iterable<string>) => void): () => void;
}

/** Tells consoles which parts of their first page to read anew. It tells nothing else: what they read is judged as reading. */
export class HomeNotices {
	readonly #listeners: HomeListeners;
	readonly #areStepsDone: () => boolean;
	readonly #changed = new Set<HomePart>();
	readonly #clean: Array<() => void>;
	#timer: NodeJS.Timeout | undefined;

	/** @param areStepsDone nobody has to read the first steps anew: they stay done */
	constructor(feed: Pick<EventFeed, "subscribe">, listeners: HomeListeners, areStepsDone: () => boolean = () => false) {
		this.#listeners = listeners;
		this.#areStepsDone = areStepsDone;
		this.#clean = [
			feed.subscribe((event) => this.#onEvent(event)),
			listeners.onFollowing((topics) => {
				for (const topic of topics) if (topic.startsWith(panelTopics)) return this.changed("panels");
			}),
		];
	}

	stop(): void {
		for (const clean of this.#clean) clean();
		clearTimeout(this.#timer);
	}

	/** Read anew by whoever shows it, in a moment. */
	changed(...parts: readonly HomePart[]): void {
		const news = this.#areStepsDone() ? parts.filter((part) => part !== "steps") : parts;
		if (news.length === 0) return;
		// To ask who follows costs a look at each socket: while a notice is due anyway, it is asked once, at its time.
		if (!this.#timer && !this.#listeners.isFollowed(homeTopic)) return;
		for (const part of news) this.#changed.add(part);
		if (!this.#timer) this.#tell();
	}

	#onEvent({ type }: LoggedEvent): void {
		const [, parts = []] = changes.find(([begins]) => type.startsWith(begins)) ?? [];
		this.changed(...parts);
	}

	/** At once, and then not before the time is over. */
	#tell(): void {
		const parts = homeParts.filter((part) => this.#changed.has(part));
		this.#changed.clear();
		this.#listeners.tellNow(homeTopic, { parts });
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#changed.size === 0) return;
			if (this.#listeners.isFollowed(homeTopic)) this.#tell();
			else this.#changed.clear();
		}, everyMs);
		this.#timer.unref();
	}
}
