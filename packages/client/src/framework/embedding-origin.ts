/** The origin of the page around, as far as the browser tells and the list has it. */
export function embeddingOrigin(window: Window, allows: (origin: string) => boolean): string | undefined {
	const ancestor = window.location.ancestorOrigins?.[0] ?? originOf(window.document.referrer);
	return ancestor !== undefined && allows(ancestor) ? ancestor : undefined;
}

function originOf(address: string): string | undefined {
	try {
		return new URL(address).origin;
	} catch {
		return undefined;
	}
}
