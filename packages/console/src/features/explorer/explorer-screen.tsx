import "./explorer.css";
import type { ExplainedPanel, ExplainedRow } from "@inlay/contract/explained";
import { Banner, EmptyState, Select } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { Load, Screen } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import { causeText } from "../home/cause.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { FeatureTable } from "./feature-table.tsx";
import { GiveDialog } from "./give-dialog.tsx";
import { t } from "./strings.ts";

/** Sixteen features of one person's panel: what shows, and what each is due to. */
export function ExplorerScreen({ model }: { model: ExplorerModel }) {
	useAddress(model);
	useEffect(() => {
		void model.deployments.load();
		void model.roles.load();
	}, [model]);
	const [missing, setMissing] = useState<ExplainedRow | undefined>(undefined);
	const isChosen = model.person.value !== undefined && model.deployment.value !== "";
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<div class="ui-stack">
				<Choices model={model} />
				{isChosen ? (
					<Load from={model.explained}>
						{(panel) => panel && <Explained model={model} panel={panel} onGive={setMissing} />}
					</Load>
				) : (
					<div class="ui-card">
						<EmptyState icon="search" title={t("choose")}>
							<p>{t("chooseHint")}</p>
						</EmptyState>
					</div>
				)}
			</div>
			{missing && <GiveDialog model={model} row={missing} onClose={() => setMissing(undefined)} />}
		</Screen>
	);
}

function Choices({ model }: { model: ExplorerModel }) {
	const lack = useLack(needs.viewDeployments);
	const lackOfPeople = useLack(needs.viewPeople);
	const deployments = model.deployments.value ?? [];
	return (
		<div class="ui-card section">
			<Lack lack={lack} what="Seeing" />
			<Lack lack={lackOfPeople} what="Seeing" />
			<div class="fields-columns">
				{!lackOfPeople && (
					<Picker
						list={model.people}
						label={t("person")}
						searchLabel={t("searchPeople")}
						none={t("choosePerson")}
						chosen={model.person.value}
						textOf={({ name, email }) => (email ? `${name} (${email})` : name)}
						onChoose={(person) => model.choose({ person })}
					/>
				)}
				<Select
					label={t("deployment")}
					value={model.deployment.value}
					options={[
						{ value: "", text: t("chooseDeployment") },
						...deployments.map(({ id, name }) => ({ value: id, text: name })),
					]}
					onChange={(deployment) => model.choose({ deployment })}
				/>
			</div>
		</div>
	);
}

interface ExplainedProps {
	model: ExplorerModel;
	panel: ExplainedPanel;
	onGive: (row: ExplainedRow) => void;
}

function Explained({ model, panel, onGive }: ExplainedProps) {
	const { user, deployment, obstacles } = panel;
	const named = { name: user.name, deployment: deployment.name };
	return (
		<>
			{obstacles.length === 0 ? (
				<Banner tone="good">{t("opens", named)}</Banner>
			) : (
				<Banner tone="bad">
					{t("closed", named)}
					<ul class="plain-list">
						{obstacles.map(({ code }) => (
							<li key={code}>
								{causeText({ kind: code === "user.inactive" ? "sign-in" : "panel", code: inWords(code) })}
							</li>
						))}
					</ul>
				</Banner>
			)}
			<p class="explorer-links">
				<a href={hrefOf({ screen: "person", id: user.id })}>{t("openPerson", user)}</a>
				<a href={hrefOf({ screen: "deployment", id: deployment.id })}>{t("openDeployment", deployment)}</a>
				{panel.client && <a href={hrefOf({ screen: "client", id: panel.client.id })}>{t("signsIn", panel.client)}</a>}
			</p>
			{panel.settings === "unsure" && <Banner tone="info">{t("unsure")}</Banner>}
			<FeatureTable panel={panel} model={model} onGive={onGive} />
		</>
	);
}

/** An inactive account has its sentence among the refused sign-ins. */
function inWords(code: string): string {
	return code === "user.inactive" ? "inactive-user" : code;
}
