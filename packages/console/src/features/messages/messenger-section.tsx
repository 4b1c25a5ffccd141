import { Banner, Select, TextArea, TextField } from "@inlay/ui";
import { CopyField } from "../../shell/copy-field.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import type { AddressForm } from "./address-form.ts";
import type { AddressModel } from "./address-model.ts";
import { Cobrowse } from "./cobrowse-section.tsx";
import { type AfterEnd, afterEnds, snippetOf } from "./messenger-form.ts";
import { t } from "./strings.ts";

interface Parts {
	model: AddressModel;
	form: AddressForm;
}

/** Where the messenger may stand, how it looks and behaves, and the tag that a page needs. */
export function Messenger({ model, form }: Parts) {
	const { details } = model;
	const refused = (field: string) => refusedFor(details.saving.error.value, `settings.messenger.${field}`);
	return (
		<>
			{model.isNew ? (
				<p class="ui-muted">{t("snippetLater")}</p>
			) : (
				<Section title={t("snippet")} hint={t("snippetHint")}>
					<CopyField label={t("snippet")} value={snippetOf(location.origin, details.base.value?.id ?? "")} rows={3} />
				</Section>
			)}
			<Section title={t("pages")}>
				<TextArea
					label={t("origins")}
					hint={t("originsHint")}
					rows={3}
					value={form.origins}
					error={model.isWrong("origins") ? t("originsProblem") : undefined}
					onInput={(origins) => details.change({ origins })}
				/>
			</Section>
			<Section title={t("looks")}>
				<TextField
					label={t("messengerTitle")}
					hint={t("messengerTitleHint")}
					value={form.title}
					error={model.isWrong("title") ? t("tooLong") : undefined}
					onInput={(title) => details.change({ title })}
				/>
				<TextArea
					label={t("welcome")}
					rows={3}
					value={form.welcome}
					error={model.isWrong("welcome") ? t("tooLong") : undefined}
					onInput={(welcome) => details.change({ welcome })}
				/>
				<TextField
					label={t("color")}
					hint={t("colorHint")}
					value={form.color}
					error={model.isWrong("color") ? t("colorHint") : undefined}
					onInput={(color) => details.change({ color })}
				/>
				<TextArea
					label={t("questions")}
					hint={t("questionsHint")}
					rows={3}
					value={form.questions}
					error={model.isWrong("questions") ? t("questionsProblem") : undefined}
					onInput={(questions) => details.change({ questions })}
				/>
			</Section>
			<Behaviour model={model} form={form} />
			<Section title={t("signIn")} hint={t("signInHint")}>
				{(["issuer", "audience"] as const).map((field) => (
					<TextField
						key={field}
						label={t(field)}
						hint={t(`${field}Hint`)}
						value={form[field]}
						error={model.isWrong(field) ? t("signInProblem") : refused(`signIn.${field}`)}
						onInput={(text) => details.change({ [field]: text })}
					/>
				))}
				<TextArea
					label={t("keys")}
					hint={t("keysHint")}
					rows={4}
					value={form.keys}
					error={model.isWrong("keys") ? t("keysProblem") : refused("signIn.keys")}
					onInput={(keys) => details.change({ keys })}
				/>
			</Section>
			<Cobrowse model={model} form={form} />
		</>
	);
}

function Behaviour({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("behaviour")}>
			<Select
				label={t("typing")}
				value={form.typing}
				options={[
					{ value: "on", text: t("typingOn") },
					{ value: "off", text: t("typingOff") },
				]}
				onChange={(typing) => details.change({ typing: typing === "off" ? "off" : "on" })}
			/>
			<Select
				label={t("files")}
				value={form.files}
				options={[
					{ value: "on", text: t("filesOn") },
					{ value: "off", text: t("filesOff") },
				]}
				onChange={(files) => details.change({ files: files === "off" ? "off" : "on" })}
			/>
			<TextField
				label={t("transcriptFrom")}
				hint={t("transcriptHint")}
				value={form.transcriptFrom}
				error={refusedFor(details.saving.error.value, "settings.messenger.transcriptFrom")}
				onInput={(transcriptFrom) => details.change({ transcriptFrom })}
			/>
			{details.base.value?.mailsTranscript === false && <Banner tone="warn">{t("transcriptUnsent")}</Banner>}
			<Select
				label={t("afterEnd")}
				value={form.afterEnd}
				options={afterEnds.map((value) => ({ value, text: t(value) }))}
				onChange={(afterEnd) => details.change({ afterEnd: afterEnd as AfterEnd })}
			/>
			<TextField
				label={t("sessionMinutes")}
				type="number"
				hint={t("sessionHint")}
				value={form.sessionMinutes}
				error={model.isWrong("sessionMinutes") ? t("sessionProblem") : undefined}
				onInput={(sessionMinutes) => details.change({ sessionMinutes })}
			/>
		</Section>
	);
}
