import { language } from "@inlay/ui";

/** While no agent is idle there are no calls for one. */
export function rate(calls: number): string {
	if (calls === 0) return "–";
	return new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(calls);
}

/** Of nothing there is no share. */
export function share(part: number, whole: number): string {
	if (whole === 0) return "–";
	const percent = new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 1 });
	return `${part}/${whole} (${percent.format(part / whole)})`;
}
