import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { addressParts, type LocationForm, type OfficeLocation, placeOf, placesFor } from "./location-form.ts";
import type { LocationModel } from "./location-model.ts";
import { t } from "./strings.ts";

/** One place of the organization, new or existing. */
export function LocationScreen({ model }: { model: LocationModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "locations" }}
			page={(id) => ({ screen: "location", id })}
			beside={["name"]}
			conflictOf={(field, mine, theirs) => ({
				name: t(field),
				values: { mine: shown(field, mine, model), theirs: shown(field, theirs, model) },
			})}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: LocationModel; form: LocationForm }) {
	const { details } = model;
	return (
		<>
			<Section title={t("settings")}>
				<TextField
					label={t("name")}
					value={form.name}
					error={model.isWrong("name") ? t("nameProblem") : refusedFor(details.saving.error.value, "name")}
					onInput={(name) => details.change({ name })}
				/>
				<Load from={model.others}>{(all) => <Inside model={model} form={form} all={all} />}</Load>
				<TextArea label={t("notes")} value={form.notes} rows={3} onInput={(notes) => details.change({ notes })} />
				<Checkbox label={t("isActive")} checked={form.isActive} onChange={(isActive) => details.change({ isActive })} />
			</Section>
			<Section title={t("address")}>
				{addressParts.map((part) => (
					<TextField
						key={part}
						label={t(part)}
						value={form[part]}
						onInput={(value) => details.change({ [part]: value })}
					/>
				))}
			</Section>
		</>
	);
}

interface InsideProps {
	model: LocationModel;
	form: LocationForm;
	all: readonly OfficeLocation[];
}

function Inside({ model, form, all }: InsideProps) {
	const id = model.details.base.value?.id ?? "";
	const options = placesFor(id, all).map((one) => ({ value: one.id, text: placeOf(one, all) }));
	return (
		<Select
			label={t("inside")}
			value={form.inside}
			options={[{ value: "", text: t("nowhere") }, ...options.sort((a, b) => a.text.localeCompare(b.text))]}
			onChange={(inside) => model.details.change({ inside })}
		/>
	);
}

function shown(field: keyof LocationForm, form: LocationForm, { others }: LocationModel): string {
	if (field === "isActive") return t(form.isActive ? "isActive" : "inactive");
	if (field !== "inside") return form[field];
	return others.value?.find(({ id }) => id === form.inside)?.name ?? t("nowhere");
}
