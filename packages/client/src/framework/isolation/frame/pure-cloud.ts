import { actionNames, actionPrefix, requestName } from "../action-names.ts";
import type { Callable } from "../plain.ts";
import type { ScriptChannel } from "../script-channel.ts";

/** `window.PureCloud` of an isolated script: the same names, whose work is done in the panel. */
export function pureCloudOf(channel: Pick<ScriptChannel, "tell" | "ask">): object {
	const made: Record<string, unknown> = {};
	for (const name of actionNames)
		put(made, name, (...args) => {
			channel.tell(actionPrefix + name, ...args);
		});
	put(made, requestName, (...args) =>
		channel.ask(actionPrefix + requestName, ...args).catch((failed: Error) => {
			failed.name = "InlayRequestFailed";
			throw failed;
		}),
	);
	(made.Inlay as Record<string, unknown>).version = 1;
	return made;
}

function put(into: Record<string, unknown>, name: string, task: Callable): void {
	const [first = "", ...rest] = name.split(".");
	if (rest.length === 0) into[first] = task;
	else {
		into[first] ??= {};
		put(into[first] as Record<string, unknown>, rest.join("."), task);
	}
}
