/** Puts an object before what a script has set as `window.Framework`, which writes down what the panel asks of it. */
import { isRecord, safeGet } from "@inlay/contract";
import type { Recorder } from "./recorder.ts";

type Callback = (...given: unknown[]) => unknown;

/** Names of the functions that the panel hands over, by callback and place (framework-contract 3 and 5). */
const answers: Readonly<Record<string, Readonly<Record<number, string>>>> = {
	screenPop: { 2: "done" },
	processCallLog: { 3: "onSuccess", 4: "onFailure" },
	contactSearch: { 1: "onSuccess", 2: "onFailure" },
	"config.getUserLanguage": { 0: "callback" },
};

/**
 * Reads and writes go through to what the script has set. A stand-in of its own, as what is frozen would have to be given
 * out as it is.
 */
export function tapFramework(raw: object, recorder: Recorder, version: () => number | undefined, path = ""): object {
	const made = new Map<unknown, unknown>();
	const stand: object = new Proxy(
		{},
		{
			get: (_stand, key) => {
				const value = Reflect.get(raw, key);
				const name = `${path}${String(key)}`;
				const isTapped = typeof value === "function" || (name === "config" && isRecord(value));
				if (!isTapped) return value;
				if (!made.has(value)) {
					const tap =
						typeof value === "function"
							? tapped(name, value as Callback)
							: tapFramework(value as object, recorder, version, "config.");
					made.set(value, tap);
				}
				return made.get(value);
			},
			set: (_stand, key, value) => Reflect.set(raw, key, value),
			has: (_stand, key) => Reflect.has(raw, key),
			deleteProperty: (_stand, key) => Reflect.deleteProperty(raw, key),
			ownKeys: () => Reflect.ownKeys(raw),
			getOwnPropertyDescriptor: (_stand, key) => {
				const found = Reflect.getOwnPropertyDescriptor(raw, key);
				return (
					found && {
						configurable: true,
						enumerable: found.enumerable ?? true,
						writable: true,
						value: safeGet(stand, String(key)),
					}
				);
			},
		},
	);
	return stand;

	function tapped(name: string, callback: Callback): Callback {
		return function (this: unknown, ...given) {
			const by = version();
			const entry = recorder.note({
				kind: "callback",
				name,
				payload: given,
				...(by === undefined ? {} : { version: by }),
			});
			const handed = given.map((each, at) => {
				if (typeof each !== "function") return each;
				return (...answer: unknown[]) => {
					recorder.answered(entry, answers[name]?.[at] ?? "callback", answer[0]);
					return (each as Callback)(...answer);
				};
			});
			const self = this === stand ? raw : this;
			const result = recorder.during(entry, () => callback.apply(self, handed));
			if (result instanceof Promise) result.catch((thrown: unknown) => recorder.failed(entry, thrown));
			return result;
		};
	}
}
