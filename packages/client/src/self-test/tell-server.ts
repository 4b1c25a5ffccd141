import type { BootAnswer } from "@inlay/contract";
import { tokenKey } from "../boot/token-store.ts";
import type { SelfFinding } from "./checks.ts";

/** Where the API is, and what time it is there; undefined where the server cannot be reached. */
export async function readServer(
	deployment: string | undefined,
): Promise<{ api: string; serverTime: number | undefined } | undefined> {
	const query = deployment ? `?deployment=${encodeURIComponent(deployment)}` : "";
	const answer = await fetch(`/crm/boot.json${query}`, { cache: "no-store" }).catch(() => undefined);
	if (!answer?.ok) return undefined;
	const { api } = (await answer.json()) as BootAnswer;
	const date = Date.parse(answer.headers.get("date") ?? "");
	return { api, serverTime: Number.isNaN(date) ? undefined : date };
}

/** @returns whether the server has it */
export async function tellServer(
	api: string,
	deployment: string | undefined,
	findings: readonly SelfFinding[],
): Promise<boolean> {
	const token = keptToken(deployment);
	const answer = await fetch(`${api}/api/inlay/v1/health/self-tests`, {
		method: "POST",
		headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
		body: JSON.stringify({
			...(deployment ? { deployment } : {}),
			browserId: browserId(),
			browser: browserName(navigator.userAgent),
			isFramed: window.parent !== window,
			findings,
		}),
	}).catch(() => undefined);
	return answer?.ok === true;
}

/** Of the panel that has opened this page in the same tab or from it, where the browser lets both see the same. */
function keptToken(deployment: string | undefined): string | undefined {
	if (!deployment) return undefined;
	try {
		const kept = JSON.parse(sessionStorage.getItem(tokenKey(deployment)) ?? "null");
		return typeof kept?.accessToken === "string" ? kept.accessToken : undefined;
	} catch {
		return undefined;
	}
}

/** One that stays where the browser keeps anything; else one for this page. */
function browserId(): string {
	const fresh = crypto.randomUUID?.() ?? Math.random().toString(36).slice(2).padEnd(8, "0");
	try {
		const key = "inlay.self-test.browser";
		const known = localStorage.getItem(key) ?? fresh;
		localStorage.setItem(key, known);
		return known;
	} catch {
		return fresh;
	}
}

/** `Chrome 143, Linux`. */
export function browserName(userAgent: string): string {
	const [, name, version] = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(userAgent.replace(/Chrome.*(?=Edg)/, "")) ?? [];
	const system = /Windows|Mac OS X|Android|iPhone|Linux/.exec(userAgent)?.[0] ?? "";
	const known = { Edg: "Edge", Version: "Safari" }[name ?? ""] ?? name;
	return [known ? `${known} ${version}` : "", system].filter(Boolean).join(", ").slice(0, 100) || "?";
}
