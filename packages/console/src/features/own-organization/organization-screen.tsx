import { locale, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import {
	countryChoices,
	languageName,
	type OrganizationForm,
	type OwnOrganizationModel,
} from "./organization-model.ts";
import { t } from "./strings.ts";

/** What the organization is called, which language it speaks, and in which country its numbers are. */
export function OwnOrganizationScreen({ model }: { model: OwnOrganizationModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editSignInRules}
			title={t("title")}
			lead={t("lead")}
			saved={t("saved")}
			nameOf={(field) => t(field)}
		>
			{(form) => <Fields model={model} form={form} />}
		</SettingsScreen>
	);
}

function Fields({ model, form }: { model: OwnOrganizationModel; form: OrganizationForm }) {
	const { details } = model;
	const error = details.saving.error.value;
	return (
		<Section title={t("title")}>
			<TextField
				label={t("name")}
				value={form.name}
				required
				error={model.isWrong("name") ? t("nameProblem") : refusedFor(error, "name")}
				onInput={(name) => details.change({ name })}
			/>
			<TextField
				label={t("defaultLanguage")}
				value={form.defaultLanguage}
				hint={languageHint(form.defaultLanguage)}
				error={model.isWrong("defaultLanguage") ? t("languageProblem") : refusedFor(error, "defaultLanguage")}
				onInput={(defaultLanguage) => details.change({ defaultLanguage })}
			/>
			<Select
				label={t("defaultCountryCode")}
				value={form.defaultCountryCode}
				options={countryChoices(locale.value, form.defaultCountryCode)}
				error={refusedFor(error, "defaultCountryCode")}
				onChange={(defaultCountryCode) => details.change({ defaultCountryCode })}
			/>
			<p class="ui-muted">{t("countryHint")}</p>
		</Section>
	);
}

/** What the text means, and where English is spoken to callers all the same. */
function languageHint(tag: string): string {
	const language = languageName(tag, locale.value);
	if (language === undefined) return t("languageHint");
	return /^en\b/i.test(tag.trim()) ? language : t("languageIs", { language });
}
