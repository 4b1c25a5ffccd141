/** Findings for people: by thing, the worst first, with cause, cure and where to go. */
import { findingAnchor } from "@inlay/contract/health/codes";
import type { Finding, HealthReport, Thing, Unchecked } from "@inlay/contract/health/finding";
import { type FindingTextKey, findingTexts, textKeysOf } from "@inlay/contract/health/finding-texts";
import { format } from "@inlay/ui/format";
import { plain } from "../file/plan/words.ts";

const kinds: Record<Thing["kind"], string> = {
	deployment: "Deployment",
	client: "OAuth client",
	application: "Application",
	group: "Group",
	person: "Person",
	queue: "Queue",
	"email-address": "Email address",
	trunk: "Trunk",
	routing: "Routing",
	organization: "Organization",
	server: "Server",
	browser: "Browser",
};
const marks = { error: "error  ", warning: "warning", note: "note   " } as const;

/** Places of the console, by what is set there. */
const screens: Partial<Record<Thing["kind"], string>> = {
	deployment: "deployments",
	client: "clients",
	application: "applications",
	queue: "queues",
	trunk: "trunks",
	routing: "routing",
	"email-address": "emails",
	group: "groups",
	person: "people",
};

/** @param consoleUrl absent where there is none of ours */
export function asText({ findings, unchecked }: HealthReport, consoleUrl?: string): string {
	// Two may have the same name.
	const byThing = Map.groupBy(findings, ({ about }) => `${about.kind} ${about.id ?? about.name}`);
	const groups = [...byThing.values()].map((found) => {
		const lines = found.flatMap((one) => linesOf(one, consoleUrl));
		return [...found.slice(0, 1).map(({ about }) => titleOf(about)), ...lines].map(plain).join("\n");
	});
	return [...groups, ...uncheckedLines(unchecked), sumOf(findings)].join("\n\n");
}

function titleOf({ kind, name }: Thing): string {
	const word = kinds[kind] ?? kind;
	return name ? `${word} “${name}”` : word;
}

function linesOf(finding: Finding, consoleUrl: string | undefined): string[] {
	const { cause, cure } = sentencesOf(finding);
	const place = placeOf(finding, consoleUrl);
	const fix = finding.cure.fix ? " (or: inlay doctor --fix)" : "";
	return [
		`  ${marks[finding.severity] ?? finding.severity} ${cause}`,
		`          ${cure}${fix}`,
		...(place ? [`          ${place}`] : []),
		`          ${finding.code}: docs/doctor.md#${findingAnchor(finding.code)}`,
	];
}

/** Cause and cure in words. A newer server may find what is not known here. */
function sentencesOf(finding: Finding): { cause: string; cure: string } {
	const { cause, cure } = textKeysOf(finding);
	const { values } = finding.cause;
	const said = (key: FindingTextKey, otherwise: string) =>
		Object.hasOwn(findingTexts, key) ? format(findingTexts[key], values, "en") : otherwise;
	const told = Object.values(values).join(", ");
	return {
		cause: said(cause, told ? `${finding.code}: ${told}` : finding.code),
		cure: said(
			cure,
			"This inlay is older than the server and has no words for it: see the server's own docs/doctor.md.",
		),
	};
}

function placeOf({ cure }: Finding, consoleUrl: string | undefined): string | undefined {
	const at = cure.at;
	const screen = at && screens[at.thing.kind];
	if (!at || !screen || !consoleUrl) return undefined;
	const version = cure.version === undefined ? "" : `, version ${cure.version}`;
	const line = cure.line === undefined ? version : `${version}, line ${cure.line}`;
	const id = at.thing.id ? `/${encodeURIComponent(at.thing.id)}` : "";
	return `${consoleUrl}#/${screen}${id} (${at.field}${line})`;
}

function uncheckedLines(unchecked: readonly Unchecked[]): string[] {
	if (unchecked.length === 0) return [];
	const lines = unchecked.map(({ what, why, detail, everywhere }) => {
		const because =
			why === "permission"
				? `the permission is missing${everywhere ? " in some division" : ""}`
				: why === "failed"
					? "it failed"
					: "not possible from here";
		return `  ${what}: ${because}${detail ? ` (${detail})` : ""}`;
	});
	return [["Not looked at:", ...lines].map(plain).join("\n")];
}

function sumOf(findings: readonly Finding[]): string {
	const counted = (severity: Finding["severity"], noun: string) => {
		const count = findings.filter((one) => one.severity === severity).length;
		return `${count} ${noun}${count === 1 ? "" : "s"}`;
	};
	if (findings.length === 0) return "Nothing is wrong, as far as could be seen.";
	return `${counted("error", "error")}, ${counted("warning", "warning")}, ${counted("note", "note")}.`;
}
