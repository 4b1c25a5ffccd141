/**
 * How many two-party recorded calls one core carries: the media engine with 20 to 80 calls of two WebRTC legs each,
 * driven by a load generator on the same machine. CPU is the media process's own time, in percent of one core. Then as many
 * conferences of three as there were calls of two: what a third party costs.
 */

import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createMediaProcess } from "@inlay/core/media";
import type { Progress } from "./benches.ts";
import type { FromLoad, ToLoad } from "./media-load.ts";
import type { Row } from "./support/row.ts";

type MediaEngine = ReturnType<typeof createMediaProcess>;
type MediaStats = Awaited<ReturnType<MediaEngine["stats"]>>;

const STEPS = [20, 40, 60, 80];
const SETTLE_MS = 2_000;
const WINDOW_MS = 6_000;
const FRAMES_PER_SECOND = 50;
/** Calls of two against conferences of three, recorded as well. */
const COMPARED = 40;
const BUDGET_CONFERENCE = 1.5;
const BUDGET_CALLS = 60;
const BUDGET_CPU = 60;
/** More than this share of lost frames is not clean audio any more. */
const CLEAN_LOST_PERCENT = 1;

type Channel = "left" | "right";
const two: readonly Channel[] = ["left", "right"];
const three: readonly Channel[] = ["left", "right", "right"];

interface StepResult {
	calls: number;
	cpuPercent: number;
	concealedPercent: number;
	undeliveredPercent: number;
	latenessP99Ms: number;
}

/** Measures all steps; takes about 45 seconds. */
export async function benchMedia(progress: Progress): Promise<Row[]> {
	const results = await withLoad((engine, load, folder) =>
		inTurn(STEPS, async (calls) => {
			progress(`${calls} calls`);
			return measure(engine, load, calls, folder);
		}),
	);
	progress(`${COMPARED} conferences`);
	const conferences = await withLoad((engine, load, folder) => measure(engine, load, COMPARED, folder, three));
	return [summary(results), ...results.flatMap(lines), conferenceRow(results, conferences)];
}

async function inTurn<In, Out>(all: readonly In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
	const done: Out[] = [];
	for (const one of all) done.push(await work(one));
	return done;
}

/** A media process of its own, with its clients. */
async function withLoad<Result>(
	work: (engine: MediaEngine, load: Load, folder: string) => Promise<Result>,
): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-bench-"));
	const engine = createMediaProcess();
	await engine.start();
	const load = new Load(engine);
	try {
		return await work(engine, load, folder);
	} finally {
		load.stop();
		await engine.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** The generator's process, and the signalling between its clients and the engine. */
class Load {
	readonly #child: ChildProcess;
	readonly #engine: MediaEngine;
	readonly #connected = new Map<string, PromiseWithResolvers<string>>();
	#onCounted: (message: Extract<FromLoad, { kind: "counted" }>) => void = () => {};
	#lost: Error | undefined;
	calls = 0;

	constructor(engine: MediaEngine) {
		this.#engine = engine;
		this.#child = fork(fileURLToPath(new URL("./media-load.ts", import.meta.url)), [], { execArgv: [] });
		this.#child.on("message", (message) => this.#receive(message as FromLoad));
		engine.onEvent((event) => {
			if (event.type === "candidate") this.#send({ ...event, kind: "candidate" });
			if (event.type === "leg-connected") this.#connected.get(event.legId)?.resolve(event.legId);
			if (event.type === "leg-lost") {
				this.#lost = new Error(`bench: leg ${event.legId} was lost: ${event.reason}`);
				this.#connected.get(event.legId)?.reject(this.#lost);
			}
		});
	}

	/** Adds one recorded call with a leg for each of these channels. */
	async addCall(folder: string, channels: readonly Channel[]): Promise<void> {
		const call = `call-${this.calls++}`;
		for (const [at, channel] of channels.entries()) {
			const legId = `${call}-${at}`;
			this.#engine.setLeg(call, await this.#connect(legId), { muted: false, held: false, filler: "music", channel });
		}
		this.#engine.startRecording(call, call, join(folder, `${call}.wav`));
	}

	/** @throws when a leg was lost so far: what is measured then is not what it says */
	count(): Promise<Extract<FromLoad, { kind: "counted" }>> {
		if (this.#lost) throw this.#lost;
		return new Promise((resolve) => {
			this.#onCounted = resolve;
			this.#send({ kind: "count" });
		});
	}

	stop(): void {
		this.#child.kill();
	}

	async #connect(legId: string): Promise<string> {
		const connected = Promise.withResolvers<string>();
		this.#connected.set(legId, connected);
		const { sdp } = await this.#engine.createWebRtcLeg(legId);
		this.#send({ kind: "offer", legId, sdp });
		return connected.promise;
	}

	#receive(message: FromLoad): void {
		if (message.kind === "answer") this.#engine.acceptAnswer(message.legId, message.sdp);
		else this.#onCounted(message);
	}

	#send(message: ToLoad): void {
		this.#child.send(message);
	}
}

async function measure(
	engine: MediaEngine,
	load: Load,
	calls: number,
	folder: string,
	channels = two,
): Promise<StepResult> {
	while (load.calls < calls) await load.addCall(folder, channels);
	await pause(SETTLE_MS);
	const [before, countedBefore] = await Promise.all([engine.stats(), load.count()]);
	const startedAt = performance.now();
	await pause(WINDOW_MS);
	const [after, countedAfter] = await Promise.all([engine.stats(), load.count()]);
	const expected = ((performance.now() - startedAt) / 1000) * FRAMES_PER_SECOND * calls * channels.length;
	const received = countedAfter.packetsReceived - countedBefore.packetsReceived;
	return {
		calls,
		cpuPercent: after.cpuPercent,
		concealedPercent: concealedPercent(before, after),
		undeliveredPercent: Math.max(0, 100 * (1 - received / expected)),
		latenessP99Ms: after.latenessP99Ms,
	};
}

function concealedPercent(before: MediaStats, after: MediaStats): number {
	const played = sumOf(after, "framesPlayed") - sumOf(before, "framesPlayed");
	const concealed = sumOf(after, "framesConcealed") - sumOf(before, "framesConcealed");
	return (100 * concealed) / Math.max(1, played + concealed);
}

function sumOf(stats: MediaStats, counter: "framesPlayed" | "framesConcealed"): number {
	return stats.perLeg.reduce((sum, leg) => sum + leg[counter], 0);
}

function summary(results: StepResult[]): Row {
	const clean = results.filter(
		(result) => result.cpuPercent <= BUDGET_CPU && result.concealedPercent <= CLEAN_LOST_PERCENT,
	);
	return {
		what: `two-party recorded calls within ${BUDGET_CPU} % of a core, largest step`,
		measured: Math.max(0, ...clean.map((result) => result.calls)),
		unit: "calls",
		budget: { atLeast: BUDGET_CALLS },
	};
}

function lines(result: StepResult): Row[] {
	const what = (detail: string) => `media, ${result.calls} calls: ${detail}`;
	const held = result.calls === BUDGET_CALLS;
	return [
		{
			what: what("CPU of the media process"),
			measured: result.cpuPercent,
			unit: "% of a core",
			...(held ? { budget: { atMost: BUDGET_CPU } } : {}),
		},
		{ what: what("frames lost or concealed, from clients"), measured: result.concealedPercent, unit: "%" },
		{ what: what("frames lost, to clients"), measured: result.undeliveredPercent, unit: "%" },
		{ what: what("mixer lateness p99"), measured: result.latenessP99Ms, unit: "ms" },
	];
}

function conferenceRow(results: readonly StepResult[], conferences: StepResult): Row {
	const calls = results.find((one) => one.calls === COMPARED)?.cpuPercent ?? Number.NaN;
	return {
		what: `media, ${COMPARED} conferences of three against as many calls of two: CPU`,
		measured: conferences.cpuPercent / calls,
		unit: "times",
		budget: { atMost: BUDGET_CONFERENCE },
	};
}
