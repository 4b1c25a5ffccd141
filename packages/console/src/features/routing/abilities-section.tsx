import { Button, Select } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import type { PersonAbilities } from "./person-abilities.ts";
import { t } from "./strings.ts";

/** What skills, or languages, a person has, and how well. */
export function AbilitiesSection({ model, divisionId }: { model: PersonAbilities; divisionId: string | undefined }) {
	const isSkill = model.kind === "skill";
	const lack = useLack(inDivision(isSkill ? needs.assignSkills : needs.assignLanguages, divisionId));
	return (
		<Section title={t(isSkill ? "skills" : "languages")} hint={t("personSkillsHint")}>
			<Failure error={model.changing.error.value} />
			<Load from={model.own}>
				{(own) =>
					own.length === 0 ? (
						<p class="ui-muted">{t("noneOfTheirs")}</p>
					) : (
						<ul class="rows">
							{own.map(({ id, name, proficiency }) => (
								<li key={id}>
									<div class="row-main">
										<bdi>{name}</bdi>
										<span class="ui-muted">{`${t("proficiency")}: ${proficiency}`}</span>
									</div>
									{!lack && (
										<Button
											size="small"
											aria-label={t("takeNamed", { name })}
											busy={model.changing.busy.value}
											onClick={() => void model.take(id)}
										>
											{t("take")}
										</Button>
									)}
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Lack lack={lack} what="Changing" />
			{!lack && <Give model={model} />}
		</Section>
	);
}

const levels = ["0", "1", "2", "3", "4", "5"];

function Give({ model }: { model: PersonAbilities }) {
	useEffect(() => void model.all.load(), [model]);
	const all = model.all.value ?? [];
	if (all.length === 0) return null;
	return (
		<div class="ui-stack">
			<Select
				label={t(model.kind === "skill" ? "skills" : "languages")}
				value={model.chosen.value}
				options={[{ value: "", text: t("choose") }, ...all.map(({ id, name }) => ({ value: id, text: name }))]}
				onChange={(id) => {
					model.chosen.value = id;
				}}
			/>
			<Select
				label={t("proficiency")}
				value={model.proficiency.value}
				options={levels.map((value) => ({ value, text: value }))}
				onChange={(value) => {
					model.proficiency.value = value;
				}}
			/>
			<div class="form-actions">
				<Button busy={model.changing.busy.value} onClick={() => void model.give()}>
					{t("give")}
				</Button>
			</div>
		</div>
	);
}
