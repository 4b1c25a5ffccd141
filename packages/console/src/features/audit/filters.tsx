import { Button, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Search } from "../../shell/pager.tsx";
import { Picker } from "../../shell/picker.tsx";
import { useLack } from "../../shell/rights.tsx";
import type { AuditModel, Choices } from "./audit-model.ts";
import type { AuditService } from "./audit-wire.ts";
import { t } from "./strings.ts";

/** What entries are narrowed to. */
export function Filters({ model }: { model: AuditModel }) {
	const lack = useLack(needs.viewPeople);
	const choices = model.choices.value;
	const services = model.services.value ?? [];
	const within = services.filter(({ name }) => choices.service === "" || name === choices.service);
	return (
		<>
			<div class="audit-filters">
				<Search list={model.entries} label={t("search")} />
				<Day model={model} name="from" />
				<Day model={model} name="to" />
				{!lack && (
					<Picker
						list={model.people}
						label={t("person")}
						searchLabel={t("searchPeople")}
						none={t("everybody")}
						chosen={model.person.value}
						textOf={({ name }) => name}
						onChoose={(person) => model.choosePerson(person)}
					/>
				)}
				<Choice model={model} name="service" values={services.map(({ name }) => name)} />
				<Choice model={model} name="entity" values={entitiesOf(within)} />
				<Choice model={model} name="action" values={actionsOf(within, choices.entity)} />
				<Select
					label={t("status")}
					value={choices.status}
					options={[
						{ value: "", text: t("all") },
						{ value: "SUCCESS", text: t("SUCCESS") },
						{ value: "FAILURE", text: t("FAILURE") },
					]}
					onChange={(status) => model.choose({ status })}
				/>
			</div>
			{choices.thing !== "" && (
				<p class="audit-thing">
					<span>{t("ofThing", { name: nameOf(model, choices.thing) })}</span>
					<Button onClick={() => model.choose({ thing: "" })}>{t("showAll")}</Button>
				</p>
			)}
		</>
	);
}

function Day({ model, name }: { model: AuditModel; name: "from" | "to" }) {
	return (
		<TextField
			label={t(name)}
			type="date"
			value={model.choices.value[name]}
			onInput={(day) => model.choose({ [name]: day })}
		/>
	);
}

function Choice(props: {
	model: AuditModel;
	name: keyof Choices & ("service" | "entity" | "action");
	values: readonly string[];
}) {
	const { model, name, values } = props;
	const chosen = model.choices.value[name];
	const offered = chosen !== "" && !values.includes(chosen) ? [chosen, ...values] : values;
	return (
		<Select
			label={t(name)}
			value={chosen}
			options={[{ value: "", text: t("all") }, ...offered.map((value) => ({ value, text: value }))]}
			onChange={(value) => model.choose({ [name]: value })}
		/>
	);
}

function entitiesOf(services: readonly AuditService[]): string[] {
	return [...new Set(services.flatMap(({ entities }) => entities.map(({ name }) => name)))].sort();
}

function actionsOf(services: readonly AuditService[], entity: string): string[] {
	const all = services.flatMap(({ entities }) => entities.filter(({ name }) => entity === "" || name === entity));
	return [...new Set(all.flatMap(({ actions }) => actions))].sort();
}

/** As the newest entry calls it. */
function nameOf(model: AuditModel, id: string): string {
	return model.entries.slice.value?.entities.find(({ entity }) => entity.id === id)?.entity.name ?? id;
}
