import { setTimeout as pause } from "node:timers/promises";

/** What became of writes that were sent while things were broken. */
export interface Tally {
	/** Answered with success: these must be there. */
	readonly acknowledged: Set<string>;
	/** Refused as not saved: these must not. */
	readonly refused: Set<string>;
	/** Answered that nobody knows. */
	readonly unknown: Set<string>;
	/** Answers that no client should get, and connections that were cut. */
	readonly odd: string[];
	/** The longest wait for an answer, in ms. */
	longestMs: number;
}

export interface Writers {
	readonly tally: Tally;
	/** Resolves when so many more have been acknowledged. */
	successes(count: number): Promise<void>;
	stop(): Promise<Tally>;
}

const path = "/api/v2/routing/wrapupcodes";

/** Writes without a pause, one wrap-up code after the other, and notes every answer. */
export function startWriters(baseUrl: string, token: string, count = 24): Writers {
	const tally: Tally = { acknowledged: new Set(), refused: new Set(), unknown: new Set(), odd: [], longestMs: 0 };
	const waiting = new Set<{ left: number; tell(): void }>();
	let isRunning = true;

	async function write(name: string): Promise<void> {
		const asked = performance.now();
		try {
			const answer = await fetch(baseUrl + path, {
				method: "POST",
				headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
				body: JSON.stringify({ name }),
				signal: AbortSignal.timeout(30_000),
			});
			const { code } = (await answer.json()) as { code?: string };
			note(name, answer, code);
		} catch (error) {
			tally.odd.push(`${error} ${(error as Error).cause ?? ""}`);
			await pause(100);
		}
		tally.longestMs = Math.max(tally.longestMs, performance.now() - asked);
	}

	function note(name: string, answer: Response, code: string | undefined): void {
		if (answer.ok) {
			tally.acknowledged.add(name);
			for (const one of waiting) if (--one.left === 0) one.tell();
		} else if (answer.status === 503 && code === "outcome.unknown") tally.unknown.add(name);
		else if (answer.status === 503 && answer.headers.has("retry-after")) tally.refused.add(name);
		else tally.odd.push(`${answer.status} ${code}`);
	}

	async function writer(index: number): Promise<void> {
		for (let turn = 0; isRunning; turn++) {
			const refusals = tally.refused.size;
			await write(`writer ${index} ${turn} ${Math.random()}`);
			// Refusals come at once: without a breath the writers would do nothing but ask.
			if (tally.refused.size > refusals) await pause(50);
		}
	}

	const work = Array.from({ length: count }, (_, index) => writer(index));
	return {
		tally,
		async successes(left) {
			const { promise, resolve: tell } = Promise.withResolvers<void>();
			const one = { left, tell };
			waiting.add(one);
			await promise;
			waiting.delete(one);
		},
		async stop() {
			isRunning = false;
			await Promise.all(work);
			return tally;
		},
	};
}

/** Names of all wrap-up codes. */
export async function storedNames(baseUrl: string, token: string): Promise<Set<string>> {
	const names = new Set<string>();
	for (let page = 1; ; page++) {
		const answer = await fetch(`${baseUrl}${path}?pageSize=500&pageNumber=${page}`, {
			headers: { authorization: `Bearer ${token}` },
		});
		const { entities, pageCount } = (await answer.json()) as { entities: { name: string }[]; pageCount: number };
		for (const { name } of entities) names.add(name);
		if (page >= pageCount) return names;
	}
}

/** What the tally says and the server denies; empty when everything is as it was answered. */
export function contradictions({ acknowledged, refused }: Tally, stored: Set<string>): string[] {
	const lost = [...acknowledged].filter((name) => !stored.has(name)).map((name) => `acknowledged and lost: ${name}`);
	const kept = [...refused].filter((name) => stored.has(name)).map((name) => `refused and saved: ${name}`);
	return [...lost, ...kept];
}
