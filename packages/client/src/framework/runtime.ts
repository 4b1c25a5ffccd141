/**
 * The framework runtime: the boundary between the panel and the customer's `framework.js` (framework-contract).
 * It installs `window.PureCloud`, runs the script, waits for `window.Framework`, and passes events one way and actions the
 * other. Whatever the script does, the panel goes on.
 */
import type {
	FrameworkConfig,
	Interaction,
	SubscriptionType,
	ToldCategory,
	UNCONFIRMED_CATEGORIES,
} from "@inlay/contract";
import {
	defaultFrameworkConfig,
	deservesScreenPop,
	readMisplacedBesideConfig,
	safeGet,
	seenAttributeName,
} from "@inlay/contract";
import { askInlay, type PureCloudOf, type PureCloudParts, pureClouds, repeatWishes } from "./actions/pure-cloud.ts";
import { CallLogs } from "./call-log/call-logs.ts";
import { CallLogSaver } from "./call-log/saver.ts";
import { CallLogStore } from "./call-log/store.ts";
import { ConsultFeed, type TransferStep } from "./consult-feed.ts";
import type { ContactSearchOutcome } from "./contact-search.ts";
import type { DirectMessages } from "./direct-messages.ts";
import { EarlyMessages } from "./early-messages.ts";
import { createGuard, messageOf } from "./guard.ts";
import type { Wish } from "./inlay/ask.ts";
import { changedIn } from "./inlay/changed.ts";
import { ownParticipant } from "./interaction/parties.ts";
import { ConversationProjector } from "./interaction/projector.ts";
import { InteractionFeed } from "./interaction-feed.ts";
import type { KeptWish } from "./kept-wishes.ts";
import type { PlatformConversation } from "./platform-conversation.ts";
import type { DeskPort, FrameworkTimeouts, Timers, TransferContext } from "./ports.ts";
import { DEFAULT_TIMEOUTS } from "./ports.ts";
import { ReadyGate } from "./ready-gate.ts";
import type { FrameworkRuntime, FrameworkRuntimeOptions, RuntimeSettings } from "./runtime-types.ts";
import { ScreenFeed } from "./screen-feed.ts";
import { ScreenPops } from "./screen-pops.ts";
import { configOf } from "./script/config-of.ts";
import { hasCallback } from "./script/has-callback.ts";
import { RunningScript } from "./script/running-script.ts";
import { installStorageShim } from "./script/storage-shim.ts";
import { ScriptNews } from "./script-news.ts";
import { Subscriptions } from "./subscriptions.ts";
import { settled, windowTimers } from "./timers.ts";
import { ToldLive } from "./told-live.ts";
import { TransferContexts } from "./transfer-contexts.ts";
import type { AgentStatus } from "./user-actions.ts";
import { UserActions } from "./user-actions.ts";

export type { FrameworkRuntime, FrameworkRuntimeOptions } from "./runtime-types.ts";

/** Installs `window.PureCloud` at once; {@link FrameworkRuntime.start} runs the script. */
export function createFrameworkRuntime(options: FrameworkRuntimeOptions): FrameworkRuntime {
	return new Runtime(options);
}

/** What one consumer calls the steps of a consult, beside their names (framework-contract 8.1). */
const unconfirmedNames: Partial<Record<TransferStep, (typeof UNCONFIRMED_CATEGORIES)[number]>> = {
	consultTransfer: "ConsultCall",
	completeConsultTransfer: "CompleteConsultCall",
};

/** An isolated script whose setup goes on longer is told what there is meanwhile, ms. */
const longestSetupMs = 2000;

class Runtime implements FrameworkRuntime {
	config = defaultFrameworkConfig();
	readonly callLogs: CallLogs;
	readonly news = new ScriptNews({
		tell: (type, category, data) => this.#tell(type, category, data),
		interaction: (id) => this.#feed.get(id),
		pop: (interaction, searchString) => this.#setUp && this.#script.screenPop(interaction, searchString),
	});
	readonly askAgain: FrameworkRuntime["askAgain"];
	readonly #options: FrameworkRuntimeOptions;
	readonly #timers: Timers;
	readonly #timeouts: FrameworkTimeouts;
	readonly #guard: ReturnType<typeof createGuard>;
	readonly #script: RunningScript;
	/** Open while an agent is signed in and the script is there. */
	readonly #agentGate: ReadyGate;
	/** Open once it is known, too, what there is to act on: calls and statuses. */
	readonly #listsGate: ReadyGate;
	readonly #early: EarlyMessages;
	readonly #subscriptions: Subscriptions;
	readonly #userActions: UserActions;
	readonly #transferContexts = new TransferContexts();
	readonly #feed: InteractionFeed;
	readonly #toldLive: ToldLive;
	readonly #projector: ConversationProjector;
	readonly #consults: ConsultFeed;
	readonly #screens = new ScreenFeed(
		(news) => this.#setUp && this.#subscriptions.emit("Interaction", "inlay:screenShare", news),
	);
	/** `window.PureCloud`, as the script asks for it or a page of this origin. */
	readonly #pureCloudOf: PureCloudOf;
	readonly #ask: (wish: Wish) => Promise<unknown>;
	#settings: RuntimeSettings = {};
	#directMessages: DirectMessages | undefined;
	/** Settles when the page is heard, where the deployment wants it. */
	#listening: Promise<void> | undefined;
	#conversations: readonly PlatformConversation[] = [];
	#userId: string | undefined;
	#selectedId: string | undefined;
	#desk: DeskPort | undefined;
	#pops: ScreenPops | undefined;
	#stopFollowing = () => {};
	#listsKnown = false;
	#setUp = false;
	#initialized = false;

	constructor(options: FrameworkRuntimeOptions) {
		const { window, ui, log, session } = options;
		this.#options = options;
		this.#timers = options.timers ?? windowTimers(window);
		this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
		this.#guard = createGuard(ui, log, () => this.#script.called());
		this.#script = new RunningScript({
			...options,
			guard: this.#guard,
			timers: this.#timers,
			timeouts: this.#timeouts,
			ended: () => void this.#tellEmbedder(),
		});
		this.#agentGate = new ReadyGate(this.#timers);
		this.#listsGate = new ReadyGate(this.#timers);
		this.#early = new EarlyMessages(window);
		this.#subscriptions = new Subscriptions(this.#guard, log, () => this.config.settings.unconfirmedEvents);
		this.#userActions = new UserActions(this.#subscriptions);
		this.#projector = new ConversationProjector(options.names ?? {});
		this.#consults = new ConsultFeed({
			step: (step, id) => this.#tellStep(step, id),
			news: (news) => this.#tell("Interaction", "inlay:consult", news),
			now: options.now ?? Date.now,
		});
		this.#toldLive = new ToldLive({
			window,
			tell: (event, interaction) => this.#subscriptions.emit("Interaction", event, interaction),
			past: (id) => this.#pastInteraction(id),
			isHere: (userId) => this.#userId === userId,
		});
		this.#feed = this.#createFeed();
		this.callLogs = this.#createCallLogs();
		const parts: PureCloudParts = {
			session,
			ui,
			log,
			guard: this.#guard,
			timers: this.#timers,
			agentGate: this.#agentGate,
			listsGate: this.#listsGate,
			subscriptions: this.#subscriptions,
			callLogs: this.callLogs,
			transferContexts: this.#transferContexts,
			currentInteractionId: () => this.#currentInteractionId(),
			withholdsToken: () => this.#settings.withholdsToken === true,
		};
		this.#pureCloudOf = pureClouds(parts);
		Object.assign(window, { PureCloud: this.#pureCloudOf() });
		this.#ask = (wish) => askInlay(parts, wish);
		this.askAgain = (wishes) => repeatWishes(parts, this.#pureCloudOf, wishes);
		installStorageShim(window, {
			token: () => (this.#settings.withholdsToken ? undefined : session.currentToken()),
			userId: () => this.#userId,
		});
	}

	configure(settings: RuntimeSettings): void {
		const { directMessages } = settings;
		this.#settings = settings;
		if (directMessages) this.#listening ??= this.#listen(directMessages);
		else this.#early.take();
	}

	/** What the page says is kept until there is who hears it. */
	async #listen(allows: (origin: string) => boolean): Promise<void> {
		const { window, log } = this.#options;
		try {
			const { DirectMessages } = await import("./direct-messages.ts");
			const early = this.#early.take();
			this.#directMessages = new DirectMessages({
				window,
				log,
				timers: this.#timers,
				actionsOf: this.#pureCloudOf,
				subscribe: (subscription) => this.#subscriptions.add(subscription),
				asked: (action, host) => this.#subscriptions.emit("Notification", "inlay:asked", { action, host }),
				ask: this.#ask,
				allows,
				early,
			});
		} catch (error) {
			log.warn("The page's messages are not heard", { message: messageOf(error) });
		}
	}

	/** Whoever hears of calls by the script alone hears nothing of their end any more. */
	async #tellEmbedder(): Promise<void> {
		const { window, log } = this.#options;
		try {
			const [{ tellScriptEnded }, { originsAround }] = await Promise.all([
				import("./script-ended.ts"),
				import("./embedding-origin.ts"),
			]);
			tellScriptEnded(window, originsAround(window, this.#settings.hosts ?? []));
		} catch (error) {
			log.warn("The page is not told that its script was ended", { message: messageOf(error) });
		}
	}

	async start(scriptUrl: string | undefined): Promise<FrameworkConfig> {
		await this.#listening;
		if (scriptUrl === undefined) {
			this.#script.none();
			this.#script.apply(this.config);
			this.#setUpWhenReady();
			return this.config;
		}
		await this.#isolate();
		await this.#script.run(scriptUrl);
		const framework = this.#script.current;
		const { config, problems } = await configOf(safeGet(framework, "config"));
		this.config = config;
		this.#options.ui.showProblems([...problems, ...readMisplacedBesideConfig(framework)]);
		this.#projector.configure({
			attributeNames: config.customInteractionAttributes,
			preserveAttributeCase: this.#settings.preserveAttributeCase === true,
			webMessagesAreChats: config.settings.webMessagesAs === "chat",
			writtenInHand: config.settings.writtenInHandAs,
			voicemailIsCallback: config.settings.queueVoicemailIsCallback,
		});
		if (this.#conversations.length > 0) this.conversationsChanged(this.#conversations);
		this.#script.apply(config);
		this.#setUpWhenReady();
		return config;
	}

	/** Rejects where the code for it does not come: a script that is to be isolated runs so, or not at all. */
	async #isolate(): Promise<void> {
		const { isolation } = this.#settings;
		if (!isolation) return;
		const { window, ui, log, taskOrder } = this.#options;
		const { IsolatedScript } = await import("./isolation/isolated-script.ts");
		const report = ui.report;
		const actions = this.#pureCloudOf();
		const timers = this.#timers;
		this.#script.runsIn(new IsolatedScript({ ...isolation, window, log, report, actions, timers, taskOrder }));
	}

	signedIn(userId: string, desk: DeskPort, { listsKnown = true } = {}): void {
		if (this.#userId !== undefined) return;
		this.#userId = userId;
		this.#toldLive.open(userId);
		this.#listsKnown = listsKnown;
		this.#desk = desk;
		this.#pops = new ScreenPops(desk, (interaction) => this.#script.screenPop(interaction));
		this.#transferContexts.open(desk);
		this.callLogs.store.open(desk, this.#settings.deployment);
		this.#stopFollowing = desk.follow({
			wrote: (_id, section) => section === "transfer" && this.#restoreContexts(),
			led: () => this.#led(),
		});
		this.#setUpWhenReady();
	}

	wishes(): readonly KeptWish[] {
		return [...this.#agentGate.wishes, ...this.#listsGate.wishes];
	}

	listsAreKnown(): void {
		this.#listsKnown = true;
		if (this.#setUp) this.#listsGate.open();
	}

	signedOut(): void {
		if (this.#userId === undefined) return;
		this.#userActions.close(this.#userId);
		this.#directMessages?.setupEnded();
		this.#agentGate.close();
		this.#listsGate.close();
		this.#feed.stop();
		this.#consults.stop();
		this.#screens.stop();
		this.#stopFollowing();
		this.callLogs.store.close();
		this.#transferContexts.open(undefined);
		this.#desk = undefined;
		this.#conversations = [];
		this.#userId = undefined;
		this.#setUp = false;
	}

	conversationsChanged(conversations: readonly PlatformConversation[]): void {
		this.#conversations = conversations;
		if (this.#userId === undefined) return;
		// A step stands before the changes that it makes, and before the end that it brings (agent-features 2, CT-1).
		this.#consults.update(conversations, this.#userId);
		this.#screens.update(conversations, this.#userId);
		this.interactionsChanged(this.#projector.project(conversations, this.#userId));
	}

	namesChanged(): void {
		this.#projector.forget();
		if (this.#conversations.length > 0) this.conversationsChanged(this.#conversations);
	}

	interactionsChanged(interactions: readonly Interaction[]): void {
		this.#feed.update(interactions);
	}

	interactions(): readonly Interaction[] {
		return this.#feed.all();
	}

	statusChanged(status: AgentStatus): void {
		this.#userActions.set("status", status);
	}

	routingStatusChanged(status: string): void {
		this.#userActions.set("routingStatus", status);
	}

	stationChanged(station: { userId: string } & Record<string, unknown>): void {
		this.#userActions.set("station", station);
	}

	interactionSelected(interactionId: string | undefined): void {
		this.#selectedId = interactionId;
		this.#tell("Notification", "interactionSelection", interactionId === undefined ? {} : { interactionId });
	}

	async searchContacts(searchValue: string): Promise<ContactSearchOutcome> {
		// A part that does not load is a search that fails: whoever waits for it has other places to look.
		const loaded = await import("./contact-search.ts").catch(() => undefined);
		if (!loaded) return { status: "failed", results: [] };
		return loaded.searchContacts(
			{
				framework: () => this.#script.current,
				guard: this.#guard,
				timers: this.#timers,
				timeoutMs: this.#timeouts.contactSearch,
			},
			searchValue,
		);
	}

	transferContexts(): readonly TransferContext[] {
		return this.#transferContexts.all();
	}

	/** Runs once both are there: the script and the agent. `PureCloud` takes calls before `initialSetup` runs. */
	#setUpWhenReady(): void {
		if (this.#setUp || !this.#script.isThere || this.#userId === undefined) return;
		this.#setUp = true;
		this.#agentGate.open();
		if (this.#listsKnown) this.#listsGate.open();
		const framework = this.#script.current;
		// Once per page: a second agent on the same page finds the subscriptions of the first setup.
		const begun: unknown = this.#initialized
			? undefined
			: this.#guard("initialSetup", () => framework?.initialSetup?.());
		this.#initialized = true;
		// What an isolated script subscribes to in it comes by messages, before its answer.
		if (this.#settings.isolation && begun)
			void settled(begun, this.#timers, longestSetupMs).then(() => this.#tellWhatThereIs());
		else this.#tellWhatThereIs();
	}

	#tellWhatThereIs(): void {
		if (!this.#setUp || this.#userId === undefined) return;
		this.#directMessages?.announceSetup();
		this.#userActions.open(this.#userId);
		this.#startFeed();
	}

	/** What was logged and popped before has to be known before it is told what there is: else it would be done again. */
	#startFeed(): void {
		const desk = this.#desk;
		const start = () => {
			if (this.#desk !== desk || !this.#setUp) return;
			this.#feed.start();
			this.callLogs.begin(this.#feed.all());
			this.#restoreContexts();
		};
		if (desk?.known) void desk.known.then(start);
		else start();
	}

	/** This panel leads from now on: it does what the one before did not come to. */
	#led(): void {
		if (!this.#setUp) return;
		this.callLogs.led(this.#feed.all());
		for (const interaction of this.#feed.all()) if (deservesScreenPop(interaction)) this.#alerting(interaction);
	}

	#restoreContexts(): void {
		const ids = this.#feed.all().map(({ id }) => id);
		if (this.#transferContexts.restore(ids)) this.#options.ui.showTransferContexts(this.#transferContexts.all());
	}

	#tellStep(step: TransferStep, interactionId: string): void {
		if (!this.#setUp) return;
		const alias = unconfirmedNames[step];
		for (const name of alias ? [step, alias] : [step])
			this.#subscriptions.emit("Interaction", name, this.#feed.get(interactionId));
	}

	#createFeed(): InteractionFeed {
		return new InteractionFeed({
			quiet: () => this.#settings.quietChanges === true,
			emit: (event) => {
				if (event.category === "add") this.#restoreContexts();
				this.#subscriptions.emit("Interaction", event.category, event.data);
				const changed = event.category === "change" && changedIn(event.data);
				if (changed) this.#subscriptions.emit("Interaction", "inlay:change", changed);
				if (event.category !== "inlay:recording") this.callLogs.follow(event);
			},
			alerting: (interaction) => this.#alerting(interaction),
			told: (interactions) => this.#userId !== undefined && this.#toldLive.told(this.#userId, interactions),
			settled: (interactions) => this.#desk?.leads() && this.callLogs.led(interactions),
		});
	}

	#createCallLogs(): CallLogs {
		const { ui, log } = this.#options;
		const shared = {
			store: new CallLogStore(() => this.#promisesLogs()),
			framework: () => this.#script.current,
			interaction: (id: string) => this.#feed.get(id),
			guard: this.#guard,
			timers: this.#timers,
		};
		const hideSubject = () => this.config.settings.hideCallLogSubject;
		const saver = new CallLogSaver({
			...shared,
			ui,
			log,
			hideSubject,
			timeoutMs: this.#timeouts.callLog,
			recordMs: this.#timeouts.callLogRecord,
		});
		return new CallLogs({
			...shared,
			saver,
			settings: () => this.config.settings,
			subjectOf: (interaction, before) => ui.callLogSubject(interaction, before),
			attributeName: (key) =>
				seenAttributeName(key, this.config.customInteractionAttributes, this.#settings.preserveAttributeCase === true),
			notesMs: this.#timeouts.notes,
			leads: () => this.#desk?.leads() ?? false,
			cameBack: () => this.#desk?.cameBack ?? false,
			past: (id) => this.#pastInteraction(id),
			noted: (id, notes) => this.#tell("Interaction", "notes", { id, notes }),
		});
	}

	/** Only of a script that is there and goes on is it known that it takes no logs. */
	#promisesLogs(): boolean {
		if (!this.#setUp || this.#script.hasEnded) return true;
		return this.config.settings.enableCallLogs && this.callLogs.areSaved;
	}

	async #pastInteraction(interactionId: string): Promise<Interaction | undefined> {
		const conversation = await this.#options.session.conversation(interactionId);
		if (!conversation || this.#userId === undefined) return undefined;
		const [interaction] = this.#projector.project([conversation], this.#userId);
		if (interaction) this.#feed.recall(interaction);
		return interaction;
	}

	#alerting(interaction: Interaction): void {
		if (interaction.isDialer && this.#options.session.mayViewContacts?.() === false) return;
		if (hasCallback(this.#script.current, "screenPop")) this.#pops?.alerting(interaction, this.#ringOf(interaction.id));
	}

	/** Each offer of an interaction makes another participant of the agent. */
	#ringOf(interactionId: string): string {
		const conversation = this.#conversations.find(({ id }) => id === interactionId);
		return (conversation && this.#userId && ownParticipant(conversation, this.#userId)?.id) || interactionId;
	}

	#tell(type: SubscriptionType, category: ToldCategory, data: unknown): void {
		if (this.#setUp) this.#subscriptions.emit(type, category, data);
	}

	/** The selected interaction, else the newest that is live. */
	#currentInteractionId(): string | undefined {
		const live = this.#feed.all().filter((interaction) => !interaction.isDone);
		return live.find((interaction) => interaction.id === this.#selectedId)?.id ?? live.at(-1)?.id;
	}
}
