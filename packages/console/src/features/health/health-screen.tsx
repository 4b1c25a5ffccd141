import type { Finding, Unchecked } from "@inlay/contract/health/finding";
import { Banner, Button, locale, Spinner } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { everyDivision } from "../../session/rights.ts";
import { CopyField } from "../../shell/copy-field.tsx";
import { permissionsText, placeText } from "../../shell/need-text.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Screen, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { FindingList, type Fixes } from "./finding-list.tsx";
import { sentencesOf } from "./finding-strings.ts";
import type { HealthModel, SelfTestView } from "./health-model.ts";
import { byThing } from "./places.ts";
import { t } from "./strings.ts";

/** Everything that is wrong, by what it is about, with what mends it. */
export function HealthScreen({ model }: { model: HealthModel }) {
	useEffect(() => model.open(), [model]);
	const { organization, server } = model;
	const fixes: Fixes = {
		task: model.fixing,
		apply: async (fix) => {
			if (await model.fix(fix)) tell(t("mended", { name: t(fix.do) }));
		},
	};
	const isReading = [organization, server].some(({ state }) => state.value.kind === "loading");
	const failed = [organization, server].flatMap(({ state }) =>
		state.value.kind === "failed" ? [state.value.error] : [],
	);
	return (
		<Screen
			title={t("title")}
			lead={t("lead")}
			actions={
				<Button icon="refresh" onClick={() => void model.readAll()}>
					{t("again")}
				</Button>
			}
		>
			<Failure error={model.fixing.error.value ?? failed[0]} />
			{isReading && <Spinner label={shared("loading")} />}
			<Things findings={model.findings} fixes={fixes} isDone={!isReading && failed.length === 0} />
			<UncheckedSection unchecked={[...(organization.value?.unchecked ?? []), ...(server.value?.unchecked ?? [])]} />
			<SelfTests model={model} />
		</Screen>
	);
}

function Things({ findings, fixes, isDone }: { findings: readonly Finding[]; fixes: Fixes; isDone: boolean }) {
	if (findings.length === 0) return isDone ? <Banner tone="good">{t("fine")}</Banner> : null;
	return (
		<>
			{byThing(findings).map(({ about, findings: found }) => (
				<Section key={`${about.kind} ${about.id}`} title={t(about.kind, { name: about.name })}>
					<FindingList findings={found} fixes={fixes} />
				</Section>
			))}
		</>
	);
}

function UncheckedSection({ unchecked }: { unchecked: readonly Unchecked[] }) {
	if (unchecked.length === 0) return null;
	return (
		<Section title={t("unchecked")}>
			<ul class="plain-list">
				{unchecked.map((one) => (
					<li key={`${one.what} ${one.detail}`}>{uncheckedText(one)}</li>
				))}
			</ul>
		</Section>
	);
}

/** What was not looked at, and why. */
function uncheckedText({ what, why, detail = "", everywhere }: Unchecked): string {
	const name = t(`look_${what}`);
	if (why !== "permission") return t(detail === "" ? "lookUnavailable" : "lookFailed", { what: name, detail });
	const permissions = permissionsText(detail.split(", "), true);
	return t("withoutPermission", { what: name, permissions, place: placeText(everywhere && everyDivision) });
}

function SelfTests({ model }: { model: HealthModel }) {
	return (
		<Section title={t("browsers")} hint={t("browsersHint")}>
			<CopyField label={t("selfTestPage")} value={model.selfTestUrl} />
			<Load from={model.selfTests}>
				{(tests) =>
					tests.length === 0 ? (
						<p class="ui-muted">{t("noTests")}</p>
					) : (
						<ul class="rows">
							{tests.map((test) => (
								<SelfTestRow key={`${test.at} ${test.browser}`} test={test} />
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}

function SelfTestRow({ test }: { test: SelfTestView }) {
	const { user, unverified, browser, isFramed, findings, at } = test;
	const when = new Date(at).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	return (
		<li class="health-finding">
			<div class="row-main">
				<strong>{user?.name ?? t(unverified ? "byStranger" : "bySomebody")}</strong>
				<span class="ui-muted">{[when, browser, t(isFramed ? "framed" : "alone")].join(" · ")}</span>
				{findings.length === 0 && <span>{t("testFine")}</span>}
				{findings.map(({ code, values }) => {
					const { cause, cure } = sentencesOf({ code, cause: { say: `${code}.cause`, values } });
					return (
						<span key={code}>
							{cause} {cure} <span class="ui-muted">{code}</span>
						</span>
					);
				})}
			</div>
		</li>
	);
}
