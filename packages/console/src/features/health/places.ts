import type { Cure, Finding, Thing } from "@inlay/contract/health/finding";
import { type Place, placeAt } from "../../shell/places.ts";

/** The screen of a thing, which is called as its kind; undefined for what has none. */
export function placeOf({ kind, id }: Thing): Place | undefined {
	if (kind === "organization") return placeAt({ screen: "people" });
	if (kind === "routing") return placeAt({ screen: "routing" });
	if (kind === "server" || kind === "browser" || !id) return undefined;
	return placeAt({ screen: kind, id });
}

/** Where a finding is mended: of a script the upload that it is about, at the line. */
export function placeOfCure({ at, line, version }: Cure): Place | undefined {
	const place = at && placeOf(at.thing);
	if (!place) return undefined;
	const inScript = [
		...(line === undefined ? [] : [`line=${line}`]),
		...(version === undefined ? [] : [`version=${version}`]),
	];
	return inScript.length === 0 ? place : { ...place, href: `${place.href}?${inScript.join("&")}` };
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
