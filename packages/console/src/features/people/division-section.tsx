import { Button, Select } from "@inlay/ui";
import { useState } from "preact/hooks";
import { divisions } from "../../session/divisions.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { Lack, useLack, useRights } from "../../shell/rights.tsx";
import type { PersonFacts, PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** In which division a person is, where there are several; who may change people in both moves them. */
export function DivisionSection({ model, facts: { user } }: { model: PersonModel; facts: PersonFacts }) {
	const rights = useRights();
	const here = user.division?.id ?? "";
	const lack = useLack(inDivision(needs.editPerson, here));
	const [chosen, setChosen] = useState("");
	const others = divisions.value.filter(({ id }) => id !== here && rights.may(inDivision(needs.editPerson, id)));
	if (divisions.value.length < 2 || user.state === "deleted") return null;
	const move = async () => {
		const to = others.find(({ id }) => id === chosen);
		if (!to || !(await model.move(to.id))) return;
		setChosen("");
		tell(t("moved", { name: user.name, division: to.name }));
	};
	return (
		<Section title={t("division")} hint={t("divisionHint")}>
			<p>{t("inDivision", { name: user.division?.name ?? here })}</p>
			<Failure error={model.moving.error.value} />
			<Lack lack={lack} what="Changing" />
			{!lack && others.length > 0 && (
				<>
					<Select
						label={t("moveTo")}
						value={chosen}
						options={[
							{ value: "", text: t("chooseDivision") },
							...others.map(({ id, name }) => ({ value: id, text: name })),
						]}
						onChange={setChosen}
					/>
					<div class="form-actions">
						<Button disabled={chosen === ""} busy={model.moving.busy.value} onClick={() => void move()}>
							{t("move")}
						</Button>
					</div>
				</>
			)}
		</Section>
	);
}
