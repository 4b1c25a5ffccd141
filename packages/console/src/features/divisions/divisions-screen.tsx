import { Badge } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { type DivisionThing, holdingsOf } from "./division-form.ts";
import type { DivisionsModel } from "./division-model.ts";
import { holdingText, t } from "./strings.ts";

/** All divisions of the organization. */
export function DivisionsScreen({ model }: { model: DivisionsModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addDivision}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-division" })}
		>
			<Load from={model.divisions}>
				{(divisions) => (
					<ul class="rows">
						{divisions.map((one) => (
							<Row key={one.id} division={one} />
						))}
					</ul>
				)}
			</Load>
		</ListScreen>
	);
}

function Row({ division }: { division: DivisionThing }) {
	const held = holdingsOf(division).map(holdingText);
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "division", id: division.id })}>
					<bdi>{division.name}</bdi>
				</a>
				<span class="ui-muted">{held.length === 0 ? t("empty") : held.join(", ")}</span>
			</div>
			<div class="row-end">{division.homeDivision && <Badge>{t("home")}</Badge>}</div>
		</li>
	);
}
