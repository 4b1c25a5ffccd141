import { Select, TextArea, TextField } from "@inlay/ui";
import type { Queue } from "../../session/wire.ts";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { type AddressForm, type Channel, channels, isElsewhere, type Provider, providersOf } from "./address-form.ts";
import type { AddressModel } from "./address-model.ts";
import { Carrier, Pictures } from "./carrier-section.tsx";
import { Messenger } from "./messenger-section.tsx";
import { Silence } from "./silence-section.tsx";
import { t } from "./strings.ts";

interface Parts {
	model: AddressModel;
	form: AddressForm;
}

/** One address by which customers write, new or existing. */
export function AddressScreen({ model }: { model: AddressModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(one) => one.name}
			list={{ screen: "messages" }}
			page={(id) => ({ screen: "message-address", id })}
			beside={["name", "address"]}
			conflictOf={(field, mine, theirs) => conflictOf(field, mine, theirs, model.queues.value ?? [])}
		>
			{(form) => (
				<>
					<What model={model} form={form} />
					<Who model={model} form={form} />
					<Silence model={model} form={form} />
					{form.channel === "sms" && <Keywords model={model} form={form} />}
					{(form.channel === "open" || form.provider === "http") && <Webhook model={model} form={form} />}
					{form.provider === "http" && <Carrier model={model} form={form} />}
					{form.channel === "webmessaging" && <Messenger model={model} form={form} />}
				</>
			)}
		</ThingScreen>
	);
}

const carriers = { http: "byHttp", open: "byOpen", simulator: "bySimulator", web: "byWeb" } as const;

/** What it is stays, once it is made; its name does not. */
function What({ model, form }: Parts) {
	const { details } = model;
	const refused = (field: "name" | "address") => refusedFor(details.saving.error.value, field);
	return (
		<Section title={t("address")}>
			<TextField
				label={t("name")}
				value={form.name}
				error={model.isWrong("name") ? t("nameProblem") : refused("name")}
				onInput={(name) => details.change({ name })}
			/>
			{model.isNew ? (
				<>
					<Select
						label={t("channel")}
						value={form.channel}
						options={channels.map((value) => ({ value, text: t(value) }))}
						onChange={(value) => {
							const channel = value as Channel;
							details.change({ channel, provider: providersOf[channel][0] });
						}}
					/>
					{form.channel !== "webmessaging" && (
						<TextField
							label={t("address")}
							hint={t("addressHint")}
							value={form.address}
							error={model.isWrong("address") ? t("addressProblem") : refused("address")}
							onInput={(address) => details.change({ address })}
						/>
					)}
				</>
			) : (
				<p>
					{t(form.channel)}
					{form.channel !== "webmessaging" && (
						<>
							, <bdi>{form.address}</bdi>
						</>
					)}
				</p>
			)}
			<ProvidedBy model={model} form={form} />
			{form.channel === "sms" && <Pictures model={model} form={form} />}
		</Section>
	);
}

/** Where several may, the choice is there until it is made. */
function ProvidedBy({ model, form }: Parts) {
	const all = providersOf[form.channel];
	if (model.isNew && all.length > 1)
		return (
			<Select
				label={t("provider")}
				value={form.provider}
				options={all.map((value) => ({ value, text: t(carriers[value]) }))}
				error={refusedFor(model.details.saving.error.value, "provider")}
				onChange={(value) => model.details.change({ provider: value as Provider })}
			/>
		);
	return (
		<p class="ui-muted">
			{t("provider")}: {t(carriers[form.provider])}
		</p>
	);
}

function Who({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("queueId")} hint={t("queueHint")}>
			<Load from={model.queues}>{(queues) => <Queues model={model} form={form} queues={queues} />}</Load>
			<TextField
				label={t("threadingHours")}
				type="number"
				hint={t("threadingHint")}
				value={form.threadingHours}
				error={model.isWrong("threadingHours") ? t("threadingProblem") : undefined}
				onInput={(threadingHours) => details.change({ threadingHours })}
			/>
		</Section>
	);
}

/** A queue that one cannot see stays, under its id. */
function Queues({ model, form, queues }: Parts & { queues: readonly Queue[] }) {
	const isUnseen = form.queueId !== "" && !queues.some(({ id }) => id === form.queueId);
	return (
		<Select
			label={t("queueId")}
			labelHidden
			value={form.queueId}
			options={[
				{ value: "", text: t("chooseQueue") },
				...queues.map(({ id, name }) => ({ value: id, text: name })),
				...(isUnseen ? [{ value: form.queueId, text: form.queueId }] : []),
			]}
			error={model.isWrong("queueId") ? t("chooseQueue") : undefined}
			onChange={(queueId) => model.details.change({ queueId })}
		/>
	);
}

function Webhook({ model, form }: Parts) {
	const { details } = model;
	const hasSecret = details.base.value?.settings.hasSecret;
	return (
		<Section title={t("webhook")} hint={t(form.provider === "http" ? "webhookHttpHint" : "webhookHint")}>
			<TextField
				label={t("webhookUrl")}
				type="url"
				value={form.webhookUrl}
				error={
					model.isWrong("webhookUrl")
						? t("webhookProblem")
						: refusedFor(details.saving.error.value, "settings.webhookUrl")
				}
				onInput={(webhookUrl) => details.change({ webhookUrl })}
			/>
			<TextField
				label={t("secret")}
				type="password"
				autoComplete="off"
				hint={
					hasSecret && isElsewhere(form, details.base.value)
						? shared("secretAgain")
						: t(hasSecret ? "secretKept" : "secretHint")
				}
				value={form.secret}
				error={model.isWrong("secret") ? t("secretProblem") : refusedFor(details.saving.error.value, "settings.secret")}
				onInput={(secret) => details.change({ secret })}
			/>
		</Section>
	);
}

function Keywords({ model, form }: Parts) {
	return (
		<Section title={t("keywords")} hint={t("keywordsHint")}>
			{(["optOutText", "optInText", "helpText"] as const).map((field) => (
				<TextArea
					key={field}
					label={t(field)}
					rows={2}
					value={form[field]}
					error={model.isWrong(field) ? t("keywordProblem") : undefined}
					onInput={(text) => model.details.change({ [field]: text })}
				/>
			))}
		</Section>
	);
}

function conflictOf(
	field: keyof AddressForm,
	mine: AddressForm,
	theirs: AddressForm,
	queues: readonly Queue[],
): ConflictingField {
	const shown = (form: AddressForm) => {
		if (field === "queueId") return queues.find(({ id }) => id === form.queueId)?.name ?? form.queueId;
		if (field === "channel") return t(form.channel);
		if (field === "typing") return t(form.typing === "on" ? "typingOn" : "typingOff");
		if (field === "files") return t(form.files === "on" ? "filesOn" : "filesOff");
		if (field === "afterEnd") return t(form.afterEnd);
		if (field === "secret" || field === "authorization") return form[field].replace(/./g, "•");
		if (field === "mms") return t(form.mms === "on" ? "mmsOn" : "mmsOff");
		return form[field];
	};
	return {
		name: t(field === "title" ? "messengerTitle" : field),
		values: { mine: shown(mine), theirs: shown(theirs) },
	};
}
