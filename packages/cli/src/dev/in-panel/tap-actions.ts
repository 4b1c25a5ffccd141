/** Puts a `PureCloud` in the place of the panel's that does the same and writes down who asked for what. */
import { isRecord } from "@inlay/contract";
import type { Recorder } from "./recorder.ts";

export interface TapActionsParts {
	recorder: Recorder;
	/** The version that calls. */
	version: () => number | undefined;
	/** In the place of `PureCloud.subscribe`. */
	subscribe: (given: unknown) => void;
}

type Action = (...given: unknown[]) => unknown;

/** @param path of the names that lead to `actions` */
export function tapActions(actions: object, parts: TapActionsParts, path = ""): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(actions).map(([key, value]) => {
			const name = path === "" ? key : `${path}.${key}`;
			if (isRecord(value)) return [key, tapActions(value, parts, name)];
			return [key, typeof value === "function" ? tapped(name, value as Action, parts) : value];
		}),
	);
}

function tapped(name: string, action: Action, { recorder, version, subscribe }: TapActionsParts): Action {
	return (...given) => {
		const by = version();
		const entry = recorder.note({ kind: "action", name, payload: given, ...(by === undefined ? {} : { version: by }) });
		const isToken = name === "User.getAuthToken";
		const answering = (callback: Action): Action => {
			return (...answer) => {
				if (isToken) recorder.hide(String(answer[0]));
				recorder.answered(entry, "callback", answer[0]);
				return callback(...answer);
			};
		};
		if (name === "subscribe") return void recorder.during(entry, () => subscribe(given[0]));
		const result = recorder.during(entry, () => action(...given.map((each) => withCallbacks(each, answering))));
		if (result instanceof Promise)
			result.then(
				(answer) => recorder.answered(entry, "done", answer),
				(thrown) => recorder.failed(entry, thrown),
			);
		return result;
	};
}

/** An argument that is a callback, or an object with one. */
function withCallbacks(given: unknown, answering: (callback: Action) => Action): unknown {
	if (typeof given === "function") return answering(given as Action);
	if (!isRecord(given) || typeof given.callback !== "function") return given;
	return { ...given, callback: answering(given.callback as Action) };
}
