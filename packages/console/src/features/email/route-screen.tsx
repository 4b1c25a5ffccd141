import { builtInSubstitutions } from "@inlay/contract/responses";
import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { AsideSection } from "./aside-section.tsx";
import type { RouteForm } from "./email-forms.ts";
import type { EmailRouteModel } from "./email-models.ts";
import { MailboxSection } from "./mailbox-section.tsx";
import { r, t } from "./strings.ts";

const names = builtInSubstitutions.map((one) => `{{${one}}}`).join(", ");

interface Parts {
	model: EmailRouteModel;
	form: RouteForm;
}

/** One address for emails, new or existing. */
export function EmailRouteScreen({ model }: { model: EmailRouteModel }) {
	return (
		<ThingScreen
			model={model}
			text={r}
			nameOf={(one) => one.address}
			list={{ screen: "emails" }}
			page={(id) => ({ screen: "email-address", id: `${model.details.base.peek()?.domain ?? ""}/${id}` })}
			beside={["pattern", "fromName"]}
			conflictOf={(field, mine, theirs) => ({
				name: t(`field_${field}`),
				values: { mine: shown(model, field, mine), theirs: shown(model, field, theirs) },
			})}
			below={
				!model.isNew && (
					<>
						<MailboxSection model={model.mailbox} mayChange={model.mayChange} />
						<AsideSection model={model.aside} mayChange={model.mayChange} />
					</>
				)
			}
		>
			{(form) => (
				<>
					<Where model={model} form={form} />
					<Who model={model} form={form} />
					<Outgoing model={model} form={form} />
				</>
			)}
		</ThingScreen>
	);
}

function Where({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("address")}>
			<TextField
				label={t("field_pattern")}
				value={form.pattern}
				error={model.isWrong("pattern") ? t("patternProblem") : refusedFor(details.saving.error.value, "pattern")}
				onInput={(pattern) => details.change({ pattern })}
			/>
			{model.isNew ? (
				<Load from={model.domains}>
					{(domains) => (
						<Select
							label={t("field_domain")}
							value={form.domain}
							options={[
								{ value: "", text: t("chooseDomain") },
								...domains.map(({ id }) => ({ value: id, text: `@${id}` })),
							]}
							error={model.isWrong("domain") ? t("chooseDomain") : undefined}
							onChange={(domain) => details.change({ domain })}
						/>
					)}
				</Load>
			) : (
				<p>@{form.domain}</p>
			)}
		</Section>
	);
}

/** A queue that one cannot see stays, under its id. */
function Who({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("field_queueId")} hint={t("queueHint")}>
			<Load from={model.queues}>
				{(queues) => (
					<Select
						label={t("field_queueId")}
						labelHidden
						value={form.queueId}
						options={[
							{ value: "", text: t("chooseQueue") },
							...queues.map(({ id, name }) => ({ value: id, text: name })),
							...(form.queueId === "" || queues.some(({ id }) => id === form.queueId)
								? []
								: [{ value: form.queueId, text: form.queueId }]),
						]}
						error={model.isWrong("queueId") ? t("chooseQueue") : undefined}
						onChange={(queueId) => details.change({ queueId })}
					/>
				)}
			</Load>
			<TextField
				label={t("field_threadingHours")}
				type="number"
				hint={t("threadingHint")}
				value={form.threadingHours}
				error={model.isWrong("threadingHours") ? t("threadingProblem") : undefined}
				onInput={(threadingHours) => details.change({ threadingHours })}
			/>
			<Checkbox
				label={t("field_holdsSpam")}
				checked={form.holdsSpam}
				onChange={(holdsSpam) => details.change({ holdsSpam })}
			/>
		</Section>
	);
}

function Outgoing({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("outgoing")}>
			<TextField
				label={t("field_fromName")}
				value={form.fromName}
				error={model.isWrong("fromName") ? t("fromProblem") : refusedFor(details.saving.error.value, "fromName")}
				onInput={(fromName) => details.change({ fromName })}
			/>
			<TextArea
				label={t("field_signature")}
				hint={t("signatureHint", { names })}
				rows={3}
				value={form.signature}
				onInput={(signature) => details.change({ signature })}
			/>
			<Checkbox
				label={t("field_hasOwnSignatures")}
				checked={form.hasOwnSignatures}
				onChange={(hasOwnSignatures) => details.change({ hasOwnSignatures })}
			/>
			<Checkbox
				label={t("field_signsOnce")}
				checked={form.signsOnce}
				onChange={(signsOnce) => details.change({ signsOnce })}
			/>
			<TextField
				label={t("field_undoSeconds")}
				type="number"
				hint={t("undoHint")}
				value={form.undoSeconds}
				error={model.isWrong("undoSeconds") ? t("undoProblem") : undefined}
				onInput={(undoSeconds) => details.change({ undoSeconds })}
			/>
			<TextField
				label={t("field_autoBcc")}
				value={form.autoBcc}
				error={refusedFor(details.saving.error.value, "settings.autoBcc")}
				onInput={(autoBcc) => details.change({ autoBcc })}
			/>
		</Section>
	);
}

function shown(model: EmailRouteModel, field: keyof RouteForm, form: RouteForm): string {
	const value = form[field];
	if (typeof value === "boolean") return value ? "✓" : "–";
	if (field !== "queueId") return value;
	return model.queues.value?.find(({ id }) => id === form.queueId)?.name ?? form.queueId;
}
