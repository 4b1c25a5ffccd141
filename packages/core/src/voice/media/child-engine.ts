/** What the media process does with the server's messages; media-child.ts loads it. */

import type { Socket } from "node:dgram";
import { initLogger } from "node-datachannel";
import type { MediaEvent } from "../media-engine.ts";
import { type AnnouncedAddresses, announcedAddresses } from "./announced-addresses.ts";
import type { ChildOptions, FromChild, ToChild } from "./child-protocol.ts";
import { Engine } from "./engine.ts";
import { holdMusicLoop } from "./hold-music.ts";
import { RtpPorts } from "./rtp-ports.ts";
import { startStunResponder } from "./stun-responder.ts";
import { holdUdpPort } from "./udp-port.ts";

interface Running {
	engine: Engine;
	stun: Socket;
	addresses: AnnouncedAddresses;
	releasePort: () => void;
}

let running: Running | undefined;
/** Pieces of sound that the server has not taken yet: for one that is busy no more than these wait, 4 MB. */
const mostPieces = 400;
let piecesOnTheirWay = 0;

/** Pings are answered before this (media-child.ts). */
export async function receive(message: ToChild): Promise<void> {
	switch (message.kind) {
		case "start":
			return start(message.options);
		case "stop":
			return stop();
		case "command":
			return perform(message.name, message.args);
		case "create-leg":
			return answer(message.request, async (engine) => {
				const { sdp } = await engine.createWebRtcLeg(message.legId);
				return { kind: "leg-created", request: message.request, sdp };
			});
		case "open-rtp-leg": {
			const { request, legId, peer } = message;
			return answer(request, async (engine) => {
				const { sdp } = await engine.openRtpLeg(legId, peer);
				return { kind: "leg-created", request, sdp };
			});
		}
		case "create-screen-leg": {
			const { request, legId, screenId, shows } = message;
			return answer(request, async (engine) => {
				const { sdp } = await engine.createScreenLeg(legId, screenId, shows);
				return { kind: "leg-created", request, sdp };
			});
		}
		case "answer-screen-leg": {
			const { request, legId, sdp } = message;
			return answer(request, async (engine) => {
				return { kind: "leg-answered", request, candidates: engine.answerScreenLeg(legId, sdp) };
			});
		}
		case "stats":
			return answer(message.request, async (engine) => {
				return { kind: "stats", request: message.request, stats: engine.stats() };
			});
	}
}

async function start(options: ChildOptions): Promise<void> {
	try {
		initLogger("Fatal", (_level, text) => process.stderr.write(`media transport: ${text}\n`));
		const held = await holdUdpPort(options.bindAddress, options.udpPort);
		const stun = await startStunResponder(options.bindAddress ?? "0.0.0.0", options.stunPort);
		holdMusicLoop();
		const { bindAddress } = options;
		const told = options.announced === "own" ? undefined : options.announced[0];
		const rtp = { ports: new RtpPorts(bindAddress, options.rtpPorts), announced: told };
		const addresses = announcedAddresses(options, held.port);
		const transport = async () => ({ bindAddress, port: held.port, announced: await addresses.get() });
		const engine = new Engine(transport, rtp, (event) =>
			event.type === "sound" ? sendSound(event) : send({ kind: "event", event }),
		);
		engine.start();
		running = { engine, stun, addresses, releasePort: held.release };
		send({ kind: "ready", udpPort: held.port, stunPort: stun.address().port });
	} catch (error) {
		send({ kind: "start-failed", message: describe(error) });
	}
}

/** Commands cannot fail towards the caller; one that does is a fault of ours and is reported, not fatal to other calls. */
function perform(name: Extract<ToChild, { kind: "command" }>["name"], args: unknown[]): void {
	if (!running) return;
	try {
		const command = running.engine[name] as (...args: unknown[]) => void;
		command.apply(running.engine, args);
	} catch (error) {
		process.stderr.write(`media command ${name} failed: ${describe(error)}\n`);
	}
}

async function answer(request: number, make: (engine: Engine) => Promise<FromChild>): Promise<void> {
	if (!running) return send({ kind: "refused", request, message: "the media process has not started" });
	try {
		send(await make(running.engine));
	} catch (error) {
		send({ kind: "refused", request, message: describe(error) });
	}
}

/** Completes the recordings and ends the process. */
export async function stop(): Promise<void> {
	const stopping = running;
	running = undefined;
	try {
		await stopping?.engine.stop();
		stopping?.stun.close();
		stopping?.addresses.close();
		stopping?.releasePort();
	} finally {
		await flushed();
		process.exit(0);
	}
}

/** Lets the last events leave before the process does. */
function flushed(): Promise<void> {
	return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

function send(message: FromChild): void {
	// Without a parent there is nobody to tell; `disconnect` is ending this process.
	if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

/** What is read can do without a piece; the sound of calls cannot wait for a server that takes none. */
function sendSound(event: Extract<MediaEvent, { type: "sound" }>): void {
	if (!process.connected || piecesOnTheirWay >= mostPieces) return;
	piecesOnTheirWay++;
	const message: FromChild = { kind: "event", event };
	process.send?.(message, undefined, undefined, () => piecesOnTheirWay--);
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
