import type { Finding, Thing } from "@inlay/contract/health/finding";
import { needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import { hrefOf } from "../../shell/router.ts";

/** Where something is put right. */
export interface Place {
	href: string;
	need: Need;
}

/** The screen of a thing; undefined for what has none. */
export function placeOf({ kind, id }: Thing): Place | undefined {
	if (kind === "deployment" && id) return { href: hrefOf({ screen: "deployment", id }), need: needs.viewDeployments };
	if (kind === "client" && id) return { href: hrefOf({ screen: "client", id }), need: needs.viewClients };
	if (kind === "group" && id) return { href: hrefOf({ screen: "group", id }), need: needs.viewGroups };
	if (kind === "person" && id) return { href: hrefOf({ screen: "person", id }), need: needs.viewPeople };
	if (kind === "organization") return { href: hrefOf({ screen: "people" }), need: needs.viewPeople };
	return undefined;
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
