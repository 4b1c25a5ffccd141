import { Checkbox, Select, TextField } from "@inlay/ui";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { GreetingFields } from "./greeting-section.tsx";
import { groupRings, type OwnerForm, type OwnerVoicemail } from "./owner-model.ts";
import { t } from "./strings.ts";

/** The mailbox of a queue or a group, on its page. */
export function OwnerVoicemailSection({ model }: { model: OwnerVoicemail }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const isLacking = model.lack !== undefined;
	return (
		<Section title={t("title")} hint={t(model.type === "queue" ? "queueHint" : "groupHint")}>
			<Load from={model.loaded}>
				{() => (
					<EditedForm
						model={model}
						lack={model.lack}
						conflictOf={(field, mine, theirs) => plainConflict(t(field), mine[field], theirs[field])}
						onSaved={() => tell(t("saved"))}
					>
						{(form) => <Fields model={model} form={form} />}
					</EditedForm>
				)}
			</Load>
			{/* Whoever may not change it is refused it, too. */}
			{!isLacking && <GreetingFields model={model.greeting} />}
		</Section>
	);
}

function Fields({ model, form }: { model: OwnerVoicemail; form: OwnerForm }) {
	const { details } = model;
	return (
		<>
			<Checkbox label={t("takesMessages")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
			{model.type === "queue" ? (
				<Checkbox
					label={t("whenUnstaffed")}
					checked={form.whenUnstaffed}
					disabled={!form.enabled}
					onChange={(whenUnstaffed) => details.change({ whenUnstaffed })}
				/>
			) : (
				<Ringing model={model} form={form} />
			)}
		</>
	);
}

function Ringing({ model, form }: { model: OwnerVoicemail; form: OwnerForm }) {
	const { details } = model;
	return (
		<>
			<Select
				label={t("ring")}
				value={form.ring}
				options={groupRings.map((value) => ({ value, text: t(value) }))}
				onChange={(ring) => details.change({ ring: ring as OwnerForm["ring"] })}
			/>
			{form.ring !== "none" && (
				<TextField
					label={t("rotateSeconds")}
					type="number"
					value={form.rotateSeconds}
					error={model.isWrong("rotateSeconds") ? t("alertProblem") : undefined}
					onInput={(rotateSeconds) => details.change({ rotateSeconds })}
				/>
			)}
		</>
	);
}
