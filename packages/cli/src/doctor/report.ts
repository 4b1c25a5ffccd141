/** Findings for people: by thing, the worst first, with cause, cure and where to go. */
import { findingAnchor } from "@inlay/contract/health/codes";
import type { Finding, HealthReport, Thing, Unchecked } from "@inlay/contract/health/finding";
import { findingTexts, textKeysOf } from "@inlay/contract/health/finding-texts";
import { format } from "@inlay/ui/format";

const kinds: Record<Thing["kind"], string> = {
	deployment: "Deployment",
	client: "OAuth client",
	group: "Group",
	person: "Person",
	organization: "Organization",
	server: "Server",
	browser: "Browser",
};
const marks = { error: "error  ", warning: "warning", note: "note   " } as const;

/** Places of the console, by what is set there. */
const screens: Partial<Record<Thing["kind"], string>> = {
	deployment: "deployments",
	client: "clients",
	group: "groups",
	person: "people",
};

/** @param consoleUrl absent where there is none of ours */
export function asText({ findings, unchecked }: HealthReport, consoleUrl?: string): string {
	const byThing = new Map<string, Finding[]>();
	for (const finding of findings) {
		const title = titleOf(finding.about);
		byThing.set(title, [...(byThing.get(title) ?? []), finding]);
	}
	const groups = [...byThing].map(([title, found]) =>
		[title, ...found.flatMap((one) => linesOf(one, consoleUrl))].join("\n"),
	);
	return [...groups, ...uncheckedLines(unchecked), sumOf(findings)].join("\n\n");
}

function titleOf({ kind, name }: Thing): string {
	return name ? `${kinds[kind]} “${name}”` : kinds[kind];
}

function linesOf(finding: Finding, consoleUrl: string | undefined): string[] {
	const { cause, cure } = sentencesOf(finding);
	const place = placeOf(finding, consoleUrl);
	const fix = finding.cure.fix ? " (or: inlay doctor --fix)" : "";
	return [
		`  ${marks[finding.severity]} ${cause}`,
		`          ${cure}${fix}`,
		...(place ? [`          ${place}`] : []),
		`          ${finding.code}: docs/doctor.md#${findingAnchor(finding.code)}`,
	];
}

/** Cause and cure in words. */
export function sentencesOf(finding: Finding): { cause: string; cure: string } {
	const { cause, cure } = textKeysOf(finding);
	const { values } = finding.cause;
	return {
		cause: format(findingTexts[cause] ?? finding.code, values, "en"),
		cure: format(findingTexts[cure], values, "en"),
	};
}

function placeOf({ cure }: Finding, consoleUrl: string | undefined): string | undefined {
	const at = cure.at;
	const screen = at && screens[at.thing.kind];
	if (!at || !screen || !consoleUrl) return undefined;
	const line = cure.line === undefined ? "" : `, line ${cure.line}`;
	return `${consoleUrl}#/${screen}/${encodeURIComponent(at.thing.id ?? "")} (${at.field}${line})`;
}

function uncheckedLines(unchecked: readonly Unchecked[]): string[] {
	if (unchecked.length === 0) return [];
	const lines = unchecked.map(({ what, why, detail }) => {
		const because =
			why === "permission" ? "the permission is missing" : why === "failed" ? "it failed" : "not possible from here";
		return `  ${what}: ${because}${detail ? ` (${detail})` : ""}`;
	});
	return [["Not looked at:", ...lines].join("\n")];
}

function sumOf(findings: readonly Finding[]): string {
	const counted = (severity: Finding["severity"], noun: string) => {
		const count = findings.filter((one) => one.severity === severity).length;
		return `${count} ${noun}${count === 1 ? "" : "s"}`;
	};
	if (findings.length === 0) return "Nothing is wrong, as far as could be seen.";
	return `${counted("error", "error")}, ${counted("warning", "warning")}, ${counted("note", "note")}.`;
}
