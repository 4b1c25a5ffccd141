import type { TroubleKind } from "@inlay/contract/home";
import { type KnownIds, type Outdated, outdatedBy } from "../deployments/troubles.ts";
import type { Trx } from "../kernel/database/database.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import { type AgentTrouble, joined, troubleOf } from "./trouble-model.ts";
import { troubleStore as store } from "./trouble-store.ts";

/** Days that a cause is kept after it was met last. */
const keptDays = 30;
const dayMs = 24 * 3_600_000;
/** Causes in all: whoever makes some up in browsers takes the room of those that are oldest, and fills no disk. */
const mostKept = 500;
/** What comes within it is written together, ms. */
const gatherMs = 300;
/** Causes that wait to be written while the database is away. */
const mostWaiting = 200;
/** Between two tries to write while the database is away, ms: each waits twice as long as the one before, up to this. */
const longestPauseMs = 10_000;
const pruneJob = "diagnostics.troubles.prune";

/**
 * What agents meet, grouped by its cause: it hears the lines for operators and keeps of each cause how often and when, whom
 * last, and the last words. It outlives a restart; what was met in the last moment before a kill stands in the log alone.
 */
export class AgentTroubles {
	readonly #kernel: Pick<Kernel, "database" | "clock" | "log" | "jobs">;
	readonly #waiting = new Map<string, AgentTrouble>();
	/** Deployments with another script, of which the old one's failures are to be forgotten. */
	readonly #changed = new Map<string, Outdated>();
	readonly #known: KnownIds;
	readonly #told: () => void;
	#timer: NodeJS.Timeout | undefined;
	#pauseMs = gatherMs;
	#writing: Promise<void> = Promise.resolve();
	#isRunning = false;

	/**
	 * @param known the deployments that there are: of made-up ones nothing is kept
	 * @param told is called when there is something new to read
	 */
	constructor(
		kernel: Pick<Kernel, "database" | "clock" | "log" | "jobs" | "operators" | "feed">,
		known: KnownIds,
		told: () => void = () => {},
	) {
		this.#kernel = kernel;
		this.#known = known;
		this.#told = told;
		kernel.operators.listen((line) => {
			this.#hear(troubleOf(line, kernel.clock.now()));
			// What some groups have first changes nothing of what the others meet.
			if (line.event === "deployment.script.changed") this.#beginAnew(String(line.deploymentId), outdatedBy(line));
		});
		// Refused sign-ins stand in the event log, as audit reads them.
		kernel.feed.subscribe(({ type, data, at }) => {
			if (type === "signIn.refused") this.#hear(troubleOf({ event: "sign-in.refused", ...(data as object) }, at));
		});
		kernel.jobs.handle(pruneJob, async (trx) => {
			await store.forget(trx, this.#since(), mostKept);
			await this.#schedulePrune(trx);
		});
	}

	async start(): Promise<void> {
		this.#isRunning = true;
		await this.#kernel.database.change((trx) => this.#schedulePrune(trx));
		this.#writeSoon();
	}

	/** Writes what it has heard. */
	async stop(): Promise<void> {
		this.#isRunning = false;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		await this.#writing;
		await this.#write();
	}

	/** Of these kinds, the newest first. */
	recent(kinds: readonly TroubleKind[], limit: number): Promise<AgentTrouble[]> {
		return store.recent(this.#kernel.database.db, kinds, this.#since(), limit);
	}

	#hear(trouble: AgentTrouble | undefined): void {
		if (!trouble) return;
		const before = this.#waiting.get(trouble.cause);
		if (!before && this.#waiting.size >= mostWaiting) return;
		this.#waiting.set(trouble.cause, before ? joined(before, trouble) : trouble);
		this.#writeSoon();
	}

	/** What an earlier script did is not said of the one that may have mended it. */
	#beginAnew(deploymentId: string, isOutdated: Outdated): void {
		for (const [cause, { kind, deploymentId: of, scriptVersion }] of this.#waiting) {
			if (kind === "script" && of === deploymentId && isOutdated(scriptVersion)) this.#waiting.delete(cause);
		}
		const before = this.#changed.get(deploymentId);
		this.#changed.set(deploymentId, (version) => isOutdated(version) || before?.(version) === true);
		this.#writeSoon();
	}

	#writeSoon(): void {
		if (!this.#isRunning || this.#timer || this.#waiting.size + this.#changed.size === 0) return;
		this.#timer = setTimeout(() => {
			this.#writing = this.#write().finally(() => {
				this.#timer = undefined;
				this.#writeSoon();
			});
		}, this.#pauseMs);
		this.#timer.unref();
	}

	/** What could not be written waits for the next time. */
	async #write(): Promise<void> {
		const [troubles, changed] = [[...this.#waiting.values()], new Map(this.#changed)];
		if (troubles.length + changed.size === 0) return;
		this.#waiting.clear();
		this.#changed.clear();
		try {
			const known = await this.#known.get();
			const real = troubles.filter(({ deploymentId }) => deploymentId === undefined || known.has(deploymentId));
			await this.#kernel.database.change(async (trx) => {
				await store.forgetScripts(trx, changed);
				await store.add(trx, real);
				await store.forget(trx, this.#since(), mostKept);
			});
			this.#pauseMs = gatherMs;
			this.#told();
		} catch (error) {
			if (!isAway(error)) return this.#kernel.log.error({ err: error }, "what agents meet could not be kept");
			this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
			this.#waitAgain(troubles, changed);
		}
	}

	#waitAgain(troubles: readonly AgentTrouble[], changed: ReadonlyMap<string, Outdated>): void {
		for (const [id, isOutdated] of changed) {
			const since = this.#changed.get(id);
			this.#changed.set(id, (version) => isOutdated(version) || since?.(version) === true);
		}
		for (const one of troubles) {
			const newer = this.#waiting.get(one.cause);
			if (!newer && this.#waiting.size >= mostWaiting) continue;
			this.#waiting.set(one.cause, newer ? joined(one, newer) : one);
		}
	}

	#since(): Date {
		return new Date(this.#kernel.clock.now().getTime() - keptDays * dayMs);
	}

	#schedulePrune(trx: Trx): Promise<void> {
		const runAt = new Date(this.#kernel.clock.now().getTime() + dayMs / 24);
		return this.#kernel.jobs.schedule(trx, { kind: pruneJob, key: "all", runAt });
	}
}
