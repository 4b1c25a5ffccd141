import { Button, Select } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { DivisionMove } from "../session/division-move.ts";
import { divisions } from "../session/divisions.ts";
import { inDivision } from "../session/needs.ts";
import { everyDivision, type Need } from "../session/rights.ts";
import { tell } from "./notice.ts";
import { Failure, Section } from "./parts.tsx";
import { useLack, useRights } from "./rights.tsx";
import { t } from "./strings.ts";

interface Props {
	/** Absent for what is new. */
	moving: DivisionMove | undefined;
	/** Absent until it is read. */
	of: { name: string; division?: { id: string; name?: string } } | undefined;
	/** What changing it takes. */
	need: Need;
	/** What being there means; said of things unless told. */
	hint?: string;
}

/** In which division something is, where there are several; who may change it in both moves it. What is lacked for that, its form says. */
export function DivisionSection({ moving, of, need, hint = t("divisionOfThings") }: Props) {
	const rights = useRights();
	useEffect(() => void moving?.readPlaces(), [moving]);
	const { name = "", division } = of ?? {};
	const here = division?.id ?? "";
	const lack = useLack(inDivision(need, here));
	const [chosen, setChosen] = useState("");
	const others = divisions.value.filter(({ id }) => id !== here && rights.may(inDivision(need, id)));
	// What is in every division is nowhere that it could be moved from.
	if (!moving || divisions.value.length < 2 || here === "" || here === everyDivision) return null;
	const move = async () => {
		const to = others.find(({ id }) => id === chosen);
		if (!to || !(await moving.to(to.id))) return;
		setChosen("");
		tell(t("divisionMoved", { name, division: to.name }));
	};
	return (
		<Section title={t("division")} hint={hint}>
			<p>{t("isInDivision", { name: division?.name || here })}</p>
			<Failure error={moving.task.error.value} />
			{!lack && others.length > 0 && (
				<>
					<Select
						label={t("moveToDivision")}
						value={chosen}
						options={[
							{ value: "", text: t("chooseDivision") },
							...others.map((one) => ({ value: one.id, text: one.name })),
						]}
						onChange={setChosen}
					/>
					<div class="form-actions">
						<Button disabled={chosen === ""} busy={moving.task.busy.value} onClick={() => void move()}>
							{t("moveDivision")}
						</Button>
					</div>
				</>
			)}
		</Section>
	);
}
