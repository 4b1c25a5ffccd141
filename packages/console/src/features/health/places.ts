import type { Finding, Thing } from "@inlay/contract/health/finding";
import { type Place, placeAt } from "../../shell/places.ts";

/** The screen of a thing, which is called as its kind; undefined for what has none. */
export function placeOf({ kind, id }: Thing): Place | undefined {
	if (kind === "organization") return placeAt({ screen: "people" });
	if (kind === "server" || kind === "browser" || !id) return undefined;
	return placeAt({ screen: kind, id });
}

/** Findings by what they are about, those with the worst first. */
export function byThing(findings: readonly Finding[]): { about: Thing; findings: Finding[] }[] {
	const groups = new Map<string, { about: Thing; findings: Finding[] }>();
	for (const finding of findings) {
		const { kind, id = "" } = finding.about;
		const group = groups.get(`${kind} ${id}`) ?? { about: finding.about, findings: [] };
		group.findings.push(finding);
		groups.set(`${kind} ${id}`, group);
	}
	return [...groups.values()];
}
