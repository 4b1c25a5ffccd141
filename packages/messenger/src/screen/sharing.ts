import { canCapture, capture, factsOf } from "./capture.ts";
import { Leg } from "./leg.ts";
import { Link } from "./link.ts";
import type { EndByPage, ServerFrame, Standing } from "./protocol.ts";

export interface SharingPorts {
	/** How it stands by now, and whether the server is away; undefined: there is nothing to show any more. */
	shown(standing: Standing | undefined, isAway: boolean): void;
	/** The agent's picture, or a small one of what this page shows. */
	picture(stream: MediaStream | undefined): void;
}

/** One shared screen as a customer's page takes part in it. */
export class Sharing {
	readonly #ports: SharingPorts;
	readonly #link: Link;
	readonly #leg: Leg;
	#track: MediaStreamTrack | undefined;
	#standing: Standing | undefined;
	#isAway = false;

	constructor(place: { api: string; shareId: string; secret: string }, ports: SharingPorts) {
		this.#ports = ports;
		this.#leg = new Leg({
			send: (frame) => this.#link.send(frame),
			picture: (stream) => ports.picture(stream),
			lost: () => this.#link.send({ type: "connect" }),
		});
		this.#link = new Link(place.api, place.shareId, place.secret, {
			received: (frame) => this.#received(frame),
			away: () => this.#away(),
			over: () => this.#over(),
		});
	}

	/** The customer wants to show something: call it from a click. */
	async accept(): Promise<void> {
		this.#link.send({ type: "accept" });
		const track = await this.#choose();
		if (track) this.#link.send({ type: "connect" });
		else this.end("cancelled");
	}

	/** Something else is to be shown: call it from a click. What was shown stays where nothing is chosen. */
	async chooseAnother(): Promise<void> {
		const before = this.#track;
		const track = await this.#choose();
		if (!track) return;
		before?.stop();
		await this.#leg.replace(track);
		this.#link.send({ type: "facts", ...factsOf(track) });
	}

	pause(paused: boolean): void {
		if (this.#track) this.#track.enabled = !paused;
		this.#link.send({ type: "pause", paused });
	}

	end(why: EndByPage): void {
		this.#link.send({ type: "end", why });
		// A server that is away is told by the connection, which is closed.
		if (this.#isAway) this.#over();
		else this.#release();
	}

	async #choose(): Promise<MediaStreamTrack | undefined> {
		const track = await capture().catch(() => undefined);
		if (!track) return undefined;
		this.#track = track;
		track.onended = () => {
			if (track === this.#track) this.end("surface.ended");
		};
		this.#ports.picture(new MediaStream([track]));
		return track;
	}

	/** Nobody may see it any more, whatever was said last. */
	#away(): void {
		this.#isAway = true;
		this.#ports.shown(this.#standing, true);
	}

	#received(frame: ServerFrame): void {
		this.#isAway = false;
		if (frame.type === "state") this.#follow(frame);
		if (frame.type === "offer") {
			this.#leg.answer(frame.legId, frame.sdp, this.#track).catch(() => this.end("media.lost"));
			if (this.#track) this.#link.send({ type: "facts", ...factsOf(this.#track) });
		}
		if (frame.type === "candidates") void this.#leg.candidates(frame.legId, frame.candidates);
	}

	#follow(standing: Standing): void {
		const before = this.#standing;
		this.#standing = standing;
		const { state, shows } = standing;
		if (state === "requested" && shows === "customer" && !canCapture()) {
			this.end("unsupported");
			return;
		}
		const isSeen = shows === "agent" && (state === "sharing" || state === "paused");
		const wasSeen = before?.shows === "agent" && (before.state === "sharing" || before.state === "paused");
		if (isSeen && !wasSeen) this.#link.send({ type: "connect" });
		if (state === "ended") this.#release();
		this.#ports.shown(standing, false);
	}

	/** How it ended stands there until the customer closes it. */
	#over(): void {
		this.#release();
		this.#link.close();
		const standing = this.#standing;
		this.#ports.shown(standing && { ...standing, state: "ended" }, false);
	}

	#release(): void {
		const track = this.#track;
		this.#track = undefined;
		track?.stop();
		this.#leg.close();
		this.#ports.picture(undefined);
	}
}
