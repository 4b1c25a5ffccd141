import type { FrameworkConfig } from "@inlay/contract";
import { harmless, holdsPermission } from "@inlay/contract";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { KeyValue } from "../boot/storage.ts";
import type { DeskNews } from "../desk/desk.ts";
import type { NewInteractionRequest, TransferContext } from "../framework/ports.ts";
import type { FrameworkRuntime } from "../framework/runtime.ts";
import { InteractionWindow } from "../interaction-window/interaction-window.ts";
import { Devices } from "../phone/devices.ts";
import type { EarlyStream } from "../phone/early-stream.ts";
import { MicrophoneError } from "../phone/microphone.ts";
import { Phone } from "../phone/phone.ts";
import { Ringer } from "../phone/ringer.ts";
import { ApiError } from "../session/api.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import type { RecentCall } from "../session/recent-calls.ts";
import type { Session } from "../session/session.ts";
import { whenIdle } from "../session/when-idle.ts";
import { CallerIdChoice } from "./caller-id.ts";
import { Calls } from "./calls.ts";
import { keptSelection } from "./kept-selection.ts";
import { Leaving } from "./leaving.ts";
import { Numbers } from "./numbers.ts";
import { outcomeSentence } from "./outcome-text.ts";
import { loadRefusals, refusalKnown } from "./refusals.ts";
import { RemoteNames } from "./remote-names.ts";
import { Shortcuts } from "./shortcuts.ts";
import type { SoundExtras } from "./sound-extras.ts";
import { t } from "./strings.ts";
import type { Toasts } from "./toasts.ts";
import { UiRulesOfAgent } from "./ui-rules.ts";

/** How long the agent is signed in, and what they can do about it. */
export interface SignInLife {
	/** What is to be said of the session's end; `at` on the steady clock. */
	ending: ReadonlySignal<{ kind: "expiry" | "idle"; at: number } | undefined>;
	/** The agent has another version of the script now than the one that runs here. */
	otherScript: ReadonlySignal<boolean>;
	/** Why the panel closes once the agent's call is over. */
	closing: ReadonlySignal<{ code: string; text: string } | undefined>;
	/** Opens the sign-in's window above everything else: call it from a click. */
	signInAgain(): void;
	/** Somebody clicked or typed. */
	used(): void;
}

/** What a workspace shares with the panel around it. */
export interface WorkspaceParts {
	life: SignInLife;
	session: Session;
	runtime: FrameworkRuntime;
	config: Signal<FrameworkConfig>;
	toasts: Toasts;
	storage: KeyValue;
	/** ISO 3166 code of the organization's country, for phone numbers. */
	country: string;
	/** Which media ring audibly; a script may change it. */
	audible: ReadonlySignal<Record<string, boolean>>;
	transferContexts: ReadonlySignal<readonly TransferContext[]>;
	/** The phone's stream, where it was opened beforehand. */
	earlyStream?: EarlyStream | undefined;
}

/** One signed-in agent's place of work: what is selected, which view shows, and what a click does. */
export class Workspace {
	readonly session: Session;
	readonly runtime: FrameworkRuntime;
	readonly config: Signal<FrameworkConfig>;
	readonly toasts: Toasts;
	readonly life: SignInLife;
	readonly phone: Phone;
	readonly devices: Devices;
	readonly ringer: Ringer;
	/** The agent's own wish for a phone in a window of its own, where they have one. */
	readonly phoneWindowWish = signal<boolean | undefined>(undefined);
	/** The phone belongs into a window of its own: the script's setting, or the agent's wish where it leaves them one. */
	readonly wantsPhoneWindow = computed(() => {
		const { embedWebRTCByDefault, hideWebRTCPopUpOption } = this.config.value.settings;
		return (hideWebRTCPopUpOption ? undefined : this.phoneWindowWish.value) ?? !embedWebRTCByDefault;
	});
	/** What makes the phone better and is not needed to ring; comes after the panel stands. */
	readonly extras = signal<SoundExtras | undefined>(undefined);
	readonly numbers: Numbers;
	readonly shortcuts: Shortcuts;
	readonly leaving: Leaving;
	readonly callerId: CallerIdChoice;
	/** What a click answers, dials and ends. */
	readonly calls = new Calls(this);
	/** What the script's policy hides, renames, orders and adds. */
	readonly ui: UiRulesOfAgent;
	/** Names of numbers that were dialled. */
	readonly names: RemoteNames;
	readonly transferContexts: ReadonlySignal<readonly TransferContext[]>;
	/** Which media ring audibly; a script may change it. */
	readonly audible: ReadonlySignal<Record<string, boolean>>;
	/** Id of the feature whose view shows. */
	readonly view = signal("interactions");
	/** Ids of those that this agent is shown; undefined until the panel is drawn. */
	readonly views = signal<readonly string[] | undefined>(undefined);
	/** What the new-interaction view is filled with. */
	readonly draft = signal<NewInteractionRequest | undefined>(undefined);
	/** The interaction from which a callback is to be agreed upon. */
	readonly agreeing = signal<string | undefined>(undefined);
	/** With whom a callback is to be agreed upon that no interaction is about. */
	readonly calledBackLater = signal<{ number: string; name: string } | undefined>(undefined);
	/** The conversation whose message the inbox is to show. */
	readonly messageWanted = signal<string | undefined>(undefined);
	/** The past call from which a callback is to be agreed upon; the view of callbacks takes it. */
	readonly callingBack = signal<RecentCall | undefined>(undefined);
	/** The interaction whose log the log view shows; the selected one when undefined. */
	readonly selectedId = signal<string | undefined>(undefined);
	/** Whose customer has written while the agent looked elsewhere. */
	readonly unseen = signal<ReadonlySet<string>>(new Set());
	/** The interaction whose note is being typed. */
	readonly typing = signal<string | undefined>(undefined);
	readonly selected: ReadonlySignal<LiveInteraction | undefined>;
	/** The one interaction that alerts; others wait their turn. */
	readonly alerting: ReadonlySignal<LiveInteraction | undefined>;
	/** The same where it is one that rings: messages do not. */
	readonly ringing: ReadonlySignal<LiveInteraction | undefined>;
	/** The agent is talking: whatever comes now is told quietly. */
	readonly inCall: ReadonlySignal<boolean>;
	/** Ids of the wrap-up codes used last, the latest first; a convenience of this browser. */
	readonly lastCodes = signal<readonly string[]>([]);
	/** Id of the queue that a text was written for last; a convenience of this browser. */
	readonly textQueue = signal("");
	/** Keys of actions under way, so that a second click does nothing. */
	readonly busy = signal<ReadonlySet<string>>(new Set());
	/** Where an interaction's work has room. */
	readonly window: InteractionWindow;
	readonly #clean: (() => void)[] = [];
	#followsNews = false;
	readonly storage: KeyValue;
	#chimed: string | undefined;
	#isOver = false;

	constructor(parts: WorkspaceParts) {
		this.session = parts.session;
		this.runtime = parts.runtime;
		this.life = parts.life;
		this.config = parts.config;
		this.toasts = parts.toasts;
		this.transferContexts = parts.transferContexts;
		this.audible = parts.audible;
		this.storage = parts.storage;
		this.lastCodes.value = readList(parts.storage.getItem(lastCodesKey));
		this.textQueue.value = parts.storage.getItem(textQueueKey) ?? "";
		this.shortcuts = new Shortcuts(parts.storage);
		this.leaving = new Leaving(this);
		this.callerId = new CallerIdChoice(parts.storage);
		this.devices = new Devices(parts.storage);
		this.phoneWindowWish.value = readWish(parts.storage.getItem(windowWishKey));
		this.phone = new Phone(parts.session, this.devices, this.wantsPhoneWindow, parts.earlyStream);
		this.ringer = new Ringer(this.devices);
		this.numbers = new Numbers(parts.country);
		this.ui = new UiRulesOfAgent(this);
		this.names = new RemoteNames(this);
		// Not needed to answer a call: after the panel stands.
		whenIdle(() => void this.numbers.load().catch(() => undefined));
		whenIdle(() => void this.#loadExtras().catch(() => undefined));
		whenIdle(() => void loadRefusals().catch(() => undefined));
		const { listed } = this.session.conversations;
		// Only one interaction alerts at a time; the next waits (framework-contract 13).
		this.ringing = computed(() => listed.value.find((each) => isOffered(each) && !isWritten(each)));
		// Whoever rings waits at the line; who has written can wait a moment longer.
		this.alerting = computed(() => this.ringing.value ?? listed.value.find(isOffered));
		this.inCall = computed(() => listed.value.some((each) => each.media === "call" && each.state === "connected"));
		this.selected = computed(() => listed.value.find((each) => each.id === this.selectedId.value));
		this.window = new InteractionWindow(this);
		this.#clean.push(
			effect(() => this.#keepSelection(listed.value)),
			effect(() => {
				if (this.selectedId.value) this.storage.setItem(selectedKey, this.selectedId.value);
			}),
			effect(() => this.#ring(this.alerting.value, parts.audible.value, this.inCall.value)),
			effect(() => this.#meetNews(this.session.conversations.all.value)),
			effect(() => this.#tellOfDesk(this.session.desk.news.value?.news)),
			effect(() => this.#tellEnd(this.session.recent.last.value)),
		);
	}

	can(permission: string): boolean {
		return holdsPermission(this.session.permissions, permission);
	}

	/** What went wrong, for the agent: what refusals mean is fetched before it is said, again where that has failed. */
	async describe(error: unknown): Promise<string> {
		if (error instanceof ApiError && error.status !== 0) await loadRefusals().catch(() => undefined);
		return describe(error);
	}

	/** Who is at the other end; a number that has no name in the reader's format. */
	nameOf({ remoteName, remoteAddress }: LiveInteraction): string {
		return this.whoOf({ name: remoteName, address: remoteAddress });
	}

	/** The same for a call that is over. */
	whoOf({ name, address }: Pick<RecentCall, "name" | "address">): string {
		if (name !== address) return harmless(name);
		return this.names.of(address) ?? this.numbers.show(address);
	}

	/** Runs an action once at a time, and tells the agent when it failed. Resolves true when it worked. */
	async attempt(key: string, work: () => Promise<unknown>): Promise<boolean> {
		if (this.busy.peek().has(key)) return false;
		this.busy.value = new Set(this.busy.peek()).add(key);
		try {
			return await this.tell(work);
		} finally {
			const next = new Set(this.busy.peek());
			next.delete(key);
			this.busy.value = next;
		}
	}

	/** Runs an action of which the last wish counts, and tells the agent when it failed. Resolves true when it worked. */
	async tell(work: () => Promise<unknown>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			this.toasts.show({ tone: "bad", text: await this.describe(error) }, 8000);
			return false;
		}
	}

	wishPhoneWindow(wanted: boolean): void {
		this.phoneWindowWish.value = wanted;
		this.storage.setItem(windowWishKey, wanted ? "yes" : "no");
	}

	/** Remembers a wrap-up code as the one used last. */
	usedCode(id: string): void {
		this.lastCodes.value = [id, ...this.lastCodes.peek().filter((each) => each !== id)].slice(0, 3);
		this.storage.setItem(lastCodesKey, JSON.stringify(this.lastCodes.peek()));
	}

	/** Remembers for which queue a text was written. */
	usedTextQueue(id: string): void {
		this.textQueue.value = id;
		this.storage.setItem(textQueueKey, id);
	}

	dispose(): void {
		this.#isOver = true;
		for (const clean of this.#clean.splice(0)) clean();
		this.window.dispose();
		this.extras.peek()?.dispose();
		this.leaving.dispose();
		this.ringer.dispose();
		this.names.dispose();
		this.ui.dispose();
		this.phone.dispose();
		this.devices.dispose();
		this.session.dispose();
	}

	async #loadExtras(): Promise<void> {
		const { SoundExtras } = await import("./sound-extras.ts");
		if (!this.#isOver) this.extras.value = new SoundExtras(this);
	}

	#keepSelection(listed: readonly LiveInteraction[]): void {
		this.selectedId.value = keptSelection(listed, this.selectedId.peek() ?? this.storage.getItem(selectedKey));
	}

	/** Rings where the agent's sound is; somebody who is talking, or is written to, hears one quiet chime in its place, never a ring into the ear. */
	#ring(alerting: LiveInteraction | undefined, audible: Record<string, boolean>, inCall: boolean): void {
		const heard =
			alerting !== undefined &&
			audible[alerting.voicemailId ? "voicemail" : alerting.media] !== false &&
			this.session.desk.lead.here.value;
		const isQuiet = inCall || isWritten(alerting);
		if (heard && !isQuiet) this.ringer.start();
		else this.ringer.stop();
		const chimes = heard && isQuiet ? alerting.id : undefined;
		if (chimes && chimes !== this.#chimed) this.ringer.chime();
		this.#chimed = chimes;
	}

	/** What follows messages and transcripts comes with the first conversation that has any. */
	#meetNews(all: readonly LiveInteraction[]): void {
		if (this.#followsNews || !all.some((call) => isWritten(call) || call.transcription)) return;
		this.#followsNews = true;
		import("./conversation-news.ts").then(
			({ followNews }) => {
				if (!this.#isOver) this.#clean.push(followNews(this));
			},
			() => {
				this.#followsNews = false;
			},
		);
	}

	#tellOfDesk(news: DeskNews | undefined): void {
		if (news) this.toasts.show({ tone: "warn", text: t(`desk_${news}`) }, 10_000);
	}

	/** The list of interactions shows how a call has ended; whoever looks elsewhere is told by a notice. */
	#tellEnd(last: RecentCall | undefined): void {
		if (!last || this.view.peek() === "interactions") return;
		const text = outcomeSentence(this, last);
		if (text) this.toasts.show({ tone: "info", text });
	}
}

const selectedKey = "inlay.selected";
const lastCodesKey = "inlay.wrapup.last";
const textQueueKey = "inlay.text-queue";
const windowWishKey = "inlay.phone-window";

function readWish(kept: string | null): boolean | undefined {
	return kept === null ? undefined : kept === "yes";
}

function readList(kept: string | null | undefined): string[] {
	try {
		const list: unknown = JSON.parse(kept ?? "[]");
		return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
	} catch {
		return [];
	}
}

/** Comes in, and has not been taken yet. */
function isOffered({ state, direction }: LiveInteraction): boolean {
	return state === "alerting" && direction === "inbound";
}

/** What went wrong, for the agent. */
function describe(error: unknown): string {
	if (error instanceof MicrophoneError) return t(`mic_${error.problem}`);
	if (error instanceof ApiError && error.status === 0) return t("problemNetwork");
	const said = error instanceof ApiError ? refusalKnown(error) : undefined;
	if (said) return said;
	return t("actionFailed", { detail: error instanceof Error ? error.message : "" });
}
