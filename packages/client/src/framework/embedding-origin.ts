import { isHostSource, originMatches } from "@inlay/contract";

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
	return window.location.ancestorOrigins?.[0] === undefined ? originsOf(hosts) : [];
}

/**
 * The origins that a deployment's list names, by which a window can be spoken to: an entry without a scheme is two of them,
 * and one with a wildcard none.
 */
export function originsOf(hosts: readonly string[]): string[] {
	const named = hosts.filter((each) => isHostSource(each) && !each.includes("*"));
	const addresses = named.flatMap((each) => {
		const name = each.replace(/^https?:\/\//i, "");
		// As browsers and originMatches have it, what may come by http may come by https.
		return /^https:/i.test(each) ? [each] : [`https://${name}`, `http://${name}`];
	});
	return [...new Set(addresses.flatMap((each) => originOf(each) ?? []))];
}

/** To the page around, where it is of one of these origins: the browser delivers to no other. Never throws. */
export function tellAround(window: Window, data: unknown, origins: readonly string[]): void {
	if (window.parent === window) return;
	for (const origin of origins) {
		try {
			window.parent.postMessage(data, origin);
		} catch {
			// The browser takes it for no origin, and there is no page of it: the others hear all the same.
		}
	}
}

function originOf(address: string): string | undefined {
	try {
		return new URL(address).origin;
	} catch {
		return undefined;
	}
}
