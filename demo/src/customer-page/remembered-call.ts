import type { PlacedCall } from "./protocol.ts";

const key = "oakline-call";

/** Keeps the running call for a reload of this tab; a closed tab forgets it. */
export function rememberCall(call: PlacedCall | undefined): void {
	try {
		if (call) sessionStorage.setItem(key, JSON.stringify(call));
		else sessionStorage.removeItem(key);
	} catch {
		// A browser that keeps nothing: the call works, only a reload loses it.
	}
}

export function rememberedCall(): PlacedCall | undefined {
	try {
		const call = JSON.parse(sessionStorage.getItem(key) ?? "null") as PlacedCall | null;
		return call && typeof call.socketPath === "string" && typeof call.secret === "string" ? call : undefined;
	} catch {
		return undefined;
	}
}
