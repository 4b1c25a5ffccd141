import { Select, TextArea, TextField } from "@inlay/ui";
import { CopyField } from "../../shell/copy-field.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { type AddressForm, isElsewhere } from "./address-form.ts";
import { type AddressModel, addressesPath } from "./address-model.ts";
import { t } from "./strings.ts";

interface Parts {
	model: AddressModel;
	form: AddressForm;
}

/** How a carrier of texts is told by HTTP, and where it tells (docs/messages.md). */
export function Carrier({ model, form }: Parts) {
	const { details } = model;
	const id = details.base.value?.id ?? "";
	const kept = details.base.value?.settings.carrier?.hasAuthorization;
	const refused = (field: string) => refusedFor(details.saving.error.value, `settings.carrier.${field}`);
	return (
		<Section title={t("carrier")} hint={t("carrierHint")}>
			{model.isNew ? (
				<p class="ui-muted">{t("inboundLater")}</p>
			) : (
				<CopyField label={t("inboundUrl")} value={`${location.origin}${addressesPath}/${id}/inbound`} />
			)}
			<TextField
				label={t("authorization")}
				type="password"
				autoComplete="off"
				hint={
					kept && isElsewhere(form, details.base.value)
						? shared("secretAgain")
						: t(kept ? "secretKept" : "authorizationHint")
				}
				value={form.authorization}
				error={refused("authorization")}
				onInput={(authorization) => details.change({ authorization })}
			/>
			<Select
				label={t("numbers")}
				value={form.numbers}
				options={[
					{ value: "written", text: t("numbersWritten") },
					{ value: "bare", text: t("numbersBare") },
				]}
				onChange={(numbers) => details.change({ numbers: numbers as AddressForm["numbers"] })}
			/>
			<TextArea
				label={t("request")}
				hint={t("requestHint")}
				rows={7}
				value={form.request}
				error={model.isWrong("request") ? t("requestProblem") : refused("request")}
				onInput={(request) => details.change({ request })}
			/>
			<TextField
				label={t("idPath")}
				hint={t("idPathHint")}
				value={form.idPath}
				error={model.isWrong("idPath") ? t("pathProblem") : refused("idPath")}
				onInput={(idPath) => details.change({ idPath })}
			/>
			<TextArea
				label={t("inbound")}
				hint={t("inboundHint")}
				rows={6}
				value={form.inbound}
				error={model.isWrong("inbound") ? t("pathProblem") : refused("inbound.from") || refused("inbound.id")}
				onInput={(inbound) => details.change({ inbound })}
			/>
		</Section>
	);
}

/** Whether pictures go by a number, whoever carries it. */
export function Pictures({ model, form }: Parts) {
	return (
		<Select
			label={t("mms")}
			value={form.mms}
			options={[
				{ value: "off", text: t("mmsOff") },
				{ value: "on", text: t("mmsOn") },
			]}
			onChange={(value) => model.details.change({ mms: value as AddressForm["mms"] })}
		/>
	);
}
