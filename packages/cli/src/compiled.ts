import module from "node:module";
import { fileURLToPath } from "node:url";

/** Beside the packages that it is made of; whoever may not write there starts without. */
const folder = fileURLToPath(new URL("../../../node_modules/.cache/inlay-compiled", import.meta.url));

/**
 * Keeps what Node makes of the sources, types taken out and compiled, for the next start, which is what everybody waits for
 * whose server was killed: loading is most of a start. What has changed is compiled anew. Processes that this one starts
 * do the same.
 */
export function keepCompiled(): void {
	process.env.NODE_COMPILE_CACHE ??= folder;
	module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

/** Node would do so at the end, which a server that is killed does not have. */
export function saveCompiled(): void {
	module.flushCompileCache?.();
}
