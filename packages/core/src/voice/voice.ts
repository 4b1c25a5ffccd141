import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationChanged, Conversations } from "../conversations/service.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Authenticator } from "../kernel/principal.ts";
import type { Route } from "../kernel/route.ts";
import type { WebSocketEndpoint } from "../kernel/websocket.ts";
import type { Notifications } from "../notifications/notifications.ts";
import { CallMedia } from "./call-media.ts";
import type { MediaEngine } from "./media-engine.ts";
import { Softphones } from "./softphone.ts";
import type { PhoneRegistry } from "./streaming/phone-registry.ts";
import { streamSocket } from "./streaming/stream-socket.ts";
import type { Trunk } from "./trunk.ts";
import { WebLines } from "./web-line.ts";
import { webCallRoutes } from "./webcalls/routes.ts";
import { entryPointStore } from "./webcalls/store.ts";
import { webCallSocket } from "./webcalls/web-call-socket.ts";
import { WebCalls, webProvider } from "./webcalls/web-calls.ts";

export interface VoiceDependencies {
	engine: MediaEngine;
	conversations: Conversations;
	notifications: Notifications;
	phones: PhoneRegistry;
	authenticator: Authenticator;
	/** Bare JID of a user. */
	jidOf(userId: string): Promise<string>;
	/** Domain part of the JIDs. */
	jidDomain: string;
	trunks: ReadonlyMap<string, Trunk>;
}

/** How long parties may be without media before they count as gone: long enough for a reload or a restart, in ms. */
const absence = { staff: 60_000, outside: 45_000 };

/** The voice domain: phones by streaming, callers' pages, trunks, and the media behind them. */
export class Voice {
	readonly routes: Route[];
	readonly sockets: WebSocketEndpoint[];
	readonly webCalls: WebCalls;
	readonly #kernel: Kernel;
	readonly #engine: MediaEngine;
	readonly #media: CallMedia;
	readonly #recordingsDir: string;
	readonly #unsubscribe: () => void;

	constructor(kernel: Kernel, dependencies: VoiceDependencies) {
		const { engine, conversations, notifications, phones } = dependencies;
		this.#kernel = kernel;
		this.#engine = engine;
		this.#recordingsDir = join(kernel.config.dataDir, "recordings");
		const lines = new WebLines(engine);
		const softphones = new Softphones(phones, engine, dependencies.jidDomain, {
			rejected: (session) =>
				this.#tell(conversations.partyLeft(session.conversationId, session.participantId, "client")),
			hungUp: (session) => this.#tell(conversations.partyLeft(session.conversationId, session.participantId, "client")),
			phoneGone: (session) => this.#media.phoneGone(session),
		});
		this.#media = new CallMedia({
			conversations,
			engine,
			softphones,
			webLines: lines,
			trunks: dependencies.trunks,
			webProvider,
			recordingsDir: this.#recordingsDir,
			absence,
			log: kernel.log,
		});
		this.webCalls = new WebCalls(conversations, entryPointStore(kernel.database.db));
		this.routes = webCallRoutes(this.webCalls);
		this.sockets = [
			streamSocket({
				notifications,
				phones,
				log: kernel.log,
				host: {
					domain: dependencies.jidDomain,
					authenticate: (token) => dependencies.authenticator.authenticate(token),
					jidOf: dependencies.jidOf,
					iceServices: (type) => (type === "stun" ? [{ type: "stun", transport: "udp", ...engine.stun() }] : []),
					sessionMessage: (stream, kind, sessionId) => softphones.onSessionMessage(stream, kind, sessionId),
					rtc: (stream, message) => softphones.onRtc(stream, message),
				},
			}),
			webCallSocket({ webCalls: this.webCalls, lines, media: this.#media, log: kernel.log }),
		];
		phones.onReachable((userId) => this.#media.phoneReachable(userId));
		this.#unsubscribe = kernel.feed.subscribe((event) => {
			if (event.type === "conversation.changed")
				this.#media.reconcile((event.data as ConversationChanged).conversationId);
			if (event.type === "conversation.digits") this.#onDigits(event.data);
		});
	}

	async start(): Promise<void> {
		await mkdir(this.#recordingsDir, { recursive: true });
		await this.#engine.start();
		await this.#media.resume();
	}

	async stop(): Promise<void> {
		this.#unsubscribe();
		this.#media.stop();
		await this.#engine.stop();
	}

	#onDigits(data: unknown): void {
		const { conversationId, participantId, digits } = data as Record<
			"conversationId" | "participantId" | "digits",
			string
		>;
		this.#tell(this.#media.sendDigits(conversationId, participantId, digits));
	}

	/** Reports what nobody waits for. */
	#tell(work: Promise<unknown>): void {
		work.catch((error) => this.#kernel.log.error({ err: error }, "a call could not be changed"));
	}
}
