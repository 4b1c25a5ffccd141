import { originMatches } from "@inlay/contract";

/** The origin of the page around, as far as the browser tells and the list has it. */
export function embeddingOrigin(window: Window, allows: (origin: string) => boolean): string | undefined {
	const ancestor = window.location.ancestorOrigins?.[0] ?? originOf(window.document.referrer);
	return ancestor !== undefined && allows(ancestor) ? ancestor : undefined;
}

/**
 * Origins by which the page around can be spoken to: its own as far as the browser tells, else those of the list, of which
 * the browser delivers to the one that is there (behind a sign-in page Firefox does not tell any more who embeds).
 */
export function originsAround(window: Window, hosts: readonly string[]): string[] {
	const known = embeddingOrigin(window, (origin) => originMatches(origin, hosts));
	if (known !== undefined) return [known];
	return window.location.ancestorOrigins?.[0] === undefined ? hosts.filter((each) => !each.includes("*")) : [];
}

function originOf(address: string): string | undefined {
	try {
		return new URL(address).origin;
	} catch {
		return undefined;
	}
}
