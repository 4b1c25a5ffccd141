/**
 * One end of the channel between the panel and an isolated script. Both ends are the same: each calls functions that the
 * other has handed over, and hears what became of it. A message of another shape is dropped, and counted. The script's end
 * lives in the script's window, whose lists and objects it may have broken: what each call runs through needs few of them.
 */
import { Outbox } from "./outbox.ts";
import { type Callable, plainOf, revived } from "./plain.ts";

export type ChannelPort = Pick<MessagePort, "postMessage" | "onmessage">;

export interface ChannelParts {
	port: ChannelPort;
	/** What the other end may call by name. Absent names are dropped. */
	named: Readonly<Record<string, Callable>>;
	/** A message that could not be used. */
	dropped: (why: "shape" | "name" | "size" | "flood") => void;
	/** Runs before anything of a message is read, with what it costs: a call of some length is one. False drops it. */
	admits?: (cost: number) => boolean;
	/** What is said in one job goes together: for the panel, whose jobs are short. */
	gathers?: boolean;
}

/** Characters of one message. */
const longestMessage = 4_194_304;
/** Messages that come as one. */
const mostAtOnce = 10_000;
/** Functions that the other end can still call; the oldest are forgotten. */
const mostFunctions = 5_000;

/** Characters that cost as much as a call. */
const lengthOfOne = 50_000;
/** The longest refused message whose caller is told so. */
const longestRefused = 10_000;
/** What an answer costs, which is owed. */
const costOfAnswer = 0.1;

/** Of one call: a function's number, or a name. */
interface Call {
	call: number | string;
	args: unknown[];
	/** Wants to hear what became of it. */
	id?: number;
}

/** What came of a call. */
interface Outcome {
	of: number;
	value?: unknown;
	/** What was thrown. */
	error?: { message: string; code?: string; id?: string; stack?: string };
}

/** Taken before a script runs: it may replace them. */
const { stringify, parse } = JSON;
const { isArray } = Array;

export class ScriptChannel {
	readonly #parts: ChannelParts;
	readonly #outbox: Outbox;
	readonly #given = new Map<number, Callable>();
	readonly #numbers = new WeakMap<Callable, number>();
	readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
	#next = 1;
	/** Something was sent since it was asked for. */
	#isUnasked = false;
	#hearing: Promise<void> | undefined;

	constructor(parts: ChannelParts) {
		this.#parts = parts;
		this.#outbox = new Outbox(parts.port, parts.gathers === true);
		parts.port.onmessage = ({ data }) => this.#outbox.hold(() => this.#hearAll(data));
	}

	/** Calls by name, and wants no answer. */
	tell(name: string, ...args: unknown[]): void {
		this.#send({ call: name, args });
	}

	/** The same by who does not come to an end: at once. */
	cry(name: string, ...args: unknown[]): void {
		this.tell(name, ...args);
		this.#outbox.flush();
	}

	/** Calls by name. Rejects with what the other end has thrown, with its `code`. */
	ask(name: string, ...args: unknown[]): Promise<unknown> {
		return this.#ask(name, args);
	}

	/**
	 * Resolves once the other end has gone through all that it was sent; undefined where it has already. What it says
	 * meanwhile comes before.
	 */
	heard(): Promise<void> | undefined {
		if (!this.#isUnasked) return this.#hearing;
		const over = () => {
			if (this.#hearing === hearing) this.#hearing = undefined;
		};
		const hearing = this.ask("ping").then(over, over);
		this.#isUnasked = false;
		this.#hearing = hearing;
		return hearing;
	}

	/** How many calls the other end owes an answer. */
	get owed(): number {
		return this.#waiting.size;
	}

	#ask(call: number | string, args: unknown[]): Promise<unknown> {
		const id = this.#next++;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#send({ call, args, id });
		});
	}

	#send(message: Call | Outcome): void {
		const text = stringify(plainOf(message, (task) => this.#numberOf(task)));
		if (text.length > longestMessage) this.#parts.dropped("size");
		else {
			this.#isUnasked = true;
			// Answers come one by one, after the job in which all were asked.
			this.#outbox.put(text, "of" in message);
		}
	}

	#numberOf(task: Callable): number {
		const known = this.#numbers.get(task);
		if (known !== undefined && this.#given.has(known)) return known;
		const number = this.#next++;
		this.#given.set(number, task);
		this.#numbers.set(task, number);
		const [oldest] = this.#given.keys();
		if (this.#given.size > mostFunctions && oldest !== undefined) this.#given.delete(oldest);
		return number;
	}

	/** Each is admitted by itself, whatever it comes with. */
	#hearAll(data: unknown): void {
		if (!isArray(data)) this.#hear(data);
		else for (let at = 0; at < data.length && at < mostAtOnce; at++) this.#hear(data[at]);
	}

	#hear(data: unknown): void {
		const isAdmitted = this.#parts.admits?.(costOf(data)) !== false;
		// To read what is long is what a flood of it would hold the panel up by.
		const isUnread = !isAdmitted && (typeof data !== "string" || data.length > longestRefused);
		const message = isUnread ? "flood" : readMessage(data);
		if (typeof message === "string") this.#parts.dropped(message);
		else if ("of" in message) this.#settle(message);
		else if (!isAdmitted) this.#refuse(message);
		else void this.#run(message);
	}

	/** Who waits for an answer hears that there is none. */
	#refuse({ id }: Call): void {
		this.#parts.dropped("flood");
		const error = { message: "Too many calls at once.", code: "framework.script.flood" };
		if (id !== undefined) this.#send({ of: id, error });
	}

	#settle({ of, value, error }: Outcome): void {
		const waiting = this.#waiting.get(of);
		this.#waiting.delete(of);
		if (!waiting) this.#parts.dropped("name");
		else if (error) waiting.reject(thrownOf(error));
		else waiting.resolve(this.#revived(value));
	}

	async #run({ call, args, id }: Call): Promise<void> {
		const { named } = this.#parts;
		const task =
			typeof call === "number" ? this.#given.get(call) : Object.hasOwn(named, call) ? named[call] : undefined;
		if (!task) {
			this.#parts.dropped("name");
			if (id !== undefined) this.#send({ of: id, error: { message: "There is no such function any more." } });
			return;
		}
		try {
			for (let at = 0; at < args.length; at++) args[at] = this.#revived(args[at]);
			const value: unknown = await task(...args);
			if (id !== undefined) this.#send({ of: id, value });
		} catch (thrown) {
			if (id !== undefined) this.#send({ of: id, error: errorOf(thrown) });
		}
	}

	#revived(value: unknown): unknown {
		return revived(value, (id) => (...args) => {
			const answer = this.#ask(id, args);
			// Most scripts call back and look no further: to them no answer is no error.
			answer.catch(() => undefined);
			return answer;
		});
	}
}

function costOf(data: unknown): number {
	if (typeof data !== "string") return 1;
	return (data.startsWith('{"of":') ? costOfAnswer : 1) + data.length / lengthOfOne;
}

function readMessage(data: unknown): Call | Outcome | "shape" | "size" {
	if (typeof data !== "string") return "shape";
	if (data.length > longestMessage) return "size";
	let read: unknown;
	try {
		read = parse(data);
	} catch {
		return "shape";
	}
	if (typeof read !== "object" || read === null) return "shape";
	const { call, args, id, of, error } = read as Record<string, unknown>;
	if (typeof of === "number") return error === undefined || isError(error) ? (read as Outcome) : "shape";
	if (typeof call !== "string" && typeof call !== "number") return "shape";
	if (!isArray(args) || args.length > 10 || !(id === undefined || typeof id === "number")) return "shape";
	return { call, args, ...(id === undefined ? {} : { id }) };
}

function isError(error: unknown): boolean {
	return typeof error === "object" && error !== null && typeof (error as { message?: unknown }).message === "string";
}

function thrownOf({ message, code, id, stack }: NonNullable<Outcome["error"]>): Error {
	return Object.assign(new Error(message), { code, id, stack });
}

function errorOf(thrown: unknown): NonNullable<Outcome["error"]> {
	const read = (key: string): unknown => {
		try {
			return (thrown as Record<string, unknown> | null | undefined)?.[key];
		} catch {
			return undefined;
		}
	};
	const text = (key: string) => {
		const value = read(key);
		return typeof value === "string" ? { [key]: value.slice(0, 2000) } : {};
	};
	const message = textOf(read("message") ?? thrown).slice(0, 2000);
	return { message, ...text("code"), ...text("id"), ...text("stack") };
}

function textOf(value: unknown): string {
	try {
		return String(value);
	} catch {
		return "unknown error";
	}
}
