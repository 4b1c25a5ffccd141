import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PeerConnection } from "node-datachannel";
import { afterEach, expect, it, vi } from "vitest";
import { wavChannels } from "../../test-support/goertzel.ts";
import { mediaEngineContract } from "../media-engine.contract.ts";
import type { LegMode, MediaEngine, MediaEvent } from "../media-engine.ts";
import { MediaProbes } from "../probes/media-probes.ts";
import { tryMedia } from "../probes/probe-peer.ts";
import type { MediaError } from "./media-error.ts";
import { createMediaProcess, type MediaProcessOptions } from "./media-process.ts";
import { networkAddresses } from "./own-addresses.ts";
import { wavDataBytes } from "./wav.ts";

mediaEngineContract("media process", () => createMediaProcess());

/** The machine may be busy with other tests. */
const PATIENCE = { timeout: 15_000 };
const MODE: LegMode = { muted: false, held: false, filler: "none", channel: "left" };
const cleanups: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startEngine(options: MediaProcessOptions = {}) {
	const engine = createMediaProcess(options);
	const events: MediaEvent[] = [];
	engine.onEvent((event) => events.push(event));
	await engine.start();
	cleanups.push(() => engine.stop());
	const seen = (type: MediaEvent["type"]) => vi.waitUntil(() => events.find((event) => event.type === type), PATIENCE);
	return { engine, events, seen };
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-media-"));
	cleanups.push(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

it("a peer on this machine finds out whether sound comes through, and leaves no leg behind", async () => {
	const { engine } = await startEngine({ bindAddress: "127.0.0.1" });
	expect(await tryMedia(new MediaProbes(engine))).toEqual({ works: true });
	const deaf = new MediaProbes({ ...bound(engine), answerScreenLeg: async () => ({ candidates: [nobodysPort] }) });
	expect(await tryMedia(deaf)).toMatchObject({ works: false, address: "127.0.0.1:9" });
	expect((await engine.stats()).screens).toEqual([]);
});

const nobodysPort = "candidate:1 1 UDP 1 127.0.0.1 9 typ host";

const bound = (engine: MediaEngine) => ({
	createScreenLeg: engine.createScreenLeg.bind(engine),
	closeLeg: engine.closeLeg.bind(engine),
});

it("comes back on the same ports after its process was killed, and says so", async () => {
	const { engine, seen } = await startEngine();
	const { pid } = engine;
	const stun = engine.stun();
	await engine.createWebRtcLeg("gone");
	process.kill(pid as number, "SIGKILL");
	await seen("restarted");
	expect(engine.pid).not.toBe(pid);
	expect(engine.stun()).toEqual(stun);
	expect((await engine.stats()).legs).toBe(0);
	await expect(engine.createWebRtcLeg("again")).resolves.toHaveProperty("sdp");
});

it("a media process that hung kept every call silent", async () => {
	const { engine, seen } = await startEngine();
	const { pid } = engine;
	await engine.createWebRtcLeg("gone");
	process.kill(pid as number, "SIGSTOP");
	const waiting = engine.createWebRtcLeg("asked meanwhile").catch((error: MediaError) => error.code);
	await seen("restarted");
	expect(engine.pid).not.toBe(pid);
	expect(isAlive(pid as number)).toBe(false);
	expect(await waiting).toBe("media.unavailable");
	await expect(engine.createWebRtcLeg("again")).resolves.toHaveProperty("sdp");
});

/** The media process that runs instead of another, as soon as the system has it. */
async function successorOf(pid: number): Promise<number> {
	const children = () =>
		readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
			.split(" ")
			.map(Number)
			.find(
				(child) => child > 0 && child !== pid && /media-child/.test(readFileSync(`/proc/${child}/cmdline`, "utf8")),
			);
	return (await vi.waitUntil(children, { ...PATIENCE, interval: 1 })) as number;
}

it.each([0, 150])(
	"a media process that hung while it started kept every call silent for 20 s (%d ms after its birth)",
	async (ms) => {
		const error = vi.fn();
		const { engine, seen } = await startEngine({ log: { warn: vi.fn(), error } });
		const first = engine.pid as number;
		process.kill(first, "SIGKILL");
		const successor = await successorOf(first);
		await new Promise((resolve) => setTimeout(resolve, ms));
		process.kill(successor, "SIGSTOP");
		const stoppedAt = performance.now();
		const waiting = engine.createWebRtcLeg("asked meanwhile").catch((failed: MediaError) => failed.code);
		await vi.waitUntil(() => !isAlive(successor), PATIENCE);
		const noticedMs = performance.now() - stoppedAt;
		await seen("restarted");
		expect(noticedMs).toBeLessThan(10_000);
		const answer = await waiting;
		// After 150 ms a quick machine has it up: what a process that ran had been asked is refused.
		if (ms === 0 || answer !== "media.unavailable") {
			expect(answer, "who asked meanwhile has waited").toHaveProperty("sdp");
		}
		await expect(engine.createWebRtcLeg("again")).resolves.toHaveProperty("sdp");
		expect(engine.silentForMs()).toBe(0);
		expect(error).toHaveBeenCalledWith(expect.objectContaining({ pid: successor }), expect.stringContaining("hangs"));
	},
);

it("the media process's end was a line without time, number and signal", async () => {
	const [warn, error] = [vi.fn(), vi.fn()];
	const { engine, seen } = await startEngine({ log: { warn, error } });
	const { pid } = engine;
	process.kill(pid as number, "SIGKILL");
	await vi.waitUntil(() => engine.silentForMs() > 0);
	await seen("restarted");
	const end = { part: "media", pid, exitCode: null, signal: "SIGKILL" };
	expect(error).toHaveBeenCalledWith(end, expect.any(String));
	expect(warn).toHaveBeenCalledWith(expect.objectContaining({ pid: engine.pid }), "there is sound again");
});

/** A second of it is on the disk. */
async function written(file: string): Promise<void> {
	await vi.waitUntil(async () => ((await stat(file).catch(() => undefined))?.size ?? 0) > 44, PATIENCE);
}

it("leaves a playable recording behind when it is killed, and reports it", async () => {
	const { engine, seen } = await startEngine();
	const file = join(await newFolder(), "killed.wav");
	engine.createScriptedLeg("far", [{ kind: "answer" }, { kind: "tone", hz: 500, ms: 60_000 }]);
	engine.setLeg("bridge", "far", MODE);
	engine.startRecording("bridge", "killed", file);
	await written(file);
	process.kill(engine.pid as number, "SIGKILL");
	const finished = await seen("recording-finished");
	expect(finished).toMatchObject({ recordingId: "killed", bridgeId: "bridge", file });
	const wav = await readFile(file);
	expect(wav.length - 44).toBe(wavDataBytes(wav));
	expect(Math.max(...wavChannels(wav).left)).toBeGreaterThan(5000);
});

it("writes silence while a recording is paused, and keeps files to their owner", async () => {
	const { engine, seen } = await startEngine();
	const file = join(await newFolder(), "paused.wav");
	engine.createScriptedLeg("far", [{ kind: "answer" }, { kind: "tone", hz: 500, ms: 60_000 }]);
	engine.setLeg("bridge", "far", MODE);
	// One that began and was paused by a second command had sound in its first frames, on a busy machine.
	engine.startRecording("bridge", "paused", file, true, "pause");
	expect(await seen("recording-marked")).toMatchObject({ mark: "pause", offsetMs: 0 });
	await written(file);
	engine.stopRecording("paused");
	await seen("recording-finished");
	const { left, right } = wavChannels(await readFile(file));
	expect(left.length).toBeGreaterThanOrEqual(8000);
	expect([Math.max(...left), Math.max(...right)]).toEqual([0, 0]);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("reports a recording that cannot be written, and never overwrites one", async () => {
	const { engine, seen } = await startEngine();
	const folder = await newFolder();
	engine.startRecording("bridge", "impossible", "/proc/nowhere/x.wav");
	expect(await seen("recording-failed")).toMatchObject({ recordingId: "impossible", bridgeId: "bridge" });
	const file = join(folder, "first.wav");
	engine.startRecording("bridge", "first", file);
	engine.stopRecording("first");
	await seen("recording-finished");
	const before = await readFile(file);
	const failure = new Promise<MediaEvent>((resolve) =>
		engine.onEvent((event) => event.type === "recording-failed" && resolve(event)),
	);
	engine.startRecording("bridge", "second", file);
	expect(await failure).toMatchObject({ recordingId: "second", reason: expect.stringContaining("EEXIST") });
	expect(await readFile(file)).toEqual(before);
});

it("a full disk ended more than the recording that it could not take", async (context) => {
	const folder = await newFolder();
	const options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder];
	const { status } = spawnSync("mount", options, { stdio: "ignore" });
	context.skip(status !== 0, "only root may mount a small disk");
	cleanups.push(async () => spawnSync("umount", ["-l", folder]));
	const { engine, seen } = await startEngine();
	const { pid } = engine;
	engine.createScriptedLeg("far", [{ kind: "answer" }, { kind: "tone", hz: 500, ms: 60_000 }]);
	engine.setLeg("bridge", "far", MODE);
	const file = join(folder, "long.wav");
	engine.startRecording("bridge", "long", file);
	expect(await seen("recording-failed")).toMatchObject({ reason: expect.stringContaining("ENOSPC") });
	expect(wavDataBytes(await readFile(file)), "what it took can be played").toBeGreaterThanOrEqual(32_000);
	expect((await engine.stats()).legs).toBe(1);
	expect(engine.pid).toBe(pid);
});

/** What a browser answers to an offer, without its checks. */
async function answerTo(offer: string): Promise<string> {
	const client = new PeerConnection("client", { iceServers: [], bindAddress: "127.0.0.1" });
	cleanups.push(async () => client.close());
	const answer = new Promise<string>((resolve) => client.onLocalDescription(resolve));
	client.setRemoteDescription(offer, "offer");
	return answer;
}

it("one answered call in twenty was lost on a busy machine: its checks came before the answer had been taken in", async () => {
	const { engine, events, seen } = await startEngine({ announce: ["192.0.2.7", "127.0.0.1"] });
	const { sdp } = await engine.createWebRtcLeg("leg");
	const answer = await answerTo(sdp);
	expect(sdp, "a client could check before its answer is here").not.toMatch(/a=candidate|192\.0\.2\.7/);
	await engine.stats();
	expect(events.filter(({ type }) => type === "candidate")).toEqual([]);
	engine.acceptAnswer("leg", answer);
	await seen("candidate");
});

it("announces the configured addresses, best first", async () => {
	const { engine, events } = await startEngine({ announce: ["192.0.2.7", "127.0.0.1"] });
	const { sdp } = await engine.createWebRtcLeg("leg");
	engine.acceptAnswer("leg", await answerTo(sdp));
	await vi.waitUntil(() => events.filter((event) => event.type === "candidate").length === 2, PATIENCE);
	const lines = events.map((event) => (event.type === "candidate" ? event.candidate : ""));
	expect(lines[0]).toContain(" 192.0.2.7 ");
	expect(lines[1]).toContain(" 127.0.0.1 ");
	expect(engine.stun().host).toBe("192.0.2.7");
});

it("Firefox was told 127.0.0.1 alone: by default every address of the machine is named, loopback first", async () => {
	const { engine, events, seen } = await startEngine({ announce: "own" });
	const { sdp } = await engine.createWebRtcLeg("leg");
	engine.acceptAnswer("leg", await answerTo(sdp));
	await seen("candidate");
	const isTold = (address: string) =>
		events.some((event) => event.type === "candidate" && event.candidate.includes(` ${address} `));
	expect(isTold("127.0.0.1")).toBe(true);
	await vi.waitUntil(() => networkAddresses().slice(0, 8).every(isTold), PATIENCE);
	expect(engine.stun().host).toBe("127.0.0.1");
});

it("a caller's candidates made the server send to addresses that were none of theirs", async () => {
	const silent = createSocket("udp4").bind(0, "127.0.0.1");
	await once(silent, "listening");
	cleanups.push(async () => silent.close());
	const received: Buffer[] = [];
	silent.on("message", (message) => received.push(message));
	const victim = `candidate:1 1 UDP 2130706431 127.0.0.1 ${silent.address().port} typ host`;

	const { engine, seen } = await startEngine();
	const { sdp } = await engine.createWebRtcLeg("caller");
	const caller = new PeerConnection("caller", { iceServers: [], bindAddress: "127.0.0.1" });
	cleanups.push(async () => caller.close());
	caller.onLocalDescription((answer) => {
		engine.acceptAnswer("caller", answer.replace("a=ice-ufrag", `a=${victim}\r\na=ice-ufrag`));
	});
	engine.onEvent((event) => {
		if (event.type === "candidate") caller.addRemoteCandidate(event.candidate, event.mid);
	});
	// Held: a track that nobody holds is collected, and is heard no more.
	const tracks: unknown[] = [];
	const heard = new Promise<void>((resolve) =>
		caller.onTrack((track) => {
			tracks.push(track);
			track.onMessage(() => resolve());
		}),
	);
	caller.setRemoteDescription(sdp, "offer");
	await seen("leg-connected");
	// Sound flows by the checks alone; by now the others would long have been asked too.
	engine.setLeg("bridge", "caller", MODE);
	await heard;
	expect([received, tracks.length]).toEqual([[], 1]);
});

it("says which port is taken when it cannot start", async () => {
	const taken = createSocket("udp4").bind(0, "127.0.0.1");
	await once(taken, "listening");
	cleanups.push(async () => taken.close());
	const { port } = taken.address();
	const engine = createMediaProcess({ udpPort: port });
	await expect(engine.start()).rejects.toMatchObject({
		code: "media.start-failed",
		message: expect.stringContaining(String(port)),
	});
});

it("ends by itself, with its recordings complete, when its parent dies", async () => {
	const file = join(await newFolder(), "orphan.wav");
	const module = new URL("./media-process.ts", import.meta.url).href;
	const script = `
		const { createMediaProcess } = await import(${JSON.stringify(module)});
		const engine = createMediaProcess();
		await engine.start();
		engine.startRecording("bridge", "orphan", ${JSON.stringify(file)});
		await engine.stats();
		console.log(engine.pid);
		setInterval(() => {}, 1000);
	`;
	const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [pid] = (await once(parent.stdout, "data")) as [Buffer];
	parent.kill("SIGKILL");
	await vi.waitUntil(() => !isAlive(Number(pid)), PATIENCE);
	const wav = await readFile(file);
	expect(wavDataBytes(wav)).toBe(wav.length - 44);
});

it("answers STUN on its port", async () => {
	const { engine } = await startEngine();
	const client = createSocket("udp4").bind(0, "127.0.0.1");
	await once(client, "listening");
	cleanups.push(async () => client.close());
	const request = Buffer.from("000100002112a442000102030405060708090a0b", "hex");
	client.send(request, engine.stun().port, engine.stun().host);
	const [answer] = (await once(client, "message")) as [Buffer];
	expect(answer.readUInt16BE(0)).toBe(0x0101);
	expect(answer.readUInt16BE(26) ^ 0x2112).toBe(client.address().port);
});
