import type { Marks } from "./marks.ts";
import { controlNames, menuHandlers } from "./names.ts";

type Handler = (...given: unknown[]) => unknown;

/** As much of AngularJS' scope as scripts use: its handlers, and the calls that once made the page look again. */
export function makeScope(marks: Marks): Record<string, Handler> {
	const now: Handler = (task) => (typeof task === "function" ? task() : undefined);
	const nothing: Handler = () => () => undefined;
	const handlers = [...controlNames.map((name) => `${name}()`), ...Object.values(menuHandlers)];
	return {
		$apply: now,
		$applyAsync: now,
		$evalAsync: now,
		$eval: now,
		$digest: nothing,
		$on: nothing,
		$watch: nothing,
		...Object.fromEntries(handlers.map((handler) => [handler.replace("()", ""), () => marks.call(handler)])),
	};
}
