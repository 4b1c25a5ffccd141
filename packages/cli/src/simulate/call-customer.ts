/** A customer who calls: waits, is answered, talks and hangs up, or does so before. */
import { CallLine } from "./line.ts";
import type { CallStep, HangUpState } from "./scenario.ts";
import { seconds } from "./watch.ts";
import type { Outcome, Say, World } from "./world.ts";

interface Placed {
	secret: string;
	socketPath: string;
}

/** Resolves when the call is over. Never rejects. */
export async function playCall(world: World, step: CallStep, say: Say): Promise<Outcome> {
	const began = world.now();
	const placed = await placeCall(world, step).catch((error: unknown) => ({ text: textOf(error), isFailure: true }));
	if ("secret" in placed) return new Caller(world, step, began, say).play(placed);
	const result = "isFailure" in placed ? "failed" : "refused";
	return { kind: step.kind, result, text: placed.text, isExpected: result === "refused" && step.expectsRefusal };
}

async function placeCall(world: World, { to, name, phone, attributes }: CallStep): Promise<Placed | { text: string }> {
	const answer = await fetch(new URL("/api/inlay/v1/webcalls", world.api), {
		method: "POST",
		headers: { "content-type": "application/json", origin: world.origin },
		body: JSON.stringify({
			to: to ?? world.service,
			name: name ?? world.caller.name,
			phone: phone ?? world.caller.phone,
			...(attributes ? { attributes } : {}),
		}),
		// Not ended in between: a call that has been placed is hung up, one whose secret nobody hears could not be.
	});
	const body = (await answer.json().catch(() => ({}))) as Partial<Placed> & { message?: string };
	const { secret, socketPath, message } = body;
	if (answer.ok && secret && socketPath) return { secret, socketPath };
	if (answer.status >= 500) throw new Error(message ?? `The server answered with ${answer.status}.`);
	return { text: message ?? `The server answered with ${answer.status}.` };
}

/** From the first state of the call to its end. */
class Caller {
	readonly #world: World;
	readonly #step: CallStep;
	readonly #began: number;
	readonly #say: Say;
	readonly #over = Promise.withResolvers<void>();
	readonly #timers = new Set<NodeJS.Timeout>();
	#line: CallLine | undefined;
	#answeredMs: number | undefined;
	readonly #seen = new Set<string>();
	#lastState = "";
	#hasAskedBack = false;
	#closeCode = 1000;

	constructor(world: World, step: CallStep, began: number, say: Say) {
		this.#world = world;
		this.#step = step;
		this.#began = began;
		this.#say = say;
	}

	async play({ secret, socketPath }: Placed): Promise<Outcome> {
		const url = `${this.#world.api.replace(/^http/, "ws")}${socketPath}`;
		this.#line = new CallLine({
			url,
			secret,
			hz: this.#step.hz,
			stateChanged: (state) => this.#came(state),
			closed: (code) => {
				this.#closeCode = code;
				this.#over.resolve();
			},
		});
		const hangUp = () => this.#line?.hangUp();
		this.#world.ended.addEventListener("abort", hangUp);
		if (this.#world.ended.aborted) hangUp();
		this.#after(this.#step.patienceMs, () => this.#answeredMs === undefined && this.#hangUp("loses patience"));
		await this.#over.promise;
		this.#world.ended.removeEventListener("abort", hangUp);
		for (const timer of this.#timers) clearTimeout(timer);
		return this.#outcome();
	}

	/** Each state is acted on when it comes for the first time. */
	#came(state: string): void {
		this.#tell(state);
		if (this.#seen.has(state)) return;
		this.#seen.add(state);
		const { hangUp, talkMs, kind } = this.#step;
		if (state === "ended") this.#line?.hangUp();
		if (state === "connected") {
			this.#answeredMs = this.#world.now() - this.#began;
			if (hangUp?.when !== "held") this.#after(talkMs, () => this.#hangUp("has talked, hangs up"));
		}
		if (hangUp?.when === (state as HangUpState)) this.#after(hangUp.afterMs, () => this.#hangUp("hangs up"));
		if (kind === "callback" && state === "waiting") {
			this.#hasAskedBack = true;
			this.#say("asks to be called back");
			this.#line?.callBack(this.#step.phone ?? this.#world.caller.phone);
		}
	}

	#tell(state: string): void {
		const { patienceMs, talkMs } = this.#step;
		const texts: Partial<Record<string, string>> = {
			connecting: "calls",
			waiting: `waits for somebody On Queue, for ${seconds(patienceMs)} at most`,
			ringing: "rings",
			connected: this.#seen.has("connected") ? "is back from hold" : `is answered, talks for ${seconds(talkMs)}`,
			held: "is on hold",
		};
		const text = state === this.#lastState ? undefined : texts[state];
		this.#lastState = state;
		if (text !== undefined) this.#say(text);
	}

	#hangUp(how: string): void {
		this.#say(how);
		this.#line?.hangUp();
	}

	#after(ms: number, task: () => void): void {
		this.#timers.add(setTimeout(task, ms));
	}

	#outcome(): Outcome {
		const waitedMs = this.#answeredMs ?? this.#world.now() - this.#began;
		const { kind, expectsRefusal } = this.#step;
		if (![1000, 1005].includes(this.#closeCode))
			return { kind, result: "failed", text: `The line was closed (${this.#closeCode}).`, isExpected: false };
		if (this.#hasAskedBack && this.#answeredMs === undefined)
			return { kind, result: "callback", waitedMs, isExpected: !expectsRefusal };
		if (this.#answeredMs === undefined) return { kind, result: "abandoned", waitedMs, isExpected: !expectsRefusal };
		const heardMs = this.#line?.heardMs ?? 0;
		return { kind, result: "answered", waitedMs, heardMs, isExpected: !expectsRefusal };
	}
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
