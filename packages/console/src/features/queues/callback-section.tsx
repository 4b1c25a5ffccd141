import { Checkbox, Select, TextField } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import { afterOwners, afterRetries, type CallbackForm, callbackModes, callbackNumbers } from "./callback-form.ts";
import type { QueueForm } from "./queue-form.ts";
import type { QueueModel } from "./queues-model.ts";
import { t } from "./strings.ts";

interface Part {
	model: QueueModel;
	form: QueueForm;
}

/** How the callbacks of a queue are made, and whether agents own some. */
export function CallbackSection(part: Part) {
	const { form } = part;
	const change = (changes: Partial<CallbackForm>) => part.model.details.change(changes);
	return (
		<Section title={t("callbacks")}>
			<Select
				label={t("callbackMode")}
				value={form.callbackMode}
				options={callbackModes.map((value) => ({ value, text: t(value) }))}
				onChange={(value) => change({ callbackMode: value as CallbackForm["callbackMode"] })}
			/>
			{form.callbackMode === "CustomerFirst" && (
				<>
					<Whole {...part} field="retries" />
					<Whole {...part} field="retrySeconds" />
					<Select
						label={t("afterRetries")}
						value={form.afterRetries}
						options={afterRetries.map((value) => ({ value, text: t(value) }))}
						onChange={(value) => change({ afterRetries: value as CallbackForm["afterRetries"] })}
					/>
				</>
			)}
			<Checkbox label={t("automatic")} checked={form.automatic} onChange={(automatic) => change({ automatic })} />
			{form.automatic && (
				<>
					<Whole {...part} field="dialSeconds" />
					<Whole {...part} field="endSeconds" />
				</>
			)}
			<Checkbox
				label={t("queueChoice")}
				checked={form.queueChoice}
				onChange={(queueChoice) => change({ queueChoice })}
			/>
			<Checkbox label={t("owned")} checked={form.owned} onChange={(owned) => change({ owned })} />
			{form.owned && (
				<>
					<Whole {...part} field="ownedHours" />
					<Whole {...part} field="aheadHours" />
					<Select
						label={t("afterOwner")}
						value={form.afterOwner}
						options={afterOwners.map((value) => ({ value, text: t(value) }))}
						onChange={(value) => change({ afterOwner: value as CallbackForm["afterOwner"] })}
					/>
				</>
			)}
		</Section>
	);
}

function Whole({ field, model, form }: Part & { field: keyof typeof callbackNumbers }) {
	const [from, to] = callbackNumbers[field];
	return (
		<TextField
			label={t(field)}
			type="number"
			value={form[field]}
			error={model.isWrong(field) ? t("wholeNumber", { from, to }) : undefined}
			onInput={(value) => model.details.change({ [field]: value })}
		/>
	);
}
