type Task = (...given: unknown[]) => unknown;

/** A window's timers, as they are replaced here. */
export interface TimerWindow {
	setTimeout: Task;
	setInterval: Task;
	clearTimeout: Task;
	clearInterval: Task;
}

/** Who calls, by the stack of an error that was made in what is called. Undefined where it does not tell. */
export type Caller = (stack: unknown) => "panel" | "script" | undefined;

const { apply } = Reflect;
const { indexOf, slice } = String.prototype;

/**
 * By the first line of a stack that has an address and is not of who asks.
 *
 * @param assets where the panel's own code is loaded from
 */
export function callerBy(assets: string): Caller {
	const has = (text: string, part: string) => (apply(indexOf, text, [part]) as number) !== -1;
	return (stack) => {
		if (typeof stack !== "string") return undefined;
		let rest = stack;
		for (let located = 0; rest !== ""; ) {
			const end = apply(indexOf, rest, ["\n"]) as number;
			const line = (end === -1 ? rest : apply(slice, rest, [0, end])) as string;
			rest = (end === -1 ? "" : apply(slice, rest, [end + 1])) as string;
			if (!has(line, "://")) continue;
			if (++located === 2) return has(line, assets) ? "panel" : "script";
		}
		return undefined;
	};
}

/**
 * Keeps the panel's timers from a script that clears every number there may be, as some do to be rid of their own: what a script clears
 * ends where it was not the panel that set it. Where a script has replaced a timer (`zone.js` does), nobody knows who calls, and all is as
 * the browser has it.
 *
 * Nothing here may need what a script can replace.
 * @param broke hears that it was kept from happening, each time
 */
export function keepTimers(window: TimerWindow, caller: Caller, broke: () => void): void {
	const { Error: Trace } = globalThis;
	const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
	/** Of those to come, by number: made where it was set, or `true` where nobody knows who did. */
	const alive: Record<number, Error | true> = Object.create(null);
	const who = (trace: Error | true | undefined) => {
		try {
			return typeof trace === "object" ? caller(trace.stack) : undefined;
		} catch {
			return undefined;
		}
	};
	const keep = (id: unknown, trace: Error | true) => {
		alive[id as number] = trace;
		return id;
	};

	const own: TimerWindow = {
		setTimeout: (...given) => {
			const trace = window.setTimeout === own.setTimeout ? new Trace() : true;
			const task = given[0];
			if (typeof task === "function")
				given[0] = (...told: unknown[]) => {
					delete alive[id as number];
					apply(task, window, told);
				};
			const id = keep(apply(setTimeout, window, given), trace);
			return id;
		},
		setInterval: (...given) => {
			const trace = window.setInterval === own.setInterval ? new Trace() : true;
			return keep(apply(setInterval, window, given), trace);
		},
		clearTimeout: (id) => clear(clearTimeout, id, window.clearTimeout === own.clearTimeout ? new Trace() : true),
		clearInterval: (id) => clear(clearInterval, id, window.clearInterval === own.clearInterval ? new Trace() : true),
	};
	const clear = (end: Task, id: unknown, trace: Error | true) => {
		const set = alive[id as number];
		// Of none that was set since: one that is over, or the panel's from before the script.
		if (who(trace) === "script" && (set === undefined || who(set) === "panel")) return set && broke();
		delete alive[id as number];
		apply(end, window, [id]);
	};
	for (const name of ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] as const) window[name] = own[name];
}
