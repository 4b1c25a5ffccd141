import {
	type CallbackView,
	callbacksTopic,
	type DeskNotice,
	type DeskView,
	deploymentTopic,
	deskTopic,
	outboundTopic,
	type RightsNotice,
	rightsTopic,
} from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { cobrowseTopic } from "@inlay/contract/cobrowse/session";
import { panelTopic } from "@inlay/contract/home";
import { scriptTopic } from "@inlay/contract/scripter/open-script";
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { Desk, type DeskParts } from "../desk/desk.ts";
import { deskApi } from "../desk/desk-api.ts";
import { ApiClient, ApiError, isPassing, isScopeRefusal, type Renewal } from "./api.ts";
import { backoffMs } from "./backoff.ts";
import { CallActions } from "./call-actions.ts";
import { browserClock, type Clock, ServerTime, tickingNow } from "./clock.ts";
import { ConversationStore } from "./conversation-store.ts";
import { Directory } from "./directory.ts";
import { nextTask } from "./next-task.ts";
import { type Notification, NotificationChannel, type SocketLike } from "./notifications.ts";
import { OwnWebSocket } from "./own-fetch.ts";
import { OwnMute } from "./own-mute.ts";
import { OwnRights } from "./own-rights.ts";
import { PresenceStore } from "./presence-store.ts";
import { QueueStore } from "./queue-store.ts";
import { RecentCalls } from "./recent-calls.ts";
import { StationStore } from "./station-store.ts";
import type {
	WireConversation,
	WireList,
	WirePresence,
	WireRoutingStatus,
	WireUser,
	WireUserStations,
} from "./wire.ts";

/** `v2.users.{id}.voicemail.messages` (platform-api 5.19). */
function voicemailTopic(userId: string): string {
	return `v2.users.${userId}.voicemail.messages`;
}

/** Why a session came to its end. */
export type SessionEnd =
	| "revoked"
	| "ended"
	| "ended-one"
	| "expired"
	| "idle"
	| "client-disabled"
	| "deactivated"
	| "signed-out";

/** The server's words for it (`reason` of `v2.system.token_revoked`). */
const ends: Readonly<Record<string, SessionEnd>> = {
	EXPIRED: "expired",
	IDLE: "idle",
	CLIENT_DISABLED: "client-disabled",
	USER_INACTIVE: "deactivated",
	ENDED_FOR_USER: "ended",
	ENDED_ONE: "ended-one",
};

export interface SessionOptions {
	base: string;
	/** The deployment that the panel is; it is told when something about it changes. */
	deployment?: string;
	/** Version of its framework.js that the panel runs; the server knows by it who runs an old one. */
	script?: number;
	token: () => string | undefined;
	onEnd: (end: SessionEnd) => void;
	/** Gets another token without a word; gives whether there is one. */
	renew?: () => Promise<Renewal>;
	openSocket?: (url: string, protocol?: string) => SocketLike;
	clock?: Clock;
	/** For the desk. */
	store?: DeskParts["store"];
	/** Nothing but who one is is asked for before that; it never rejects. */
	after?: Promise<void> | undefined;
}

const meExpand = "authorization,station,presence,routingStatus";

/** One signed-in agent: the API, what it has told us, and what tells us more. Lives until `dispose`. */
export class Session {
	readonly time = new ServerTime();
	readonly now = tickingNow(this.time);
	readonly api: ApiClient;
	readonly actions: CallActions;
	readonly me: WireUser;
	readonly #rights: OwnRights;
	/** What was told last of one of the agent's callbacks. */
	readonly callbackNews = signal<CallbackView | undefined>(undefined);
	/** The token is over, and its agent has not signed in again. */
	readonly isAway = signal(false);
	/** What was told last that is for a feature alone. */
	readonly otherNews = signal<Notification | undefined>(undefined);
	/** By the conversation from which they were made, as far as this panel has heard. */
	readonly callbacksMade = signal<ReadonlyMap<string, CallbackView>>(new Map());
	/** Grows when something has happened to a voicemail of the agent's, or of a group of theirs. */
	readonly voicemailNews = signal(0);
	/** Conversations in which somebody has left the agent, or a group of theirs, a message. */
	readonly messagesLeft = signal<ReadonlySet<string>>(new Set());
	readonly presence: PresenceStore;
	readonly conversations: ConversationStore;
	readonly recent: RecentCalls;
	readonly station: StationStore;
	readonly queues: QueueStore;
	readonly directory: Directory;
	readonly channel: NotificationChannel;
	/** What was done with interactions, in all of the agent's panels; and whether this one leads. */
	readonly desk: Desk;
	/** True from the first loss of the channel until it is open again. */
	readonly wasLost = signal(false);
	/** What keeps the session from working as it should, though the server answers. */
	readonly trouble = signal<{ code: string; text: string } | undefined>(undefined);
	/** What is followed beside the agent's own, as long as a feature wants it. */
	#also: readonly string[] = [];
	/** Grows when the deployment was switched, configured or removed. */
	readonly deploymentChanges = signal(0);
	readonly #options: SessionOptions;
	readonly #ownMute: OwnMute;
	readonly #clean: (() => void)[] = [];
	#ended = false;
	/** Since then not all that was told has been read. */
	#wasAway = false;
	/** What was asked for as the session ended. */
	readonly #unread = new Map<unknown, () => Promise<void>>();
	#queuesAreDue = false;
	#isSigningOut = false;
	/** What is tried again later, by what it is about: one at a time of each. */
	readonly #retries = new Map<unknown, () => void>();
	/** Of several on their way the newest counts. */
	readonly #snapshots = new Attempts();

	/** Id of the user whose token it is. Rejects with ApiError. */
	static async whoIs(base: string, token: string): Promise<string> {
		const api = new ApiClient({ base, token: () => token, onUnauthorized: () => {}, time: new ServerTime() });
		return (await api.get<WireUser>("/users/me")).id;
	}

	/** Signs on with a token: reads the user, then opens the notification channel. Rejects with ApiError. */
	static async open(options: SessionOptions): Promise<Session> {
		const time = new ServerTime();
		// Before the session stands, a refused token is the caller's to explain.
		const api = new ApiClient({ base: options.base, token: options.token, onUnauthorized: () => {}, time });
		const desk = deskApi(api).read();
		// Heard of where the desk waits for it.
		desk.catch(() => undefined);
		const me = await api.get<WireUser>(`/users/me?expand=${meExpand}`);
		await options.after;
		return new Session(options, me, desk);
	}

	private constructor(options: SessionOptions, me: WireUser, desk: Promise<DeskView>) {
		this.#options = options;
		this.me = me;
		this.#rights = this.#makeRights();
		this.#rights.take(me);
		this.api = new ApiClient({
			base: options.base,
			token: options.token,
			onUnauthorized: () => this.#end("expired"),
			...(options.renew ? { renew: options.renew } : {}),
			time: this.time,
		});
		this.presence = new PresenceStore(this.api, me.id);
		this.#ownMute = new OwnMute(this.clock, () => this.station.isWebRtc.peek() && this.desk.lead.phoneHere.peek());
		this.conversations = new ConversationStore(me.id, this.#ownMute.wished, nextTask);
		this.recent = new RecentCalls(this.api, me.id, this.conversations.all);
		this.actions = new CallActions(this.api, (id) => this.conversations.find(id), Date.now, this.#ownMute);
		this.station = new StationStore(this.api, me.id);
		this.queues = new QueueStore(this.api, me.id);
		this.directory = new Directory(this.api, me.id);
		this.presence.take(me);
		this.station.take(me.station);
		const { store } = options;
		this.desk = new Desk({ api: deskApi(this.api), userId: me.id, clock: this.clock, store, later: nextTask }, desk);
		this.channel = this.#makeChannel();
		this.#start();
	}

	get token(): string {
		return this.#options.token() ?? "";
	}

	/** A conversation as the server has it now, also one that is over; undefined where it cannot be had. */
	conversation(id: string): Promise<WireConversation | undefined> {
		return this.api.get<WireConversation>(`/conversations/${encodeURIComponent(id)}`).catch(() => undefined);
	}

	/** What the agent may do; whoever reads it where it shows follows its changes. */
	get permissions(): ReadonlySet<string> {
		return this.#rights.permissions;
	}

	/** Grows when what the agent may do has perhaps changed. */
	get rightsChanges(): ReadonlySignal<number> {
		return this.#rights.changes;
	}

	get clock(): Clock {
		return this.#options.clock ?? browserClock;
	}

	dispose(): void {
		this.#ended = true;
		this.channel.stop();
		this.desk.dispose();
		this.recent.dispose();
		this.#ownMute.dispose();
		this.#rights.dispose();
		for (const clean of [...this.#clean.splice(0), ...this.#retries.values()]) clean();
	}

	/** The token is over: nothing is asked or heard any more, and everything known stays until {@link resume}. */
	suspend(): void {
		this.#ended = true;
		this.isAway.value = true;
		this.#wasAway = true;
		this.channel.leave();
	}

	/** The same agent has signed in again. */
	resume(): void {
		this.#ended = false;
		this.isAway.value = false;
		this.#isSigningOut = false;
		this.channel.start();
		void this.desk.refresh();
		for (const [what, work] of this.#unread) void this.#load(work, what);
	}

	/** There is another token: what is open lives with it from now on. Never rejects; what fails ends with the old one. */
	async tokenRenewed(): Promise<void> {
		await this.channel.rebind().catch(() => undefined);
	}

	/** Follows these topics beside the agent's own, in place of those of before: `otherNews` tells of them. Never rejects. */
	async followAlso(topics: readonly string[]): Promise<void> {
		this.#also = topics;
		await this.channel.rebind().catch(() => undefined);
	}

	/** Tells the server that somebody is here. Rejects with ApiError. */
	async touch(): Promise<void> {
		await this.api.request("HEAD", "/tokens/me");
	}

	/** Gives the token back and ends the session. */
	async signOut(): Promise<void> {
		await this.desk.leave();
		// The channel may tell of the end before the answer is here.
		this.#isSigningOut = true;
		await this.api.request("DELETE", "/tokens/me").catch(() => undefined);
		this.#end("signed-out");
	}

	#makeRights(): OwnRights {
		const read = async () => {
			const take = this.#rights.beginReading();
			take(await this.api.get<WireUser>("/users/me?expand=authorization"));
		};
		return new OwnRights({
			clock: this.clock,
			read: () => void this.#load(read),
			topicsChanged: () => void this.channel.rebind().catch(() => undefined),
		});
	}

	#makeChannel(): NotificationChannel {
		const typing = "conversations.inbound.typing.event";
		const own = ["conversations", "presence", "routingStatus", "station", "callforwarding", typing].map(
			(name) => `v2.users.${this.me.id}.${name}`,
		);
		const { deployment, script = 0 } = this.#options;
		const rights = [rightsTopic(this.me.id), rightsTopic()];
		const topics = [
			...own,
			deskTopic(this.me.id),
			callbacksTopic(this.me.id),
			cobrowseTopic(this.me.id),
			outboundTopic(this.me.id),
			...rights,
			...(deployment ? [deploymentTopic(deployment), panelTopic(deployment, script)] : []),
		];
		return new NotificationChannel({
			api: this.api,
			topics: () => [
				...topics,
				...(this.#rights.receivesVoicemail ? [voicemailTopic(this.me.id)] : []),
				...(this.#rights.seesScripts ? [scriptTopic(this.me.id)] : []),
				...this.#also,
			],
			openSocket: this.#options.openSocket ?? ((url) => new OwnWebSocket(url) as unknown as SocketLike),
			clock: this.clock,
			random: Math.random,
			onNotification: (notification) => this.#take(notification),
			onFresh: () => this.#fresh(),
			onTrouble: (found) => {
				// Each attempt finds it again; it is told once.
				if (found?.code !== this.trouble.peek()?.code) this.trouble.value = found;
			},
			onRevoked: (reason) => void this.#tokenIsOver(reason),
		});
	}

	#start(): void {
		this.channel.start();
		const retry = () => this.channel.retryNow();
		window.addEventListener("online", retry);
		this.#clean.push(() => window.removeEventListener("online", retry));
		this.#clean.push(
			effect(() => {
				if (this.channel.state.value === "lost") this.wasLost.value = true;
				if (this.channel.state.value === "open") this.desk.connected(this.channel.channelId);
			}),
			effect(() => this.#ownMute.follow(this.conversations.told.value)),
			effect(() => this.actions.follow(this.conversations.all.value)),
		);
		void this.#load(() => this.presence.load());
		void this.#load(() => this.station.prepare());
		this.#loadTheRest();
	}

	/** What no call waits for comes after what a call that goes on waits for: its channel, and its phone. */
	#loadTheRest(): void {
		let isLoaded = false;
		const load = () => {
			if (isLoaded || this.#ended) return;
			isLoaded = true;
			void this.#load(() => this.queues.load(), this.queues);
			void this.#load(() => this.recent.load(), this.recent);
		};
		this.#clean.push(
			effect(() => {
				if (this.conversations.loaded.value) untracked(load);
			}),
			this.clock.after(restAfterMs, load),
		);
	}

	/**
	 * Reads a list that things wait for, until it is there: the channel's banner already says that the server is away.
	 * What the server refuses leaves its place empty.
	 */
	async #load(work: () => Promise<void>, what: unknown = work, attempt = 0): Promise<void> {
		this.#unread.delete(what);
		try {
			await work();
		} catch (error) {
			if (this.#ended) this.#unread.set(what, work);
			// Where no answer came the browser says so itself, and a page that goes away has nothing to say.
			if (!(error instanceof ApiError && error.status === 0))
				console.warn("inlay: could not load", error instanceof ApiError ? error.code : error);
			if (isScopeRefusal(error)) this.trouble.value = { code: "client.without.scopes", text: error.message };
			if (this.#ended || !isPassing(error)) return;
			const wait = backoffMs(attempt, Math.random());
			this.#later(what, wait, () => void this.#load(work, what, attempt + 1));
		}
	}

	/** In place of what was to be tried by then. */
	#later(what: unknown, ms: number, work: () => void): void {
		this.#retries.get(what)?.();
		this.#retries.set(what, this.clock.after(ms, work));
	}

	/** The channel is open: whatever was told before is read, also what was refused, or told to nobody, while nobody was signed in. */
	#fresh(): void {
		this.voicemailNews.value++;
		if (this.wasLost.peek()) void this.desk.refresh();
		if (this.wasLost.peek() || this.#wasAway) {
			this.#wasAway = false;
			this.#readQueuesSoon();
			void this.#load(() => this.recent.load(), this.recent);
		}
		void this.#snapshot();
	}

	async #snapshot(): Promise<void> {
		const isNewest = this.#snapshots.begin();
		this.conversations.beginSnapshot();
		this.presence.beginSnapshot();
		const takeStations = this.station.beginSnapshot();
		const takeRights = this.#rights.beginReading();
		try {
			const [list, me] = await Promise.all([
				this.api.get<WireList<WireConversation>>("/conversations?pageSize=100"),
				this.api.get<WireUser>(`/users/me?expand=${meExpand}`),
			]);
			if (!isNewest()) return;
			this.conversations.takeSnapshot(list.entities ?? []);
			this.presence.takeSnapshot(me);
			takeStations(me.station);
			takeRights(me);
		} catch {
			if (!this.#ended && isNewest()) this.#later(this, 2000, () => void this.#snapshot());
		}
	}

	#take(notification: Notification): void {
		const { topicName, eventBody } = notification;
		if (topicName === deploymentTopic(this.#options.deployment ?? "")) this.deploymentChanges.value++;
		const isOfQueues = (eventBody as RightsNotice | undefined)?.queues === true;
		if (topicName.startsWith(rightsTopic(""))) isOfQueues ? this.#readQueuesSoon() : this.#rights.changed();
		const kind = topicName.split(".").at(-1);
		if (topicName === deskTopic(this.me.id)) this.desk.told(eventBody as DeskNotice);
		else if (topicName === callbacksTopic(this.me.id)) this.#takeCallback(eventBody as CallbackView);
		else if (topicName === voicemailTopic(this.me.id)) this.voicemailNews.value++;
		else if (kind === "conversations") this.conversations.apply(eventBody as WireConversation);
		else if (kind === "presence") this.presence.take({ presence: eventBody as WirePresence });
		else if (kind === "routingStatus") {
			this.presence.take({ routingStatus: (eventBody as { routingStatus?: WireRoutingStatus }).routingStatus });
		} else if (kind === "station") this.station.take(eventBody as WireUserStations);
		else this.otherNews.value = notification;
	}

	#takeCallback(news: CallbackView): void {
		this.callbackNews.value = news;
		const { source } = news;
		if (!source) return;
		const made = new Map(this.callbacksMade.value);
		if (news.state === "cancelled") made.delete(source);
		else made.set(source, news);
		this.callbacksMade.value = made;
	}

	#readQueuesSoon(): void {
		if (this.#queuesAreDue) return;
		this.#queuesAreDue = true;
		this.#clean.push(
			this.clock.after(queuesWithinMs, () => {
				this.#queuesAreDue = false;
				void this.#load(() => this.queues.load(), this.queues);
			}),
		);
	}

	/** A token that ran out while its renewal was on the way, or while the computer slept, is renewed now. */
	async #tokenIsOver(reason: string | undefined): Promise<void> {
		if (this.#ended) return;
		const isOver = reason !== undefined && reason !== "EXPIRED";
		const renewal = isOver ? "over" : await this.#options.renew?.();
		// Somebody has signed out meanwhile.
		if (this.#ended) return;
		if (renewal === "renewed") this.channel.start();
		// Whether it is over nobody knows: it is asked again.
		else if (renewal === "unreachable") this.#clean.push(this.clock.after(2000, () => void this.#tokenIsOver(reason)));
		else this.#end(ends[reason ?? ""] ?? "revoked");
	}

	#end(end: SessionEnd): void {
		if (this.#ended) return;
		this.suspend();
		this.#options.onEnd(this.#isSigningOut ? "signed-out" : end);
	}
}

/** Where the channel takes longer, the lists are read all the same, ms. */
const restAfterMs = 1500;
/** How soon the agent's queues are read again after they were changed, ms. */
const queuesWithinMs = 300;
