import { Checkbox, type Language, languages, locale, Select, TextField } from "@inlay/ui";
import { divisionName, divisions } from "../../session/divisions.ts";
import { everyDivision } from "../../session/rights.ts";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { choosable, type StatusForm, seenIn } from "./status-form.ts";
import type { StatusModel } from "./status-model.ts";
import { statusName, systemName } from "./status-name.ts";
import { t } from "./strings.ts";

/** One status of the organization's own, new or existing. */
export function StatusScreen({ model }: { model: StatusModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={statusName}
			list={{ screen: "statuses" }}
			page={(id) => ({ screen: "status", id })}
			conflictOf={conflictOf}
			beside={["languageLabels"]}
		>
			{(form) => (
				<>
					<Section title={t("labels")} hint={t("labelsHint")}>
						<Labels model={model} form={form} />
					</Section>
					<Section title={t("beneath")}>
						<Kind model={model} form={form} />
					</Section>
				</>
			)}
		</ThingScreen>
	);
}

/** The reader's own language first: most need no more. */
function Labels({ model, form }: { model: StatusModel; form: StatusForm }) {
	const own = languages.find((language) => language === locale.value.split("-")[0]) ?? "en";
	const ordered = [own, ...languages.filter((language) => language !== own)];
	const missing = model.isWrong(own) ? t("labelProblem") : undefined;
	const refused = refusedFor(model.details.saving.error.value, "languageLabels");
	return (
		<div class="fields-columns from-top">
			{ordered.map((language, index) => {
				const seen = form[language].trim() === "" ? seenIn(form, language) : "";
				return (
					<TextField
						key={language}
						label={languageName(language)}
						value={form[language]}
						hint={seen === "" ? undefined : t("seen", { label: seen })}
						error={index === 0 ? (missing ?? refused) : undefined}
						onInput={(text) => model.details.change({ [language]: text })}
					/>
				);
			})}
		</div>
	);
}

function Kind({ model, form }: { model: StatusModel; form: StatusForm }) {
	const { details } = model;
	const names = [...new Set([...choosable, form.systemPresence])];
	const places = model.placesAmong(divisions.value);
	return (
		<>
			<Select
				label={t("beneath")}
				labelHidden
				value={form.systemPresence}
				disabled={!model.isNew}
				hint={t("beneathHint")}
				options={names.map((value) => ({ value, text: systemName(value) }))}
				onChange={(systemPresence) => details.change({ systemPresence })}
			/>
			<Select
				label={t("where")}
				value={form.divisionId}
				hint={t("whereHint")}
				options={places.map((value) => ({ value, text: placeName(value) }))}
				onChange={(divisionId) => details.change({ divisionId })}
			/>
			<Checkbox label={t("active")} checked={form.active} onChange={(active) => details.change({ active })} />
			<p class="ui-muted">{t("activeHint")}</p>
		</>
	);
}

function conflictOf(field: keyof StatusForm, mine: StatusForm, theirs: StatusForm): ConflictingField {
	if (field === "active") {
		const say = (form: StatusForm) => shared(form.active ? "yes" : "no");
		return { name: t("active"), values: { mine: say(mine), theirs: say(theirs) } };
	}
	if (field === "divisionId") {
		return { name: t("where"), values: { mine: placeName(mine[field]), theirs: placeName(theirs[field]) } };
	}
	const name = field === "systemPresence" ? t("beneath") : languageName(field);
	return { name, values: { mine: mine[field], theirs: theirs[field] } };
}

function placeName(divisionId: string): string {
	return divisionId === everyDivision ? t("everyDivision") : divisionName(divisionId);
}

function languageName(language: Language): string {
	return new Intl.DisplayNames([locale.value], { type: "language" }).of(language) ?? language;
}
