import { Button, Checkbox, TextField } from "@inlay/ui";
import type { ComponentProps } from "preact";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load } from "../../shell/parts.tsx";
import { Allowed } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type Medium, media, type UtilizationModel } from "./routing-model.ts";
import { t } from "./strings.ts";

/** @param lack of what it takes to change it */
export function UtilizationForm({
	model,
	lack,
}: {
	model: UtilizationModel;
	lack: ComponentProps<typeof Allowed>["lack"];
}) {
	useUnsaved(() => model.edited);
	const send = async () => {
		if (await model.save()) tell(t("saved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	const reset = async () => {
		if (await model.reset()) tell(t("saved"));
	};
	return (
		<Load from={model.rules}>
			{() => (
				<Allowed lack={lack}>
					<Form onSend={() => void send()}>
						{media.map((medium) => (
							<MediumFields key={medium} model={model} medium={medium} />
						))}
						<Failure error={model.saving.error.value} />
						<div class="form-actions">
							<Button kind="primary" type="submit" busy={model.saving.busy.value}>
								{model.isOfPerson ? t("saveAsOwn") : shared("save")}
							</Button>
							{model.isOwn.value && (
								<Button busy={model.saving.busy.value} onClick={() => void reset()}>
									{t("asEverybody")}
								</Button>
							)}
						</div>
					</Form>
				</Allowed>
			)}
		</Load>
	);
}

function MediumFields({ model, medium }: { model: UtilizationModel; medium: Medium }) {
	const form = model.form.value?.[medium];
	if (!form) return null;
	return (
		<fieldset class="ui-stack">
			<legend>{t(medium)}</legend>
			<TextField
				label={t("capacity")}
				type="number"
				value={form.capacity}
				error={model.wrong.value.includes(medium) ? t("capacityProblem") : undefined}
				onInput={(capacity) => model.change(medium, { capacity })}
			/>
			<Checkbox
				label={t("includeNonAcd")}
				checked={form.includeNonAcd}
				onChange={(includeNonAcd) => model.change(medium, { includeNonAcd })}
			/>
			<fieldset class="ui-stack">
				<legend>{t("interruptedBy")}</legend>
				{media
					.filter((other) => other !== medium)
					.map((other) => (
						<Checkbox
							key={other}
							label={t(other)}
							checked={form.interruptableMediaTypes.includes(other)}
							onChange={(isOn) => model.interrupt(medium, other, isOn)}
						/>
					))}
			</fieldset>
		</fieldset>
	);
}
