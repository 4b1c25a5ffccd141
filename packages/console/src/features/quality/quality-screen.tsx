import "./quality.css";
import type { MeasuredCall } from "@inlay/contract";
import { Badge, EmptyState, locale, Select } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Pager } from "../../shell/pager.tsx";
import { Load, Screen } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { useLack } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import { callFigures, type Figure, faultText, soundFigures } from "./figures.ts";
import {
	type FaultKind,
	faultKinds,
	type Period,
	periods,
	type QualityModel,
	type Side,
	sides,
} from "./quality-model.ts";
import { t } from "./strings.ts";

/** So many are counted by the server (`mostFound`). */
const counted = 10_000;

/** Calls that sounded badly: who, when, on which side, how much, and with what. */
export function QualityScreen({ model }: { model: QualityModel }) {
	useAddress(model);
	const { calls } = model;
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<div class="ui-stack">
				<Filters model={model} />
				<Load from={calls.slice}>
					{({ entities, total }) => (
						<>
							{total >= counted && <p role="status">{t("tooMany")}</p>}
							{entities.length === 0 ? (
								<div class="ui-card">
									<EmptyState icon="speaker" title={t("nothing")} />
								</div>
							) : (
								<ul class="rows">
									{entities.map((call) => (
										<Call key={`${call.conversationId} ${call.partId}`} call={call} />
									))}
								</ul>
							)}
						</>
					)}
				</Load>
				<Pager list={calls} />
			</div>
		</Screen>
	);
}

function Filters({ model }: { model: QualityModel }) {
	const lack = useLack(needs.viewPeople);
	return (
		<div class="filters">
			<Select
				label={t("period")}
				value={model.period.value}
				options={periods.map((value) => ({ value, text: t(`days${value}`) }))}
				onChange={(period) => model.choose({ period: period as Period })}
			/>
			<Select
				label={t("kind")}
				value={model.kind.value}
				options={faultKinds.map((value) => ({ value, text: t(value) }))}
				onChange={(kind) => model.choose({ kind: kind as FaultKind })}
			/>
			<Select
				label={t("side")}
				value={model.side.value}
				disabled={["delay", "worst", "every"].includes(model.kind.value)}
				options={sides.map((value) => ({ value, text: t(value) }))}
				onChange={(side) => model.choose({ side: side as Side })}
			/>
			{!lack && (
				<Picker
					list={model.people}
					label={t("agent")}
					searchLabel={t("search")}
					none={t("everybody")}
					chosen={model.agent.value}
					textOf={({ name }) => name}
					onChoose={(agent) => model.choose({ agent })}
				/>
			)}
		</div>
	);
}

function Call({ call }: { call: MeasuredCall }) {
	const lack = useLack(needs.viewPeople);
	const agent = call.userName ?? t("unknown");
	const remote = [call.remote?.name, call.remote?.address].filter(Boolean).join(", ") || t("unknown");
	const text = t("withWhom", { agent, remote });
	const time = new Date(call.startTime).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	return (
		<li class="measured">
			<div class="row-main">
				{lack ? <strong>{text}</strong> : <a href={hrefOf({ screen: "person", id: call.userId })}>{text}</a>}
				<span class="ui-muted">{[time, call.queueName].filter(Boolean).join(" · ")}</span>
			</div>
			<ul class="faults">
				{call.faults.map((fault) => (
					<li key={fault}>
						<Badge tone="warn">{faultText(fault, call)}</Badge>
					</li>
				))}
			</ul>
			<details>
				<summary aria-label={t("allFigures", { agent, time })}>{t("figures")}</summary>
				<div class="figures">
					<Figures title={t("heard")} figures={soundFigures(call.received)} />
					<Figures title={t("said")} figures={soundFigures(call.sent)} />
					<Figures title={t("whole")} figures={callFigures(call)} />
				</div>
			</details>
		</li>
	);
}

function Figures({ title, figures }: { title: string; figures: readonly Figure[] }) {
	return (
		<section>
			<h2>{title}</h2>
			<dl>
				{figures.map(({ name, value }) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>
							<bdi>{value}</bdi>
						</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
