import { type HomePart, homeParts, homeTopic } from "@inlay/contract/home";
import type { EventFeed } from "../kernel/events/event-feed.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { panelTopics } from "./open-panels.ts";

/** Which parts of the console's first page an entry of the log may change, by how its type begins. */
const changes: ReadonlyArray<readonly [begins: string, parts: readonly HomePart[]]> = [
	["conversation.", ["queues", "steps"]],
	["routingstatus.", ["queues"]],
	["queue.", ["queues", "steps"]],
	["deployment.", ["deployments", "panels", "steps", "health"]],
	["oauth.client.", ["deployments", "steps", "health"]],
	["group.", ["steps", "health"]],
	["grant.", ["steps", "health"]],
	["role.", ["steps", "health"]],
	["user.", ["steps", "health"]],
	// Whose pages may embed panels. Who is in which queue is another matter: agents come and go in them all day.
	["organization.", ["health"]],
];

/** Between two notices, ms: what changes all the time is read twice a second at most, and seen within one. */
const everyMs = 500;

/** Who listens, as the notifications domain has it. */
export interface HomeListeners {
	isFollowed(topic: string): boolean;
	/** Tells it to those who follow the topic now. */
	tellNow(topic: string, body: object): void;
	/** Runs with the topics, in lower case, that somebody has begun or ceased to follow. */
	onFollowing(listener: (topics: Iterable<string>) => void): () => void;
}

/**
 * Tells consoles which parts of their first page to read anew, each on a topic that is followed by who may read the part. It tells
 * nothing else.
 */
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
		// To ask who follows may cost a look at each socket that is coming back: while a notice is due anyway, it is asked once, at its time.
		if (!this.#timer && !news.some((part) => this.#isFollowed(part))) return;
		for (const part of news) this.#changed.add(part);
		if (!this.#timer) this.#tell();
	}

	#onEvent({ type }: LoggedEvent): void {
		const [, parts = []] = changes.find(([begins]) => type.startsWith(begins)) ?? [];
		this.changed(...parts);
	}

	#isFollowed(part: HomePart): boolean {
		return this.#listeners.isFollowed(homeTopic(part));
	}

	/** At once, and then not before the time is over. */
	#tell(): void {
		const parts = homeParts.filter((part) => this.#changed.has(part));
		this.#changed.clear();
		for (const part of parts) this.#listeners.tellNow(homeTopic(part), {});
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#changed.size === 0) return;
			if ([...this.#changed].some((part) => this.#isFollowed(part))) this.#tell();
			else this.#changed.clear();
		}, everyMs);
		this.#timer.unref();
	}
}
