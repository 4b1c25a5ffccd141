import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";
import type { Logger } from "../kernel/log.ts";
import { type CobrowseSettings, cobrowseOf } from "../messaging/cobrowse-settings.ts";
import type { MessageAddress } from "../messaging/model.ts";
import { mayEmbed } from "../messaging/web/guest-socket.ts";
import { type Side, serve } from "./connection.ts";
import { type PageFrame, readPageFrame } from "./frames.ts";
import type { CobrowseSession } from "./model.ts";
import { NotRecorded, PageFilter } from "./page-filter.ts";
import { sessionOver } from "./refusals.ts";
import { closing, type Peer, type Relay, type Room } from "./relay.ts";
import type { CobrowseSessions } from "./sessions.ts";
import { followSight } from "./sight.ts";

/** What one event, and a whole page, may weigh as JSON (agent-features 12). */
const mostOfEvent = 1_000_000;
const mostOfPage = 8_000_000;

export interface SideDeps {
	sessions: CobrowseSessions;
	relay: Relay;
	addressOf(id: string): Promise<MessageAddress | undefined>;
	log: Logger;
}

/** `/inlay/cobrowse/share/{sessionId}`: a customer's page. Its secret comes in the first frame; its origin is one of the messenger's. */
export function pageSocket(deps: SideDeps): WebSocketEndpoint {
	return {
		path: /^\/inlay\/cobrowse\/share\/(?<sessionId>[\w-]{1,100})$/,
		maxPayload: mostOfPage + 1_000_000,
		async accept({ headers: { origin } }, { sessionId = "" }) {
			const session = await deps.sessions.get(sessionId);
			const address = session?.deploymentId ? await deps.addressOf(session.deploymentId) : undefined;
			if (!address) return 404;
			return mayEmbed(address, origin) ? 101 : 403;
		},
		connected(socket, { sessionId = "" }, request) {
			const origin = request.headers.origin ?? "";
			serve(socket, (peer) => new PageSide({ sessionId, origin, peer }, deps), deps.log);
		},
	};
}

/** A customer's page in a session. */
class PageSide implements Side {
	readonly #at: { sessionId: string; origin: string; peer: Peer };
	readonly #deps: SideDeps;
	#session: CobrowseSession | undefined;
	#settings: CobrowseSettings | undefined;
	#filter = new PageFilter(false);

	constructor(at: { sessionId: string; origin: string; peer: Peer }, deps: SideDeps) {
		this.#at = at;
		this.#deps = deps;
	}

	get isKnown(): boolean {
		return this.#session !== undefined;
	}

	async receive(text: string): Promise<void> {
		const frame = readPageFrame(text);
		const { peer } = this.#at;
		if (!frame) return peer.close(1007, "not understood");
		if (frame.type === "hello") return this.#hello(frame.key);
		if (frame.type === "decline") return this.#decline(frame.key);
		if (!this.#session) return peer.close(closing.unknown, "no hello");
		const room = this.#deps.relay.room(this.#at.sessionId);
		// A page that was replaced meanwhile says nothing any more.
		if (room.page === peer) await this.#obey(frame, room);
	}

	async gone(): Promise<void> {
		const { sessionId, peer } = this.#at;
		if (!this.#session || !this.#deps.relay.leave(sessionId, "page", peer)) return;
		this.#deps.relay.found(sessionId)?.viewer?.send({ type: "away" });
		await this.#deps.sessions.pageWent(sessionId);
	}

	async #hello(key: string): Promise<void> {
		if (this.#session) return;
		const { sessions, relay, addressOf } = this.#deps;
		const { sessionId, peer } = this.#at;
		const session = await sessions.pageCame(sessionId, key);
		this.#session = session;
		// Before the settings are read: what changes from here on finds the page.
		const room = relay.enter(sessionId, "page", peer);
		const address = session.deploymentId ? await addressOf(session.deploymentId) : undefined;
		if (!address) throw sessionOver();
		if (room.page !== peer) return;
		this.#settings = cobrowseOf(address.settings.messenger);
		this.#filter = new PageFilter(this.#settings.showPath);
		room.terms = { settings: this.#settings, origin: this.#at.origin };
		const { channels: _channels, ...settings } = this.#settings;
		peer.send({ type: "session", agent: session.agentName, settings, isWatched: room.viewer !== undefined });
		room.viewer?.send({ type: "back" });
	}

	async #decline(key: string): Promise<void> {
		const { sessions } = this.#deps;
		await sessions.pageCame(this.#at.sessionId, key);
		await sessions.end(this.#at.sessionId, "customer", "declined");
		this.#at.peer.close(closing.over, "declined");
	}

	async #obey(frame: PageFrame, room: Room): Promise<void> {
		if (frame.type === "recorded") return this.#recorded(frame.events, room);
		if (frame.type === "paused") return this.#paused(frame, room);
		if (frame.type === "allow") return this.#allow(frame, room);
		if (frame.type === "stop") return void (await this.#deps.sessions.end(this.#at.sessionId, "customer", "customer"));
		room.viewer?.send(frame);
	}

	/** What may be told of it goes on to the viewer; what is too big, or no recording, is asked for anew. */
	async #recorded(events: readonly unknown[], room: Room): Promise<void> {
		if (!room.viewer || room.isPaused) return;
		const passed: object[] = [];
		let isWhole = false;
		for (const event of events) {
			const clean = this.#clean(event);
			if (clean === "refused") {
				this.#at.peer.send({ type: "watch" });
				break;
			}
			if (!clean) continue;
			isWhole ||= clean.type === 2;
			passed.push(clean);
		}
		if (passed.length > 0) room.viewer.send({ type: "recorded", events: passed });
		if (!isWhole || room.isSeen) return;
		room.isSeen = true;
		await followSight(this.#deps.sessions, this.#at.sessionId, room);
	}

	#clean(event: unknown): { type?: unknown } | undefined | "refused" {
		try {
			const clean = this.#filter.pass(event);
			const most = clean?.type === 2 ? mostOfPage : mostOfEvent;
			return clean && JSON.stringify(clean).length > most ? "refused" : clean;
		} catch (error) {
			if (error instanceof NotRecorded) return "refused";
			throw error;
		}
	}

	async #paused({ isPaused, byRule }: Extract<PageFrame, { type: "paused" }>, room: Room): Promise<void> {
		if (room.isPaused === isPaused) return;
		Object.assign(room, { isPaused, isControlled: false, isNavigated: false });
		room.viewer?.send({ type: "paused", isPaused, byRule: byRule === true });
		await followSight(this.#deps.sessions, this.#at.sessionId, room);
	}

	async #allow({ what, isAllowed }: Extract<PageFrame, { type: "allow" }>, room: Room): Promise<void> {
		const settings = this.#settings;
		const may = what === "control" ? settings?.allowAgentControl : settings?.allowAgentNavigation;
		const isNow = isAllowed && may === true;
		if (what === "control") room.isControlled = isNow;
		else room.isNavigated = isNow;
		room.viewer?.send({ type: "allow", what, isAllowed: isNow });
		await followSight(this.#deps.sessions, this.#at.sessionId, room);
	}
}
