import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LiveInteraction } from "../session/interaction.ts";
import type { Session } from "../session/session.ts";
import { CallMedia, type MediaEvents } from "./call-media.ts";
import type { Devices } from "./devices.ts";
import type { EarlyCalls } from "./early-calls.ts";
import type { EarlyStream, PhoneBefore } from "./early-stream.ts";
import { type Leg, type LegState, Legs } from "./legs.ts";
import { PhoneLine } from "./line.ts";
import { couldAnswer, type MicrophoneProblem } from "./microphone.ts";
import { MicrophoneWatch } from "./microphone-watch.ts";
import { onNextGesture } from "./next-gesture.ts";
import { openPhoneSocket } from "./phone-socket.ts";
import { type SoundPlace, soundPlace } from "./place.ts";
import type { MeasuredSound } from "./quality/quality-watch.ts";
import { keepsFromRinging, type Readiness, readinessOf } from "./readiness.ts";
import type { Proposal, RpcMessage } from "./stanza.ts";
import { UnaskedCalls } from "./unasked.ts";

/** The panel's own phone: registers while the agent's station is a browser phone, and carries the sound of calls. */
export class Phone {
	readonly line: PhoneLine;
	readonly devices: Devices;
	readonly #microphone: MicrophoneWatch;
	/** The browser waits for a click before it plays sound. */
	readonly soundBlocked = signal(false);
	#stopGesture = () => {};
	/** A call was answered here and its sound did not come, until the agent has read it. */
	readonly cameToNothing = signal(false);
	/** Whether the next call can ring here, and what stands in the way. */
	readonly readiness: ReadonlySignal<Readiness>;
	/** The agent's station is a browser phone, and this panel is the one that has it. */
	readonly #hasPhone: ReadonlySignal<boolean>;
	/** The phone belongs into a window of its own, which is not open. */
	readonly #lacksWindow: ReadonlySignal<boolean>;
	readonly #isInWindow = signal(false);
	readonly #session: Session;
	readonly #legs = new Legs();
	readonly #unasked = new UnaskedCalls();
	readonly #clean: (() => void)[] = [];

	/**
	 * @param wantsWindow whether the phone belongs into a window of its own
	 * @param early the stream that the phone before the page was loaded anew had, opened beforehand
	 */
	constructor(session: Session, devices: Devices, wantsWindow: ReadonlySignal<boolean>, early?: EarlyStream) {
		this.#session = session;
		this.devices = devices;
		this.#microphone = new MicrophoneWatch({
			devices,
			isOpen: () => this.#legs.all().some((leg) => leg.media),
			retry: () => this.#retryMicrophones(),
		});
		this.#lacksWindow = computed(() => wantsWindow.value && !this.#isInWindow.value);
		this.#hasPhone = computed(
			() => session.station.isWebRtc.value && session.desk.lead.phoneHere.value && !this.#lacksWindow.value,
		);
		this.line = this.#makeLine(early);
		this.readiness = this.#makeReadiness();
		this.#clean.push(
			effect(() => void (session.presence.onQueue.value && this.recheck())),
			effect(() => this.line.setCanAnswer(couldAnswer(this.problem.value))),
			effect(() => void (devices.microphones.value && this.#retryMicrophones())),
			effect(() => void (this.line.state.value === "off" && this.#dropKept())),
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
		this.#microphone.follow();
	}

	/** Trouble with the microphone, until it has been opened. */
	get problem(): Signal<MicrophoneProblem | undefined> {
		return this.#microphone.problem;
	}

	/** The browser has not been asked for the microphone yet: opening it would wait for the agent. */
	get isUnasked(): boolean {
		return this.#microphone.unasked.peek();
	}

	/** Name of the microphone that took the place of one that went, until the agent has read it. */
	get replacedBy(): ReadonlySignal<string | undefined> {
		return this.#microphone.replacedBy;
	}

	/** Conversation id to the state of its sound. */
	get states(): ReadonlySignal<ReadonlyMap<string, LegState>> {
		return this.#legs.states;
	}

	/** The connection of the last call stays open for the next one (persistent connection, framework-contract 13). */
	get isKept(): ReadonlySignal<boolean> {
		return this.#legs.isKept;
	}

	/** Looks again whether a microphone can be had; a call that has none gets it. */
	recheck(): Promise<void> {
		return this.#microphone.recheck();
	}

	/** The agent's click: opens a microphone to see whether one can be had. */
	checkMicrophone(): Promise<void> {
		return this.#microphone.check();
	}

	/** Asks for the microphone now, so that the first call does not have to wait for the answer. */
	allowMicrophone(): Promise<void> {
		return this.#microphone.allow();
	}

	/** The agent has read what happened to their microphone or call. */
	understood(): void {
		this.#microphone.replacedBy.value = undefined;
		this.cameToNothing.value = false;
	}

	/** True when this panel can answer the call by its own phone. */
	canAnswer(conversationId: string): boolean {
		return this.#legs.find(conversationId)?.state === "ringing";
	}

	/** Takes a ringing call. Rejects with MicrophoneError, and the call goes on ringing. */
	async accept(conversationId: string): Promise<void> {
		const leg = this.#legs.find(conversationId);
		if (leg?.state === "ringing") await this.#take(leg);
	}

	/**
	 * Before a call is answered that will have the connection that is kept: its microphone works, or the call goes on ringing.
	 * Rejects with MicrophoneError.
	 */
	async ready(): Promise<void> {
		await this.#legs.kept()?.media?.requireMicrophone();
	}

	/** Ends the connection that is kept; the next call sets up its own. */
	endKept(): void {
		const leg = this.#legs.kept();
		if (!leg) return;
		this.line.rpc(leg.proposal.from, "terminate", { sessionId: leg.proposal.sessionId, reason: "success" });
		this.#legs.drop(leg);
	}

	/** Ends the call by its sound, where this panel has that. False where it has none. */
	hangUp(conversationId: string): boolean {
		const leg = this.#legs.find(conversationId);
		if (!leg?.media) return false;
		this.line.rpc(leg.proposal.from, "terminate", { sessionId: leg.proposal.sessionId, reason: "success" });
		this.#legs.drop(leg);
		return true;
	}

	/** Remembers that the agent dialled: the proposal that follows needs no second click. */
	expect(conversationId: string): void {
		this.#unasked.dialled(conversationId);
		const leg = this.#legs.find(conversationId);
		if (leg?.state === "ringing" && this.#goesUnasked(leg.proposal)) void this.#take(leg).catch(() => undefined);
	}

	/** Conversation id to its sound, of the calls whose sound is up. */
	sounds(): ReadonlyMap<string, MeasuredSound> {
		return new Map(
			this.#legs
				.all()
				.flatMap(({ conversationId, state, media }) =>
					conversationId !== undefined && media && state !== "ringing" ? [[conversationId, media] as const] : [],
				),
		);
	}

	/**
	 * Sound comes from another window from now on. What is heard is taken up there as after a reload: the line comes up
	 * anew, and the server offers the call again.
	 */
	moveTo(place: SoundPlace, isInWindow: boolean): void {
		if (soundPlace.peek() === place && this.#isInWindow.peek() === isInWindow) return;
		this.#legs.dropAll();
		this.line.stop();
		soundPlace.value = place;
		this.#isInWindow.value = isInWindow;
		this.soundBlocked.value = false;
		if (this.#hasPhone.peek()) this.line.start();
		this.#microphone.follow();
	}

	/** Plays sound that the browser had kept back; call it from a click. */
	unblock(): void {
		this.#stopGesture();
		this.soundBlocked.value = false;
		for (const leg of this.#legs.all()) leg.media?.play();
	}

	/** The token is over: the line is down, and nobody is heard here who is not signed in. */
	suspend(): void {
		this.line.stop();
		this.#legs.dropAll();
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
		this.#microphone.dispose();
		this.#legs.dropAll();
		this.line.dropEarly();
		this.line.stop();
	}

	/** For the next page of this tab, as this one goes; undefined where no phone is on the line. */
	leaving(): PhoneBefore | undefined {
		const jid = this.#session.me.chat?.jabberId;
		if (!jid || this.line.state.peek() !== "ready") return undefined;
		const up = this.#legs.all().filter(({ media }) => media);
		// Another window's sound is taken up by that window.
		const heard = this.#isInWindow.peek() ? [] : up.filter(({ conversationId }) => conversationId !== undefined);
		return {
			jid,
			channelId: this.line.channelId,
			sessions: up.map(({ proposal }) => proposal.sessionId),
			wasHeard: heard.length > 0,
			wasSending: heard.some(({ media }) => media?.isSending),
		};
	}

	#makeLine(early: EarlyStream | undefined): PhoneLine {
		const { api, clock, me } = this.#session;
		return new PhoneLine({
			api,
			...(early ? { early } : {}),
			jid: me.chat?.jabberId ?? `${me.id}@${new URL(api.base).hostname}`,
			token: () => this.#session.token,
			clock,
			random: Math.random,
			newId: () => crypto.randomUUID(),
			openSocket: openPhoneSocket,
			onCalls: (calls) => this.#takeEarly(calls),
			onProposal: (proposal) => this.#propose(proposal),
			onWithdrawn: (sessionId) => this.#withdraw(sessionId),
			onRpc: (message, from) => void this.#signal(message, from),
		});
	}

	#makeReadiness(): ReadonlySignal<Readiness> {
		const { station, presence, desk, conversations, queues } = this.#session;
		return computed(() =>
			readinessOf({
				isElsewhere: desk.lead.state.value === "elsewhere",
				hasStation: station.associated.value !== undefined,
				isWebRtc: station.isWebRtc.value,
				lacksWindow: this.#lacksWindow.value,
				line: this.line.state.value,
				problem: this.problem.value,
				isUnasked: this.#microphone.unasked.value,
				notResponding: presence.notResponding.value,
				onQueue: presence.onQueue.value,
				takesNoQueue: queues.takesNone.value,
				isWrappingUp: conversations.listed.value.some(keepsFromRinging),
			}),
		);
	}

	async #retryMicrophones(): Promise<void> {
		await Promise.all(this.#legs.all().map((leg) => leg.media?.retryMicrophone()));
	}

	/** Another panel has the phone from now on: what was heard here is offered to it. */
	#handOver(): void {
		for (const { media, proposal } of this.#legs.all()) {
			const { sessionId, from } = proposal;
			if (media) this.line.rpc(from, "terminate", { sessionId, reason: "alternative-session" });
		}
		this.line.dropEarly();
		this.#legs.dropAll();
	}

	/** Without a line nobody could give the connection a call, and its microphone would be open for nothing. */
	#dropKept(): void {
		const leg = this.#legs.kept();
		if (leg) this.#legs.drop(leg);
	}

	#propose(proposal: Proposal): void {
		if (this.#legs.of(proposal.sessionId)) return;
		const leg: Leg = { proposal, conversationId: proposal.conversationId, state: "ringing" };
		this.#legs.add(leg);
		if (this.#goesUnasked(proposal)) void this.#take(leg).catch(() => undefined);
	}

	#goesUnasked(proposal: Proposal): boolean {
		return this.#unasked.goes(proposal, this.#session.conversations.find(proposal.conversationId)?.state);
	}

	async #take(leg: Leg): Promise<void> {
		const { conversationId } = leg.proposal;
		this.#unasked.heardOf(conversationId);
		this.#setState(leg, "connecting");
		try {
			await this.#openMedia(leg);
		} catch (error) {
			leg.refused = true;
			this.#setState(leg, "ringing");
			this.#microphone.failed(error);
			throw error;
		}
		// The call has ended meanwhile.
		if (this.#legs.of(leg.proposal.sessionId) !== leg) return leg.media?.close();
		this.#catchUp(leg);
		this.#microphone.opened();
		this.#dropOthers(conversationId, leg);
		this.line.proceed(leg.proposal);
		void this.devices.refresh();
	}

	/** While the microphone opened, as long as a question to the agent takes, more was said and chosen. */
	#catchUp({ media, conversationId }: Leg): void {
		const call = this.#session.conversations.find(conversationId);
		if (call) media?.setSending(!call.muted && !call.held);
		void media?.setSpeaker(this.devices.speakerNow.peek());
	}

	async #openMedia(leg: Leg): Promise<void> {
		const media = new CallMedia(() => this.line.iceServers, this.#mediaEvents(leg));
		const microphone = this.devices.microphone.peek();
		await media.open(microphone, this.devices.speakerNow.peek());
		leg.media = media;
		if (this.devices.microphone.peek() !== microphone) this.#applyMicrophone(this.devices.microphone.peek());
	}

	#mediaEvents(leg: Leg): MediaEvents {
		const { sessionId, from } = leg.proposal;
		return {
			onCandidate: (sdp) => this.line.rpc(from, "iceCandidate", { sessionId, sdp }),
			onActive: () => {
				this.line.rpc(from, "info", { sessionId, status: "active" });
				this.#setState(leg, "active");
			},
			onFailed: () => {
				if (leg.conversationId === undefined) this.#legs.drop(leg);
				else this.#setState(leg, "failed");
			},
			onBlocked: () => {
				this.#stopGesture();
				this.soundBlocked.value = true;
				this.#stopGesture = onNextGesture(soundPlace.peek(), () => this.unblock());
			},
			onMicrophone: (change) => this.#microphone.changed(change),
		};
	}

	/** Calls whose sound was set up before this phone was there. */
	#takeEarly(calls: EarlyCalls): void {
		calls.handOver((leg) => {
			this.#unasked.heardOf(leg.proposal.conversationId);
			this.#legs.add(leg);
			this.#microphone.opened();
			void this.devices.refresh();
			return this.#mediaEvents(leg);
		});
		this.#follow(this.#session.conversations.all.peek());
	}

	/**
	 * After a server restart the same call is proposed anew: the old connection leads nowhere any more. Nor does one that was
	 * kept, or the call would have been given to it.
	 */
	#dropOthers(conversationId: string, keep: Leg): void {
		for (const leg of this.#legs.all()) {
			if (leg !== keep && (leg.conversationId ?? conversationId) === conversationId) this.#legs.drop(leg);
		}
	}

	async #signal(message: RpcMessage, from: string): Promise<void> {
		const { sessionId, sdp } = message.params;
		const leg = this.#legs.of(sessionId);
		if (!leg) return;
		if (message.method === "terminate") return this.#ended(leg, message.params.reason);
		if (!leg.media || sdp === undefined) return;
		if (message.method === "offer") {
			leg.isPersistent = message.params.persistent === true;
			const answer = await leg.media.answer(sdp);
			if (answer !== undefined) this.line.rpc(from || leg.proposal.from, "answer", { sessionId, sdp: answer });
		} else if (message.method === "iceCandidate") await leg.media.addCandidate(sdp);
	}

	#ended(leg: Leg, reason: string | undefined): void {
		// The server waited in vain for the sound of what was answered here, or heard it break and offers it anew.
		if (leg.state === "connecting" && reason === "no sound") this.cameToNothing.value = true;
		if (leg.state === "connecting" && reason === "media lost") this.#unasked.broke(leg.proposal.conversationId);
		this.#legs.drop(leg);
	}

	#withdraw(sessionId: string): void {
		const leg = this.#legs.of(sessionId);
		if (leg?.state === "ringing") this.#legs.drop(leg);
	}

	/** The sound follows what the server says: muted and held calls send nothing, ended ones let go of their connection. */
	#follow(interactions: readonly LiveInteraction[]): void {
		for (const { id } of interactions) this.#unasked.heardOf(id);
		this.#unasked.alerting(new Set(interactions.filter(({ state }) => state === "alerting").map(({ id }) => id)));
		for (const leg of this.#legs.all()) {
			const interaction = interactions.find((each) => each.id === leg.conversationId);
			if (!interaction) continue;
			if (this.#legs.isDone(leg, interaction)) this.#legs.release(leg);
			else if (leg.state === "ringing" && !leg.refused && this.#goesUnasked(leg.proposal)) {
				void this.#take(leg).catch(() => undefined);
			} else leg.media?.setSending(!interaction.muted && !interaction.held);
		}
		this.#legs.connect(interactions);
	}

	#applySpeaker(speaker: string | undefined): void {
		for (const leg of this.#legs.all()) void leg.media?.setSpeaker(speaker);
	}

	#applyMicrophone(microphone: string | undefined): void {
		for (const leg of this.#legs.all()) {
			leg.media?.setMicrophone(microphone).catch((error: unknown) => {
				this.#microphone.failed(error);
			});
		}
	}

	#setState(leg: Leg, state: LegState): void {
		leg.state = state;
		this.#legs.changed();
	}
}
