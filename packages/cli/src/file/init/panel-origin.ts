import { panelPages } from "@inlay/contract";
import { besideApi } from "../../beside-api.ts";

/** A server on the way may take its time; nobody waits longer for an address that the usual one stands in for, ms. */
const patienceMs = 3_000;

/**
 * Origin of the panels of an Inlay: it sends whoever asks for one at its own address there. Where nobody answers it is the usual
 * one, beside the API.
 * @param api origin of its API
 */
export async function panelOrigin(api: string, ask: typeof fetch = fetch): Promise<string> {
	const page = new URL(panelPages[0] ?? "/", api);
	try {
		const { headers } = await ask(page, { redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
		const location = headers.get("location");
		const leads = location === null ? null : URL.parse(location, page);
		if (leads?.pathname === page.pathname) return leads.origin;
	} catch {
		// Not started yet, or not reached from here.
	}
	return besideApi(new URL(api), "panel");
}
