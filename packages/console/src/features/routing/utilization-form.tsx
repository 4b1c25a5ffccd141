import { Button, Checkbox, TextField } from "@inlay/ui";
import type { Need } from "../../session/rights.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Load } from "../../shell/parts.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { LabelFields } from "./label-fields.tsx";
import { t } from "./strings.ts";
import { type UtilizationForm as Form, type Medium, media, type UtilizationModel } from "./utilization-model.ts";

/** @param lack of what it takes to change it */
export function UtilizationForm({ model, lack }: { model: UtilizationModel; lack: Need | undefined }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const reset = async () => {
		if (await model.reset()) tell(t("saved"));
	};
	return (
		<Load from={model.loaded}>
			{() => (
				<>
					<EditedForm
						model={model}
						lack={lack}
						create={model.isOfPerson && t("saveAsOwn")}
						conflictOf={(field, mine, theirs) => conflictOf(model, field, mine, theirs)}
						onSaved={() => tell(t("saved"))}
					>
						{(form) => (
							<>
								{media.map((medium) => (
									<MediumFields key={medium} model={model} form={form} medium={medium} />
								))}
								<LabelFields model={model} form={form} />
							</>
						)}
					</EditedForm>
					<Failure error={model.resetting.error.value} />
					{model.isOwn.value && !lack && (
						<Button busy={model.resetting.busy.value} onClick={() => void reset()}>
							{t("asEverybody")}
						</Button>
					)}
				</>
			)}
		</Load>
	);
}

/** What several people put into a list fits together, so only numbers and ticks come up. */
function conflictOf(model: UtilizationModel, field: keyof Form, mine: Form, theirs: Form) {
	const [what, part] = field.split(".") as [string, "capacity" | "includeNonAcd" | "interruptedBy"];
	const labels = model.loaded.value?.labels ?? [];
	const nameOf = (id: string) => labels.find((one) => one.id === id)?.name ?? id;
	const isLabel = what.startsWith("label:");
	const one = (value: string) => (isLabel ? nameOf(value) : t(value as Medium));
	const say = (value: string | boolean | readonly string[] = "") =>
		typeof value === "object" ? value.map(one).join(", ") : value;
	const name = isLabel ? t("labelNamed", { name: nameOf(what.slice("label:".length)) }) : t(what as Medium);
	return plainConflict(`${name} · ${t(part)}`, say(mine[field]), say(theirs[field]));
}

function MediumFields({ model, form, medium }: { model: UtilizationModel; form: Form; medium: Medium }) {
	const capacity = `${medium}.capacity` as const;
	const includeNonAcd = `${medium}.includeNonAcd` as const;
	return (
		<fieldset class="ui-stack">
			<legend>{t(medium)}</legend>
			<TextField
				label={t("capacity")}
				type="number"
				value={form[capacity]}
				error={model.isWrong(capacity) ? t("capacityProblem") : undefined}
				onInput={(text) => model.set(capacity, text)}
			/>
			<Checkbox
				label={t("includeNonAcd")}
				checked={form[includeNonAcd]}
				onChange={(isOn) => model.set(includeNonAcd, isOn)}
			/>
			<fieldset class="ui-stack">
				<legend>{t("interruptedBy")}</legend>
				{media
					.filter((other) => other !== medium)
					.map((other) => (
						<Checkbox
							key={other}
							label={t(other)}
							checked={form[`${medium}.interruptedBy`].includes(other)}
							onChange={(isOn) => model.interrupt(medium, other, isOn)}
						/>
					))}
			</fieldset>
		</fieldset>
	);
}
