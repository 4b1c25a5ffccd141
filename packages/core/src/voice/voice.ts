import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationChanged, Conversations } from "../conversations/service.ts";
import type { DeskLed } from "../desks/events.ts";
import { untilSaved } from "../kernel/database/until-saved.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Route } from "../kernel/http/route.ts";
import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";
import type { Authenticator } from "../kernel/principal.ts";
import type { Notifications } from "../notifications/notifications.ts";
import type { RecordingParts } from "../recordings/parts.ts";
import type { QueueStates } from "../routing/queue-states.ts";
import type { ScreenInvitations } from "../screen-share/invitations.ts";
import type { GreetingFiles } from "../voicemail/greeting-files.ts";
import { type AbsenceLimits, CallMedia } from "./call-media.ts";
import type { Listeners } from "./call-words.ts";
import { recordingFiles, registerLeftovers } from "./leftover-recordings.ts";
import type { MediaEngine } from "./media-engine.ts";
import { createCallQuality } from "./quality/quality.ts";
import { callQualityRoutes } from "./quality/routes.ts";
import { QueuePlaces, type QueuePlacesTiming } from "./queue-places/queue-places.ts";
import { type SoftphoneSession, Softphones } from "./softphone.ts";
import type { PhoneRegistry } from "./streaming/phone-registry.ts";
import { type StreamTiming, streamSocket } from "./streaming/stream-socket.ts";
import type { Trunk } from "./trunk.ts";
import { WebLines } from "./web-line.ts";
import { webCallRoutes } from "./webcalls/routes.ts";
import { entryPointStore } from "./webcalls/store.ts";
import { type WebCallTiming, webCallSocket } from "./webcalls/web-call-socket.ts";
import { WebCalls, webProvider } from "./webcalls/web-calls.ts";

export interface VoiceDependencies {
	engine: MediaEngine;
	conversations: Conversations;
	notifications: Notifications;
	phones: PhoneRegistry;
	authenticator: Authenticator;
	/** Where what was recorded is noted. */
	parts: RecordingParts;
	/** Bare JID of a user. */
	jidOf(userId: string): Promise<string>;
	/** Domain part of the JIDs. */
	jidDomain: string;
	trunks: ReadonlyMap<string, Trunk>;
	/** What stands behind trunks and has to be there before calls are taken up; nothing unless given. */
	lines?: { start(): Promise<void>; stop(): Promise<void> };
	/** ISO 3166 code of the organization: callers' numbers without a country code are of it. */
	country?(): Promise<string>;
	/** How long the connection of a user's phone stays open without a call, in ms; undefined where it ends with the call. */
	persistentMs?(userId: string): Promise<number | undefined>;
	/** Greetings of mailboxes' own, on this machine. */
	greetings?: Pick<GreetingFiles, "path">;
	/** What makes text of what is said in calls; nothing does unless told. */
	listeners?: Listeners;
	/** How queues stand, for callers who are told; nobody is unless given. */
	queueStates?: Pick<QueueStates, "of">;
	/** Screens that are shared with callers' pages; none unless told. */
	screens?: ScreenInvitations;
	/** Tests are in more of a hurry. */
	timing?: Partial<VoiceTiming>;
}

interface VoiceTiming {
	absence: AbsenceLimits;
	/** See `Softphones`. */
	graceMs: number;
	/** How long the sound of an answered call may take. */
	setupMs?: number;
	stream: StreamTiming;
	page: WebCallTiming;
	places?: QueuePlacesTiming;
}

/** How long parties may be without media before they count as gone: long enough for a reload or a restart, in ms. */
const defaultAbsence = { staff: 60_000, outside: 45_000, waiting: 15_000, closed: 12_000 };

/** Without sound for longer than this, the server does not do its work, in ms. */
const soundlessMs = 3000;

/** Where recordings are while they are written; afterwards they lie in storage. */
export function recordingsFolder(dataDir: string): string {
	return join(dataDir, "recordings");
}

/** Calls that one address may place from pages. */
const webCallsPerMinute = 20;

/** The voice domain: phones by streaming, callers' pages, trunks, and the media behind them. */
export class Voice {
	readonly routes: Route[];
	readonly sockets: WebSocketEndpoint[];
	readonly webCalls: WebCalls;
	readonly #kernel: Kernel;
	readonly #dependencies: VoiceDependencies;
	readonly #lines: WebLines;
	readonly #softphones: Softphones;
	readonly #places: QueuePlaces | undefined;
	readonly #media: CallMedia;
	readonly #recordingsDir: string;
	readonly #unsubscribe: () => void;
	#leftovers: Promise<unknown> = Promise.resolve();
	#isRunning = false;

	constructor(kernel: Kernel, dependencies: VoiceDependencies) {
		this.#kernel = kernel;
		this.#dependencies = dependencies;
		this.#recordingsDir = recordingsFolder(kernel.config.dataDir);
		kernel.readiness.add(() => (dependencies.engine.silentForMs() > soundlessMs ? "there is no sound" : undefined));
		this.#lines = new WebLines(dependencies.engine, (legId) => this.#media.lost(legId));
		dependencies.screens?.add(this.#lines);
		this.#softphones = this.#createSoftphones();
		this.#places = this.#createPlaces();
		this.#media = this.#createMedia();
		this.webCalls = new WebCalls(
			dependencies.conversations,
			entryPointStore(kernel.database.db),
			dependencies.country ?? (async () => ""),
		);
		this.routes = [
			...webCallRoutes(this.webCalls, kernel.config.rateLimit > 0 ? webCallsPerMinute : 0),
			...callQualityRoutes(createCallQuality(kernel, dependencies.conversations), dependencies.conversations, () =>
				kernel.clock.now(),
			),
		];
		this.sockets = [
			this.#createStreamSocket(),
			webCallSocket({
				webCalls: this.webCalls,
				lines: this.#lines,
				media: this.#media,
				log: kernel.log,
				timing: dependencies.timing?.page,
				...(dependencies.screens ? { screens: dependencies.screens } : {}),
			}),
		];
		this.#unsubscribe = kernel.feed.subscribe((event) => {
			if (event.type === "conversation.changed")
				this.#media.reconcile((event.data as ConversationChanged).conversationId);
			if (event.type === "conversation.digits") this.#onDigits(event.data);
			if (event.type === "conversation.recording.resumes") this.#onRecordingResumes(event.data);
			if (event.type.startsWith("station.")) this.#onStation(event.data);
			if (event.type === "desk.led" && (event.data as DeskLed).takenOver) this.#softphones.handOver(event.entityId);
		});
	}

	/**
	 * Begins to start the engine, a process that takes a while, so that the rest of the server starts meanwhile. Whether it
	 * came up `start` says.
	 * @returns what ends it, where it does not come to that
	 */
	prepare(): () => Promise<void> {
		const { engine } = this.#dependencies;
		void engine.start().catch(() => {});
		return () => engine.stop();
	}

	/** Starts the engine and takes up what is live; recordings that the last run left behind are registered meanwhile. */
	async start(): Promise<void> {
		const { engine, parts } = this.#dependencies;
		this.#isRunning = true;
		await mkdir(this.#recordingsDir, { recursive: true });
		const files = await recordingFiles(this.#recordingsDir);
		await engine.start();
		await this.#dependencies.lines?.start();
		await this.#media.resume();
		this.#places?.start();
		this.#leftovers = registerLeftovers(files, { dir: this.#recordingsDir, parts, log: this.#kernel.log }).catch(
			(error) => this.#kernel.log.error({ err: error }, "recordings of the last run could not be looked through"),
		);
	}

	/** Documents stay as they are; the next start goes on with them. */
	async stop(): Promise<void> {
		this.#isRunning = false;
		this.#unsubscribe();
		this.#places?.stop();
		this.#media.stop();
		this.#softphones.stop();
		this.#lines.stop();
		await this.#dependencies.lines?.stop();
		await this.#dependencies.engine.stop();
		await this.#media.close();
		await this.#leftovers;
	}

	/** Sound comes from a phone of the user just now. */
	isHeard(userId: string): boolean {
		return this.#media.isHeard(userId);
	}

	#createSoftphones(): Softphones {
		const { phones, engine, jidDomain, conversations, timing } = this.#dependencies;
		// As when the user declines by REST: a queue's agent becomes NOT_RESPONDING, and the call goes to the next.
		const declined = ({ conversationId, participantId }: SoftphoneSession) =>
			this.#tell(() => conversations.calls.partyLeft(conversationId, participantId, "client"));
		const events = {
			rejected: declined,
			hungUp: declined,
			failed: ({ id }: SoftphoneSession) => this.#media.lost(id),
			silent: ({ conversationId, participantId }: SoftphoneSession) =>
				this.#tell(() => conversations.calls.partyLeft(conversationId, participantId, "error")),
			abandoned: ({ id }: SoftphoneSession) => this.#media.abandoned(id),
			unready: (conversationId: string) => this.#media.reconcile(conversationId),
		};
		const { graceMs, setupMs } = timing ?? {};
		return new Softphones(phones, engine, jidDomain, events, {
			graceMs,
			setupMs,
			persistentMs: this.#dependencies.persistentMs,
		});
	}

	#createPlaces(): QueuePlaces | undefined {
		const { queueStates: states, timing } = this.#dependencies;
		const { database, clock, log } = this.#kernel;
		if (!states) return undefined;
		const changed = (conversationId: string) => this.#media.reconcile(conversationId);
		return new QueuePlaces({ db: database.db, states, clock, log, changed, timing: timing?.places });
	}

	#createMedia(): CallMedia {
		const { conversations, engine, trunks, timing, parts, greetings, listeners } = this.#dependencies;
		return new CallMedia({
			conversations,
			engine,
			softphones: this.#softphones,
			webLines: this.#lines,
			trunks,
			webProvider,
			recordingsDir: this.#recordingsDir,
			parts,
			...(greetings ? { greetings } : {}),
			...(listeners ? { listeners } : {}),
			absence: timing?.absence ?? defaultAbsence,
			...(this.#places ? { places: this.#places } : {}),
			clock: this.#kernel.clock,
			log: this.#kernel.log,
		});
	}

	#createStreamSocket(): WebSocketEndpoint {
		const { notifications, phones, authenticator, engine, jidDomain, jidOf, timing } = this.#dependencies;
		return streamSocket({
			notifications,
			phones,
			log: this.#kernel.log,
			timing: timing?.stream,
			host: {
				domain: jidDomain,
				authenticate: (token) => authenticator.authenticate(token),
				signInRefused: (userId) =>
					this.#kernel.operators.warn(
						{ event: "sign-in.refused", reason: "phone-token", userId },
						"a phone was refused",
					),
				jidOf,
				iceServices: (type) => (type === "stun" ? [{ type: "stun", transport: "udp", ...engine.stun() }] : []),
				sessionMessage: (stream, kind, sessionId) => this.#softphones.onSessionMessage(stream, kind, sessionId),
				rtc: (stream, message) => this.#softphones.onRtc(stream, message),
			},
		});
	}

	#onDigits(data: unknown): void {
		type Digits = Record<"conversationId" | "participantId" | "digits", string>;
		const { conversationId, participantId, digits } = data as Digits;
		this.#media.sendDigits(conversationId, participantId, digits);
	}

	#onRecordingResumes(data: unknown): void {
		const { conversationId, participantId } = data as Record<"conversationId" | "participantId", string>;
		this.#media.playTone(conversationId, participantId);
	}

	#onStation(data: unknown): void {
		const { userId } = data as { userId?: string };
		if (userId) void this.#softphones.stationChanged(userId);
	}

	/** Notes what has happened, and what nobody waits for. */
	#tell(note: () => Promise<unknown>): void {
		untilSaved(note, () => this.#isRunning).catch((error) =>
			this.#kernel.log.error({ err: error }, "a call could not be changed"),
		);
	}
}
