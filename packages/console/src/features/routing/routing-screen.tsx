import { Button, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { DecisionsSection } from "./decisions-section.tsx";
import type { AbilitiesModel, Ability, RoutingModel } from "./routing-model.ts";
import { t } from "./strings.ts";
import { UtilizationForm } from "./utilization-form.tsx";

/** Skills, languages, and how much people take at a time. */
export function RoutingScreen({ model }: { model: RoutingModel }) {
	const mayNotSee = useLack(needs.viewUtilization);
	const mayNotManage = useLack(needs.manageUtilization);
	const mayNotAsk = useLack(needs.viewQueues);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Abilities model={model.skills} />
			<Abilities model={model.languages} />
			<Section title={t("utilization")} hint={t("utilizationHint")}>
				<Lack lack={mayNotSee} what="Seeing" />
				{!mayNotSee && <UtilizationForm model={model.utilization} lack={mayNotManage} />}
			</Section>
			{!mayNotAsk && <DecisionsSection model={model.decisions} />}
		</Screen>
	);
}

function Abilities({ model }: { model: AbilitiesModel }) {
	const isSkill = model.kind === "skill";
	const mayNotAdd = useLack(isSkill ? needs.addSkill : needs.manageLanguages);
	const mayNotRemove = useLack(isSkill ? needs.deleteSkill : needs.manageLanguages);
	const add = async () => {
		const name = await model.add();
		if (name !== undefined) tell(t("added", { name }));
	};
	return (
		<Section title={t(isSkill ? "skills" : "languages")} hint={t(isSkill ? "skillsHint" : "languagesHint")}>
			<Load from={model.all}>
				{(all) =>
					all.length === 0 ? (
						<p class="ui-muted">{t(isSkill ? "noSkill" : "noLanguage")}</p>
					) : (
						<ul class="rows">
							{all.map((one) => (
								<Row key={one.id} model={model} ability={one} mayRemove={!mayNotRemove} />
							))}
						</ul>
					)
				}
			</Load>
			<Lack lack={mayNotAdd} what="Adding" />
			{!mayNotAdd && (
				<Form onSend={() => void add()}>
					<TextField
						label={t(isSkill ? "newSkill" : "newLanguage")}
						value={model.name.value}
						onInput={(name) => {
							model.name.value = name;
						}}
					/>
					<Failure error={model.adding.error.value} />
					<div class="form-actions">
						<Button type="submit" icon="plus" busy={model.adding.busy.value}>
							{t("add")}
						</Button>
					</div>
				</Form>
			)}
		</Section>
	);
}

function Row({ model, ability, mayRemove }: { model: AbilitiesModel; ability: Ability; mayRemove: boolean }) {
	const { id, name } = ability;
	return (
		<li>
			<div class="row-main">
				<bdi>{name}</bdi>
			</div>
			{mayRemove && (
				<RemoveButton
					label={t("removeNamed", { name })}
					title={t("removeTitle", { name })}
					text={t("removeText")}
					task={model.removing}
					onConfirm={async () => {
						if (await model.remove(id)) tell(t("removed", { name }));
					}}
				/>
			)}
		</li>
	);
}
