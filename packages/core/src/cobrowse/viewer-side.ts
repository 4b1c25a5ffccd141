import type { WebSocketEndpoint } from "../kernel/http/websocket.ts";
import type { TokenEnds } from "../kernel/tokens/token-ends.ts";
import { type CobrowseSettings, cobrowseOf } from "../messaging/cobrowse-settings.ts";
import { type Side, serve } from "./connection.ts";
import { acts, readViewerFrame, type ViewerFrame } from "./frames.ts";
import type { CobrowseSession } from "./model.ts";
import type { SideDeps } from "./page-side.ts";
import { closing, type Peer, type Room } from "./relay.ts";
import { followSight } from "./sight.ts";

export interface ViewerDeps extends SideDeps {
	/** Where viewers are loaded from: nobody else opens one. */
	panelUrl: string;
	tokens: Pick<TokenEnds, "isGood" | "follow">;
}

/** `/inlay/cobrowse/view/{sessionId}`: the agent's viewer. */
export function viewerSocket(deps: ViewerDeps): WebSocketEndpoint {
	return {
		path: /^\/inlay\/cobrowse\/view\/(?<sessionId>[\w-]{1,100})$/,
		maxPayload: 64 * 1024,
		ownPeople: true,
		async accept({ headers: { origin } }, { sessionId = "" }) {
			if (origin !== deps.panelUrl) return 403;
			return (await deps.sessions.get(sessionId)) ? 101 : 404;
		},
		connected(socket, { sessionId = "" }) {
			serve(socket, (peer) => new ViewerSide({ sessionId, peer }, deps), deps.log);
		},
	};
}

/** The agent's viewer in a session. */
class ViewerSide implements Side {
	readonly #at: { sessionId: string; peer: Peer };
	readonly #deps: ViewerDeps;
	#session: CobrowseSession | undefined;
	#settings: CobrowseSettings | undefined;
	#unfollow: (() => void) | undefined;

	constructor(at: { sessionId: string; peer: Peer }, deps: ViewerDeps) {
		this.#at = at;
		this.#deps = deps;
	}

	get isKnown(): boolean {
		return this.#session !== undefined;
	}

	async receive(text: string): Promise<void> {
		const frame = readViewerFrame(text);
		if (!frame) return this.#at.peer.close(1007, "not understood");
		if (frame.type === "hello") return this.#hello(frame.key);
		if (!this.#session) return this.#at.peer.close(closing.unknown, "no hello");
		const room = this.#deps.relay.room(this.#at.sessionId);
		if (room.viewer === this.#at.peer) await this.#obey(frame, room);
	}

	async gone(): Promise<void> {
		const { sessionId, peer } = this.#at;
		this.#unfollow?.();
		if (!this.#session || !this.#deps.relay.leave(sessionId, "viewer", peer)) return;
		const room = this.#deps.relay.found(sessionId);
		if (!room) return;
		// Nobody looks: nothing leaves the page, and nobody is told that somebody does.
		room.isSeen = false;
		room.page?.send({ type: "unwatch" });
		await followSight(this.#deps.sessions, sessionId, room);
	}

	async #hello(key: string): Promise<void> {
		if (this.#session) return;
		const { sessions, relay, addressOf } = this.#deps;
		const { sessionId, peer } = this.#at;
		const session = await sessions.byViewerKey(sessionId, key);
		if (session.viewerToken && !(await this.#deps.tokens.isGood(session.viewerToken)))
			return peer.close(closing.unknown, "signed out");
		this.#session = session;
		const room = relay.enter(sessionId, "viewer", peer);
		const address = session.deploymentId ? await addressOf(session.deploymentId) : undefined;
		if (room.viewer !== peer) return;
		this.#settings = address && cobrowseOf(address.settings.messenger);
		peer.send({
			type: "session",
			state: session.state,
			isThere: room.page !== undefined,
			isPaused: room.isPaused,
			control: room.isControlled,
			navigation: room.isNavigated,
			may: {
				control: this.#settings?.allowAgentControl === true,
				navigation: this.#settings?.allowAgentNavigation === true,
				draw: this.#settings?.allowDraw === true,
			},
		});
		room.page?.send({ type: "watch" });
		if (session.viewerToken) this.#unfollow = this.#deps.tokens.follow(session.viewerToken, () => this.#signedOut());
	}

	/** Whoever asked for it is signed in no more. A socket may take its time to close: it is none of the session's by then. */
	#signedOut(): void {
		this.#at.peer.close(closing.unknown, "not any more");
		this.gone().catch((error) => this.#deps.log.error({ err: error }, "a viewer that was signed out was not let go"));
	}

	async #obey(frame: ViewerFrame, room: Room): Promise<void> {
		if (frame.type === "end") return void (await this.#deps.sessions.end(this.#at.sessionId, "agent", "agent"));
		if (!room.page) return;
		if (frame.type === "again") return room.page.send({ type: "watch" });
		if (frame.type === "ask" && !this.#maybe(frame.what)) return this.#refused();
		if (frame.type === "release") return room.page.send(frame);
		if (room.isPaused) return;
		if (frame.type === "draw" && !this.#settings?.allowDraw) return this.#refused();
		if (acts.has(frame.type) && !room.isControlled) return this.#refused();
		if (frame.type === "navigate" && !room.isNavigated) return this.#refused();
		room.page.send(frame);
	}

	#maybe(what: "control" | "navigation"): boolean {
		const settings = this.#settings;
		return (what === "control" ? settings?.allowAgentControl : settings?.allowAgentNavigation) === true;
	}

	#refused(): void {
		this.#at.peer.send({ type: "refused", why: "notAllowed" });
	}
}
