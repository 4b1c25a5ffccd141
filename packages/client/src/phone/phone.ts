import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveInteraction } from "../session/interaction.ts";
import { isOver } from "../session/interaction.ts";
import type { SocketLike } from "../session/notifications.ts";
import { OwnWebSocket } from "../session/own-fetch.ts";
import type { Session } from "../session/session.ts";
import { openAny, stop } from "./any-microphone.ts";
import { CallMedia } from "./call-media.ts";
import type { Devices } from "./devices.ts";
import type { MicrophoneChange } from "./kept-microphone.ts";
import { PhoneLine } from "./line.ts";
import {
	foreseeProblem,
	MicrophoneError,
	type MicrophoneProblem,
	microphonePermission,
	microphones,
} from "./microphone.ts";
import { type SoundPlace, soundPlace } from "./place.ts";
import type { MeasuredSound } from "./quality/quality-watch.ts";
import { type Readiness, readinessOf } from "./readiness.ts";
import type { Proposal, RpcMessage } from "./stanza.ts";

/** How far a call's sound has come. */
export type LegState = "ringing" | "connecting" | "active" | "failed";

interface Leg {
	proposal: Proposal;
	state: LegState;
	media?: CallMedia;
	/** The microphone did not open: from now on only a click takes the call. */
	refused?: boolean;
}

/** The panel's own phone: registers while the agent's station is a browser phone, and carries the sound of calls. */
export class Phone {
	readonly line: PhoneLine;
	readonly devices: Devices;
	/** Trouble with the microphone, until it has been opened. */
	readonly problem = signal<MicrophoneProblem | undefined>(undefined);
	/** The browser waits for a click before it plays sound. */
	readonly soundBlocked = signal(false);
	/** Name of the microphone that took the place of one that went, until the agent has read it. */
	readonly replacedBy = signal<string | undefined>(undefined);
	/** A call was answered here and its sound did not come, until the agent has read it. */
	readonly cameToNothing = signal(false);
	/** Whether the next call can ring here, and what stands in the way. */
	readonly readiness: ReadonlySignal<Readiness>;
	/** The browser has not been asked for the microphone yet. */
	readonly #unasked = signal(false);
	/** Conversation id to the state of its sound. */
	readonly states: ReadonlySignal<ReadonlyMap<string, LegState>>;
	readonly #states = signal<ReadonlyMap<string, LegState>>(new Map());
	/** The agent's station is a browser phone, and this panel is the one that has it. */
	readonly #hasPhone: ReadonlySignal<boolean>;
	/** The phone belongs into a window of its own, which is not open. */
	readonly #lacksWindow: ReadonlySignal<boolean>;
	readonly #isInWindow = signal(false);
	readonly #session: Session;
	readonly #legs = new Map<string, Leg>();
	readonly #placed = new Set<string>();
	readonly #clean: (() => void)[] = [];

	/** @param wantsWindow whether the phone belongs into a window of its own */
	constructor(session: Session, devices: Devices, wantsWindow: ReadonlySignal<boolean>) {
		this.#session = session;
		this.devices = devices;
		this.states = this.#states;
		this.#lacksWindow = computed(() => wantsWindow.value && !this.#isInWindow.value);
		this.#hasPhone = computed(
			() => session.station.isWebRtc.value && session.desk.lead.phoneHere.value && !this.#lacksWindow.value,
		);
		this.line = this.#makeLine();
		this.readiness = this.#makeReadiness();
		this.#clean.push(
			effect(() => void (session.presence.onQueue.value && this.recheck())),
			effect(() => void (devices.microphones.value && this.#retryMicrophones())),
			effect(() => {
				if (session.desk.lead.state.value === "elsewhere") this.#handOver();
				if (this.#hasPhone.value) this.line.start();
				else this.line.stop();
			}),
			effect(() => this.#follow(session.conversations.all.value)),
			effect(() => this.#applySpeaker(devices.speakerNow.value)),
			effect(() => this.#applyMicrophone(devices.microphone.value)),
		);
		const retry = () => this.line.retryNow();
		window.addEventListener("online", retry);
		this.#clean.push(() => window.removeEventListener("online", retry));
		void this.recheck();
		void this.#watchPermission();
	}

	/** Looks again whether a microphone can be had; a call that has none gets it. */
	async recheck(): Promise<void> {
		const problem = await foreseeProblem();
		if (!problem) await this.#retryMicrophones();
		// A call's own microphone knows better than the list of devices.
		const inCall = [...this.#legs.values()].some((leg) => leg.media);
		if (!inCall || problem) this.problem.value = problem;
	}

	/** Asks for the microphone now, so that the first call does not have to wait for the answer. */
	async allowMicrophone(): Promise<void> {
		try {
			const { stream } = await openAny(microphones, this.devices.microphone.peek());
			stop(stream);
			this.problem.value = undefined;
			this.#unasked.value = false;
		} catch (error) {
			this.problem.value = error instanceof MicrophoneError ? error.problem : "unknown";
		}
		await this.devices.refresh();
	}

	/** The agent has read what happened to their microphone or call. */
	understood(): void {
		this.replacedBy.value = undefined;
		this.cameToNothing.value = false;
	}

	/** True when this panel can answer the call by its own phone. */
	canAnswer(conversationId: string): boolean {
		return this.#find(conversationId)?.state === "ringing";
	}

	/** Takes a ringing call. Rejects with MicrophoneError, and the call goes on ringing. */
	async accept(conversationId: string): Promise<void> {
		const leg = this.#find(conversationId);
		if (leg?.state === "ringing") await this.#take(leg);
	}

	/** Remembers that the agent dialled: the proposal that follows needs no second click. */
	expect(conversationId: string): void {
		this.#placed.add(conversationId);
		void this.accept(conversationId).catch(() => undefined);
	}

	/** Conversation id to its sound, of the calls whose sound is up. */
	sounds(): ReadonlyMap<string, MeasuredSound> {
		const up = [...this.#legs.values()].filter(({ state, media }) => media && state !== "ringing");
		return new Map(up.map(({ proposal, media }) => [proposal.conversationId, media as CallMedia]));
	}

	/**
	 * Sound comes from another window from now on. What is heard is taken up there as after a reload: the line comes up
	 * anew, and the server offers the call again.
	 */
	moveTo(place: SoundPlace, isInWindow: boolean): void {
		if (soundPlace.peek() === place && this.#isInWindow.peek() === isInWindow) return;
		for (const leg of this.#legs.values()) leg.media?.close();
		this.#legs.clear();
		this.#publish();
		this.line.stop();
		soundPlace.value = place;
		this.#isInWindow.value = isInWindow;
		this.soundBlocked.value = false;
		if (this.#hasPhone.peek()) this.line.start();
		void this.recheck();
		void this.#watchPermission();
	}

	/** Plays sound that the browser had kept back; call it from a click. */
	unblock(): void {
		this.soundBlocked.value = false;
		for (const leg of this.#legs.values()) leg.media?.play();
	}

	/** The token is over: the line is down, and the sound of a call goes on. */
	suspend(): void {
		this.line.stop();
	}

	/** There is another token: what is open lives with it from now on. */
	renewed(): void {
		void this.line.rebind().catch(() => undefined);
	}

	/** There is a token again. */
	resume(): void {
		if (this.#hasPhone.peek()) this.line.start();
	}

	dispose(): void {
		for (const clean of this.#clean.splice(0)) clean();
		for (const leg of this.#legs.values()) leg.media?.close();
		this.#legs.clear();
		this.line.stop();
	}

	#makeLine(): PhoneLine {
		const { api, clock, me } = this.#session;
		return new PhoneLine({
			api,
			jid: me.chat?.jabberId ?? `${me.id}@${new URL(api.base).hostname}`,
			token: () => this.#session.token,
			clock,
			random: Math.random,
			newId: () => crypto.randomUUID(),
			openSocket: (url) => new OwnWebSocket(url, "xmpp") as unknown as SocketLike,
			onProposal: (proposal) => this.#propose(proposal),
			onWithdrawn: (sessionId) => this.#withdraw(sessionId),
			onRpc: (message, from) => void this.#signal(message, from),
		});
	}

	#makeReadiness(): ReadonlySignal<Readiness> {
		const { station, presence, desk, conversations } = this.#session;
		return computed(() =>
			readinessOf({
				isElsewhere: desk.lead.state.value === "elsewhere",
				hasStation: station.associated.value !== undefined,
				isWebRtc: station.isWebRtc.value,
				lacksWindow: this.#lacksWindow.value,
				line: this.line.state.value,
				problem: this.problem.value,
				isUnasked: this.#unasked.value,
				notResponding: presence.notResponding.value,
				onQueue: presence.onQueue.value,
				isWrappingUp: conversations.listed.value.some((each) => isOver(each) && each.needsWrapup),
			}),
		);
	}

	/** A permission that is given or withdrawn in the browser's own dialogue is noticed at once. */
	async #watchPermission(): Promise<void> {
		const permission = await microphonePermission();
		if (!permission) return;
		const look = () => {
			this.#unasked.value = permission.state === "prompt";
			void this.recheck();
		};
		this.#unasked.value = permission.state === "prompt";
		permission.addEventListener("change", look);
		this.#clean.push(() => permission.removeEventListener("change", look));
	}

	async #retryMicrophones(): Promise<void> {
		await Promise.all([...this.#legs.values()].map((leg) => leg.media?.retryMicrophone()));
	}

	#onMicrophone(change: MicrophoneChange): void {
		this.problem.value = change.kind === "lost" ? change.problem : undefined;
		if (change.kind === "replaced") this.replacedBy.value = change.label;
		void this.devices.refresh();
	}

	/** Another panel has the phone from now on: what was heard here is offered to it. */
	#handOver(): void {
		for (const { media, proposal } of [...this.#legs.values()]) {
			const { sessionId, from } = proposal;
			if (media) this.line.rpc(from, "terminate", { sessionId, reason: "alternative-session" });
			media?.close();
		}
		this.#legs.clear();
		this.#publish();
	}

	#find(conversationId: string): Leg | undefined {
		return [...this.#legs.values()].findLast((leg) => leg.proposal.conversationId === conversationId);
	}

	#propose(proposal: Proposal): void {
		if (this.#legs.get(proposal.sessionId)) return;
		const leg: Leg = { proposal, state: "ringing" };
		this.#legs.set(proposal.sessionId, leg);
		this.#publish();
		if (this.#goesUnasked(proposal)) void this.#take(leg).catch(() => undefined);
	}

	/** Calls that need no click: told so by the server, dialled by the agent, or already connected before a reload. */
	#goesUnasked({ autoAnswer, conversationId }: Proposal): boolean {
		const known = this.#session.conversations.find(conversationId);
		if (autoAnswer || this.#placed.has(conversationId)) return true;
		// An agent's own outbound call waits as `contacting` for the agent's sound, whoever dialled it.
		return known !== undefined && ["connected", "contacting", "dialing"].includes(known.state);
	}

	async #take(leg: Leg): Promise<void> {
		const { conversationId } = leg.proposal;
		leg.state = "connecting";
		this.#publish();
		try {
			await this.#openMedia(leg);
		} catch (error) {
			leg.state = "ringing";
			leg.refused = true;
			this.problem.value = error instanceof MicrophoneError ? error.problem : "unknown";
			this.#publish();
			throw error;
		}
		this.problem.value = undefined;
		this.#unasked.value = false;
		this.#dropOthers(conversationId, leg);
		this.line.proceed(leg.proposal);
		void this.devices.refresh();
	}

	async #openMedia(leg: Leg): Promise<void> {
		const { sessionId, from } = leg.proposal;
		const media = new CallMedia(this.line.iceServers, {
			onCandidate: (sdp) => this.line.rpc(from, "iceCandidate", { sessionId, sdp }),
			onActive: () => {
				this.line.rpc(from, "info", { sessionId, status: "active" });
				this.#setState(leg, "active");
			},
			onFailed: () => this.#setState(leg, "failed"),
			onBlocked: () => {
				this.soundBlocked.value = true;
			},
			onMicrophone: (change) => this.#onMicrophone(change),
		});
		await media.open(this.devices.microphone.peek(), this.devices.speakerNow.peek());
		leg.media = media;
	}

	/** After a server restart the same call is proposed anew: the old connection leads nowhere any more. */
	#dropOthers(conversationId: string, keep: Leg): void {
		for (const leg of this.#legs.values()) {
			if (leg !== keep && leg.proposal.conversationId === conversationId) this.#drop(leg);
		}
	}

	async #signal(message: RpcMessage, from: string): Promise<void> {
		const { sessionId, sdp } = message.params;
		const leg = this.#legs.get(sessionId);
		if (!leg) return;
		if (message.method === "terminate") {
			// The server waited in vain for the sound of what was answered here.
			if (leg.state === "connecting" && message.params.reason === "no sound") this.cameToNothing.value = true;
			return this.#drop(leg);
		}
		if (!leg.media || sdp === undefined) return;
		if (message.method === "offer") {
			const answer = await leg.media.answer(sdp);
			this.line.rpc(from || leg.proposal.from, "answer", { sessionId, sdp: answer });
		} else if (message.method === "iceCandidate") await leg.media.addCandidate(sdp);
	}

	#withdraw(sessionId: string): void {
		const leg = this.#legs.get(sessionId);
		if (leg?.state === "ringing") this.#drop(leg);
	}

	/** The sound follows what the server says: muted and held calls send nothing, ended ones are closed. */
	#follow(interactions: readonly LiveInteraction[]): void {
		for (const leg of [...this.#legs.values()]) {
			const interaction = interactions.find((each) => each.id === leg.proposal.conversationId);
			if (!interaction) continue;
			if (isOver(interaction)) this.#drop(leg);
			else if (leg.state === "ringing" && !leg.refused && this.#goesUnasked(leg.proposal)) {
				void this.#take(leg).catch(() => undefined);
			} else leg.media?.setSending(!interaction.muted && !interaction.held);
		}
	}

	#applySpeaker(speaker: string | undefined): void {
		for (const leg of this.#legs.values()) void leg.media?.setSpeaker(speaker);
	}

	#applyMicrophone(microphone: string | undefined): void {
		for (const leg of this.#legs.values()) {
			leg.media?.setMicrophone(microphone).catch((error: unknown) => {
				this.problem.value = error instanceof MicrophoneError ? error.problem : "unknown";
			});
		}
	}

	#setState(leg: Leg, state: LegState): void {
		leg.state = state;
		this.#publish();
	}

	#drop(leg: Leg): void {
		leg.media?.close();
		this.#legs.delete(leg.proposal.sessionId);
		this.#publish();
	}

	#publish(): void {
		this.#states.value = new Map([...this.#legs.values()].map((leg) => [leg.proposal.conversationId, leg.state]));
	}
}
