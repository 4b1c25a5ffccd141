import { Checkbox, type Language, languages, locale, Select, TextField } from "@inlay/ui";
import { divisionName, divisions } from "../../session/divisions.ts";
import { everyDivision } from "../../session/rights.ts";
import { ConflictDialog, type ConflictingField } from "../../shell/conflict-dialog.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { choosable, type StatusForm, seenIn } from "./status-form.ts";
import type { StatusModel } from "./status-model.ts";
import { statusName, systemName } from "./status-name.ts";
import { t } from "./strings.ts";

/** One status of the organization's own, new or existing. */
export function StatusScreen({ model }: { model: StatusModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const status = model.details.base.value;
	return (
		<Screen
			title={model.isNew ? t("addTitle") : status ? statusName(status) : t("title")}
			back={{ to: { screen: "statuses" }, text: t("all") }}
			actions={status && !model.isNew && !model.lackToDelete && <Remove model={model} name={statusName(status)} />}
		>
			<Load from={model.status}>{() => <Details model={model} />}</Load>
			<Conflict model={model} />
		</Screen>
	);
}

function Details({ model }: { model: StatusModel }) {
	const { details } = model;
	const form = details.form.value;
	const error = details.saving.error.value;
	if (!form) return null;
	const send = async () => {
		const id = await model.save();
		if (id) saved(model);
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Allowed lack={model.lack}>
			<Form onSend={() => void send()}>
				<Section title={t("labels")} hint={t("labelsHint")}>
					<Labels model={model} form={form} />
				</Section>
				<Section title={t("beneath")}>
					<Kind model={model} form={form} />
				</Section>
				<Failure error={failureBeside(error, "languageLabels")} />
				<SaveButton details={details} create={model.isNew && t("create")} />
			</Form>
		</Allowed>
	);
}

/** The reader's own language first: most need no more. */
function Labels({ model, form }: { model: StatusModel; form: StatusForm }) {
	const own = languages.find((language) => language === locale.value.split("-")[0]) ?? "en";
	const ordered = [own, ...languages.filter((language) => language !== own)];
	const missing = model.tried.value && model.labelMissing.value ? t("labelProblem") : undefined;
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

function Conflict({ model }: { model: StatusModel }) {
	const { details } = model;
	const conflict = details.conflict.value;
	const form = details.form.value;
	if (!conflict || !form) return null;
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => conflictField(field, form, conflict.theirs))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) saved(model);
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}

function conflictField(field: keyof StatusForm, mine: StatusForm, theirs: StatusForm): ConflictingField {
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

function Remove({ model, name }: { model: StatusModel; name: string }) {
	return (
		<RemoveButton
			label={t("remove")}
			title={t("removeTitle", { name })}
			text={t("removeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "statuses" });
				tell(t("removed", { name }));
			}}
		/>
	);
}

function saved(model: StatusModel): void {
	const status = model.details.base.peek();
	if (!status) return;
	if (model.isNew) leaveTo({ screen: "status", id: status.id });
	tell(t(model.isNew ? "created" : "saved", { name: statusName(status) }));
}

function placeName(divisionId: string): string {
	return divisionId === everyDivision ? t("everyDivision") : divisionName(divisionId);
}

function languageName(language: Language): string {
	return new Intl.DisplayNames([locale.value], { type: "language" }).of(language) ?? language;
}
