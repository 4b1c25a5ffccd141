import { safeGet } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";

/** Whether a script has this callback. Its object may throw when somebody looks at it. */
export function hasCallback(framework: FrameworkScript | undefined, name: keyof FrameworkScript): boolean {
	return typeof safeGet(framework, name) === "function";
}
