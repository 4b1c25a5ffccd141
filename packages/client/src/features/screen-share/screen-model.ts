import { signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { screenOf } from "./scene.ts";
import { ScreenLeg, type ScreenPage } from "./screen-leg.ts";

/** So long until the picture is asked for again, ms. */
const againMs = 2_000;
/** Large enough to read, and no more than the server carries (agent-features 13). Never sound. */
const wanted = { video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 15 } }, audio: false };

/** One shared screen in the window in which it is seen, or shown. */
export class ScreenModel {
	readonly stream = signal<MediaStream | undefined>(undefined);
	/** The browser did not let the agent show anything. */
	readonly isRefused = signal(false);
	/** The picture could not be had; it is tried again. */
	readonly isAway = signal(false);
	/** Of what is seen, pixels. */
	readonly size = signal<{ width: number; height: number } | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #callId: string;
	readonly #shareId: string;
	readonly #page: ScreenPage;
	readonly #path: string;
	#leg: ScreenLeg | undefined;
	#track: MediaStreamTrack | undefined;
	#again: (() => void) | undefined;
	#isOver = false;

	constructor(workspace: Workspace, call: Pick<LiveInteraction, "id">, shareId: string, page: ScreenPage) {
		this.#workspace = workspace;
		this.#callId = call.id;
		this.#shareId = shareId;
		this.#page = page;
		this.#path = screenPath(call.id, shareId);
	}

	/** Sees what the customer, or the agent of a colleague's screen, shows. Never rejects. */
	async see(): Promise<void> {
		this.#again?.();
		const leg = this.#newLeg();
		try {
			await leg.open();
			this.isAway.value = false;
		} catch {
			this.#later(leg);
		}
	}

	/** Shows a screen or window of the agent's: call it from a click in the window. Never rejects. */
	async choose(): Promise<void> {
		this.isRefused.value = false;
		const track = await this.#capture();
		if (this.#isOver) return track?.stop();
		if (!track) {
			this.isRefused.value = this.#track === undefined;
			return;
		}
		const before = this.#track;
		this.#track = track;
		this.stream.value = new this.#page.MediaStream([track]);
		track.onended = () => {
			if (track === this.#track) void this.end("surface.ended");
		};
		if (before && this.#leg) {
			before.stop();
			await this.#leg.replace(track);
		} else await this.#show(track);
		await this.#patch(factsOf(track));
	}

	async pause(isPaused: boolean): Promise<void> {
		if (this.#track) this.#track.enabled = !isPaused;
		await this.#patch({ state: isPaused ? "paused" : "sharing" });
	}

	/** What is over already stays so. Never rejects. */
	async end(end?: "surface.ended"): Promise<void> {
		const isLive = this.#isLive;
		this.#release();
		if (!isLive) return;
		await this.#workspace.session.api.patch(this.#path, { state: "ended", ...(end ? { end } : {}) }).catch(() => {});
	}

	dispose(): void {
		this.#isOver = true;
		this.#again?.();
		this.#release();
	}

	/** As far as the panel knows: who has ended it needs no telling. */
	get #isLive(): boolean {
		const call = this.#workspace.session.conversations.find(this.#callId);
		const scene = call && screenOf(call);
		return scene?.isLive === true && scene.share.context === this.#shareId;
	}

	async #show(track: MediaStreamTrack): Promise<void> {
		const leg = this.#newLeg();
		await this.#workspace.attempt("screen.show", () => leg.open(track));
	}

	#newLeg(): ScreenLeg {
		this.#leg?.close(true);
		const leg: ScreenLeg = new ScreenLeg(this.#workspace.session.api, `${this.#path}/legs`, this.#page, {
			picture: (stream) => {
				this.stream.value = stream;
			},
			interrupted: (isInterrupted) => {
				if (leg === this.#leg && !this.#track) this.isAway.value = isInterrupted;
			},
			lost: () => this.#later(leg),
		});
		this.#leg = leg;
		return leg;
	}

	/** One that shows has ended with its connection: the document says so. */
	#later(leg: ScreenLeg): void {
		if (this.#isOver || leg !== this.#leg || this.#track) return;
		this.isAway.value = true;
		this.#again = this.#workspace.session.clock.after(againMs, () => void this.see());
	}

	async #capture(): Promise<MediaStreamTrack | undefined> {
		try {
			const stream = await this.#page.navigator.mediaDevices.getDisplayMedia(wanted);
			const [track] = stream.getVideoTracks();
			if (track) track.contentHint = "detail";
			return track;
		} catch {
			return undefined;
		}
	}

	async #patch(change: object): Promise<void> {
		if (Object.keys(change).length === 0) return;
		await this.#workspace.attempt("screen.change", () => this.#workspace.session.api.patch(this.#path, change));
	}

	#release(): void {
		const track = this.#track;
		this.#track = undefined;
		track?.stop();
		this.#leg?.close(this.#isLive);
		this.#leg = undefined;
		this.stream.value = undefined;
	}
}

export function screenPath(conversationId: string, shareId: string): string {
	return `/inlay/conversations/${conversationId}/screenshares/${shareId}`;
}

function factsOf(track: MediaStreamTrack): object {
	const { displaySurface: surface, width, height } = track.getSettings();
	const size = width && height ? { width: Math.round(width), height: Math.round(height) } : {};
	return { ...(surface ? { surface } : {}), ...size };
}
