import { Checkbox, TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Choices } from "../../shell/choices.tsx";
import { type FieldValue, plainConflict } from "../../shell/edited-form.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useRights } from "../../shell/rights.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { ResponseFiles } from "./response-files.tsx";
import { isBuiltIn, namesIn, previewOf, type ResponseForm, showsFiles } from "./response-form.ts";
import type { ResponseModel } from "./response-model.ts";
import { t } from "./strings.ts";

interface Parts {
	model: ResponseModel;
	form: ResponseForm;
}

/** One response, new or existing: what it says, where, and what stands for what is not known. */
export function ResponseScreen({ model }: { model: ResponseModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(one) => one.name}
			list={{ screen: "responses" }}
			page={(id) => ({ screen: "response", id })}
			beside={["name", "texts"]}
			conflictOf={(field, mine, theirs) => plainConflict(t(field), shown(mine[field]), shown(theirs[field]))}
		>
			{(form) => (
				<>
					<About model={model} form={form} />
					<Texts model={model} form={form} />
					<Defaults model={model} form={form} />
					{showsFiles(form) && <ResponseFiles model={model} form={form} />}
				</>
			)}
		</ThingScreen>
	);
}

/** What stands for names of the texts: one a line. */
function shown(value: ResponseForm[keyof ResponseForm]): FieldValue {
	if (Array.isArray(value)) return value.map((one) => (typeof one === "string" ? one : one.name));
	if (typeof value !== "object") return value;
	return Object.entries(value)
		.map(([name, text]) => `{{${name}}}: ${text}`)
		.join("\n");
}

/** Who may not see libraries sees the names of those that it is in. */
function Libraries({ model, form }: Parts) {
	const { details } = model;
	const libraries = useRights().may(needs.viewLibraries) ? model.libraries : undefined;
	if (!libraries) {
		const names = model.details.base.value?.libraries.map(({ id, name }) => name ?? id).join(", ") ?? "";
		return <TextField label={t("libraryIds")} value={names} disabled onInput={() => {}} />;
	}
	return (
		<Load from={libraries}>
			{(found) => (
				<Choices
					legend={t("libraryIds")}
					{...(found.length === 0 ? { hint: t("noLibraries") } : {})}
					{...(model.isWrong("libraryIds") ? { error: t("libraryProblem") } : {})}
					choices={found.map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> }))}
					chosen={form.libraryIds}
					onChange={(libraryIds) => details.change({ libraryIds })}
				/>
			)}
		</Load>
	);
}

function About({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("name")}>
			<TextField
				label={t("name")}
				value={form.name}
				error={model.isWrong("name") ? t("nameProblem") : refusedFor(details.saving.error.value, "name")}
				onInput={(name) => details.change({ name })}
			/>
			<TextField
				label={t("shortcut")}
				hint={t("shortcutHint")}
				value={form.shortcut}
				error={model.isWrong("shortcut") ? t("shortcutProblem") : undefined}
				onInput={(shortcut) => details.change({ shortcut })}
			/>
			<TextField
				label={t("language")}
				hint={t("languageHint")}
				value={form.language}
				error={model.isWrong("language") ? t("languageProblem") : undefined}
				onInput={(language) => details.change({ language })}
			/>
			<Libraries model={model} form={form} />
			<Checkbox
				label={t("isSignature")}
				checked={form.isSignature}
				onChange={(isSignature) => details.change({ isSignature })}
			/>
		</Section>
	);
}

function Texts({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("texts")} hint={t("textsHint")}>
			<TextArea
				label={t("plain")}
				rows={5}
				value={form.plain}
				error={model.isWrong("plain") ? t("textProblem") : refusedFor(details.saving.error.value, "texts")}
				onInput={(plain) => details.change({ plain })}
			/>
			<TextArea label={t("html")} rows={5} value={form.html} onInput={(html) => details.change({ html })} />
			{form.plain !== "" && (
				<section aria-label={t("preview")}>
					<p class="ui-hint">{t("preview")}</p>
					<p style="white-space: pre-wrap">{previewOf(form)}</p>
				</section>
			)}
		</Section>
	);
}

/** One for each name of the texts. */
function Defaults({ model, form }: Parts) {
	const names = namesIn(form);
	if (names.length === 0) return null;
	return (
		<Section title={t("defaults")} hint={t("defaultsHint")}>
			{names
				.toSorted((a, b) => Number(isBuiltIn(a)) - Number(isBuiltIn(b)))
				.map((name) => (
					<TextField
						key={name}
						label={`{{${name}}}`}
						value={form.defaults[name] ?? ""}
						onInput={(text) => model.details.change({ defaults: { ...form.defaults, [name]: text } })}
					/>
				))}
		</Section>
	);
}
