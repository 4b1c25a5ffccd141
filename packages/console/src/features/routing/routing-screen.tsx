import { Button, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { AbilitiesModel, Ability } from "./abilities.ts";
import { DecisionsSection } from "./decisions-section.tsx";
import type { RoutingModel } from "./routing-model.ts";
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
			{!mayNotSee && <Abilities model={model.labels} />}
			<Section title={t("utilization")} hint={t("utilizationHint")}>
				<Lack lack={mayNotSee} what="Seeing" />
				{!mayNotSee && <UtilizationForm model={model.utilization} lack={mayNotManage} />}
			</Section>
			{!mayNotAsk && <DecisionsSection model={model.decisions} />}
		</Screen>
	);
}

const kinds = {
	skill: {
		texts: { title: "skills", hint: "skillsHint", none: "noSkill", fresh: "newSkill", remove: "removeText" },
		add: needs.addSkill,
		remove: needs.deleteSkill,
	},
	language: {
		texts: {
			title: "languages",
			hint: "languagesHint",
			none: "noLanguage",
			fresh: "newLanguage",
			remove: "removeText",
		},
		add: needs.manageLanguages,
		remove: needs.manageLanguages,
	},
	label: {
		texts: { title: "labels", hint: "labelsHint", none: "noLabel", fresh: "newLabel", remove: "removeLabelText" },
		add: needs.manageUtilization,
		remove: needs.manageUtilization,
	},
} as const;

function Abilities({ model }: { model: AbilitiesModel }) {
	const { texts, add: toAdd, remove: toRemove } = kinds[model.kind];
	const mayNotAdd = useLack(toAdd);
	const mayNotRemove = useLack(toRemove);
	const refused = model.adding.error.value;
	useUnsaved(() => model.name.peek().trim() !== "");
	const add = async () => {
		const name = await model.add();
		if (name !== undefined) tell(t("added", { name }));
	};
	return (
		<Section title={t(texts.title)} hint={t(texts.hint)}>
			<Load from={model.all}>
				{(all) =>
					all.length === 0 ? (
						<p class="ui-muted">{t(texts.none)}</p>
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
						label={t(texts.fresh)}
						value={model.name.value}
						error={refusedFor(refused, "name")}
						onInput={(name) => {
							model.name.value = name;
							model.adding.forget();
						}}
					/>
					<Failure error={failureBeside(refused, "name")} />
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
					text={t(kinds[model.kind].texts.remove)}
					task={model.removing}
					onConfirm={async () => {
						if (await model.remove(id)) tell(t("removed", { name }));
					}}
				/>
			)}
		</li>
	);
}
