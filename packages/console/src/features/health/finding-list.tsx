import "./health.css";
import type { Finding, Fix } from "@inlay/contract/health/finding";
import { Badge, Button, locale } from "@inlay/ui";
import type { Task } from "../../session/load.ts";
import { mayOpen } from "../../shell/places.ts";
import { useRights } from "../../shell/rights.tsx";
import { needOf } from "./apply-fix.ts";
import { sentencesOf } from "./finding-strings.ts";
import { placeOfCure } from "./places.ts";
import { t } from "./strings.ts";

/** What takes the safe steps, and how that stands. */
export interface Fixes {
	task: Task;
	apply(fix: Fix): void;
}

/** Findings of one thing, each with its cause, its cure and the way there. */
export function FindingList({ findings, fixes }: { findings: readonly Finding[]; fixes: Fixes }) {
	return (
		<ul class="rows">
			{findings.map((finding) => (
				<Row key={`${finding.code} ${JSON.stringify(finding.cause.values)}`} finding={finding} fixes={fixes} />
			))}
		</ul>
	);
}

const tones = { error: "bad", warning: "warn", note: "plain" } as const;

function Row({ finding, fixes }: { finding: Finding; fixes: Fixes }) {
	const { cause, cure } = sentencesOf(finding);
	const { code, severity, since, last } = finding;
	const when = (time: string) =>
		new Date(time).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const times = [
		...(since ? [t("since", { when: when(since) })] : []),
		...(last ? [t("last", { when: when(last) })] : []),
	];
	return (
		<li class="health-finding">
			<div class="row-main">
				<span>
					<Badge tone={tones[severity]}>{t(severity)}</Badge>
				</span>
				<strong>{cause}</strong>
				<span>{cure}</span>
				<span class="ui-muted">{[...times, code].join(" · ")}</span>
			</div>
			<Cures finding={finding} fixes={fixes} />
		</li>
	);
}

function Cures({ finding: { cure }, fixes }: { finding: Finding; fixes: Fixes }) {
	const rights = useRights();
	const { fix, at, line } = cure;
	const place = placeOfCure(cure);
	return (
		<div class="row-end">
			{fix && rights.may(needOf(fix)) && (
				<Button busy={fixes.task.busy.value} onClick={() => fixes.apply(fix)}>
					{t(fix.do)}
				</Button>
			)}
			{at && place && mayOpen(rights, place) && (
				<a href={place.href}>
					{line === undefined ? t("open", { name: nameOf(at.thing) }) : t("openScript", { line })}
				</a>
			)}
		</div>
	);
}

function nameOf({ kind, name }: { kind: Parameters<typeof t>[0]; name: string }): string {
	return name || t(kind);
}
