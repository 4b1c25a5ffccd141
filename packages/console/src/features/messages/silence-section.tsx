import { TextArea, TextField } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import type { AddressForm } from "./address-form.ts";
import type { AddressModel } from "./address-model.ts";
import { t } from "./strings.ts";

/** What is done about customers who leave the agent without an answer. */
export function Silence({ model, form }: { model: AddressModel; form: AddressForm }) {
	const { details } = model;
	const problem = (field: keyof AddressForm) => (model.isWrong(field) ? t("silenceProblem") : undefined);
	return (
		<Section title={t("silence")} hint={t("silenceHint")}>
			<TextField
				label={t("warnMinutes")}
				type="number"
				value={form.warnMinutes}
				error={problem("warnMinutes")}
				onInput={(warnMinutes) => details.change({ warnMinutes })}
			/>
			<TextArea
				label={t("warnText")}
				rows={2}
				value={form.warnText}
				error={problem("warnText")}
				onInput={(warnText) => details.change({ warnText })}
			/>
			<TextField
				label={t("endMinutes")}
				type="number"
				value={form.endMinutes}
				error={problem("endMinutes")}
				onInput={(endMinutes) => details.change({ endMinutes })}
			/>
			<TextArea
				label={t("endText")}
				rows={2}
				value={form.endText}
				error={problem("endText")}
				onInput={(endText) => details.change({ endText })}
			/>
		</Section>
	);
}
