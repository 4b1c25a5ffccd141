import type { BootAnswer } from "@inlay/contract";
import type { KeyValue } from "./storage.ts";

/** Where a tab keeps which version of the script its agent has, in place of what everybody has. */
const key = "inlay.script";

/** How a panel begins: with the version that this tab's agent had last, as long as somebody has that. */
export function withOwnScript(boot: BootAnswer, store: KeyValue): BootAnswer {
	const { deployment, script } = boot;
	const staged = script?.staged;
	if (!deployment || !staged || store.getItem(key) !== claim(deployment.id, staged.version)) return boot;
	const { isolation, withholdsToken, ...at } = staged;
	const { isolation: _all, withholdsToken: _given, ...rest } = deployment;
	const manner = { ...(isolation ? { isolation } : {}), ...(withholdsToken ? { withholdsToken } : {}) };
	return { ...boot, deployment: { ...rest, ...manner }, script: at };
}

/**
 * Remembers the version that the server says is the agent's. True where the page has to be loaded anew to run it; once,
 * so that no two answers of a server send anybody in circles.
 * @param running version of the page's script; 0 where it is none of the deployment's
 */
export function mustLoadAnother(
	deployment: string | undefined,
	running: number,
	own: number | undefined,
	store: KeyValue,
): boolean {
	if (!deployment || running === 0 || own === undefined || own === running) return false;
	return rememberOwn(deployment, own, store);
}

/** Remembers the version that is the agent's, so that this tab begins with it next. @returns whether that is news */
export function rememberOwn(deployment: string, own: number, store: KeyValue): boolean {
	const wanted = claim(deployment, own);
	if (store.getItem(key) === wanted) return false;
	store.setItem(key, wanted);
	return true;
}

const claim = (deployment: string, version: number) => `${deployment} ${version}`;
