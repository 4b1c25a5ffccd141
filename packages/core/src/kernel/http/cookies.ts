/**
 * What a browser has sent of its cookies.
 * @param header the request's `Cookie`
 * @returns name and value of each, as they came
 */
export function cookiesIn(header: string | undefined): Array<{ name: string; value: string }> {
	return (header ?? "").split(/;\s*/).flatMap((each) => {
		const end = each.indexOf("=");
		return end > 0 ? [{ name: each.slice(0, end), value: each.slice(end + 1) }] : [];
	});
}

/** The value of one; undefined where it was not sent, or is empty. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
	return cookiesIn(header).find((one) => one.name === name)?.value || undefined;
}
