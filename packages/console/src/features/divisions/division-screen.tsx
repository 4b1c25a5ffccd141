import { Affected } from "../../shell/affected.tsx";
import { NamedFields } from "../../shell/named-fields.tsx";
import { lackText } from "../../shell/need-text.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { holdingsOf } from "./division-form.ts";
import type { DivisionModel } from "./division-model.ts";
import { holdingText, t } from "./strings.ts";

/** One division, new or existing. */
export function DivisionScreen({ model }: { model: DivisionModel }) {
	const division = model.loaded.value;
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "divisions" }}
			page={(id) => ({ screen: "division", id })}
			beside={["name", "description"]}
			isKept={division !== undefined && (division.homeDivision || holdingsOf(division).length > 0)}
			affected={<Losing model={model} />}
			below={!model.isNew && <Held model={model} />}
			conflictOf={(field, mine, theirs) => ({ name: t(field), values: { mine: mine[field], theirs: theirs[field] } })}
		>
			{(form) => <NamedFields model={model} form={form} text={t} />}
		</ThingScreen>
	);
}

/** Whose roles go with it. */
function Losing({ model }: { model: DivisionModel }) {
	const lack = model.lackForHolders();
	if (lack) return <p>{lackText(lack, "Seeing")}</p>;
	return (
		<Load from={model.holders}>
			{({ entities, total }) =>
				total === 0 ? (
					<p>{t("nobodyLoses")}</p>
				) : (
					<Affected
						title={t("losing", { count: total })}
						names={entities.map(({ name, roles }) => t("named", { what: name, count: namesOf(roles) }))}
						total={total}
					/>
				)
			}
		</Load>
	);
}

const namesOf = (roles: ReadonlyArray<{ name: string }>) => roles.map(({ name }) => name).join(", ");

/** What keeps it from being deleted, and how one takes it out. */
function Held({ model }: { model: DivisionModel }) {
	const division = model.loaded.value;
	const holdings = division ? holdingsOf(division) : [];
	return (
		<Section title={t("held")} hint={t(division?.homeDivision ? "homeHint" : "heldHint")}>
			{holdings.length === 0 ? (
				<p class="ui-muted">{t("empty")}</p>
			) : (
				<ul class="plain-list">
					{holdings.map((one) => {
						const text = holdingText(one);
						return <li key={text}>{text}</li>;
					})}
				</ul>
			)}
		</Section>
	);
}
