import { Button, Checkbox, Select, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { groupRings, type OwnerForm, type OwnerVoicemail } from "./owner-model.ts";
import { t } from "./strings.ts";

/** The mailbox of a queue or a group, on its page. */
export function OwnerVoicemailSection({ model }: { model: OwnerVoicemail }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const isLacking = model.lack !== undefined;
	// Whoever may not change it is refused it, too.
	useEffect(() => {
		if (!isLacking) void model.greeting.load();
	}, [model, isLacking]);
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
			{!isLacking && <Greeting model={model} />}
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

function Greeting({ model }: { model: OwnerVoicemail }) {
	return (
		<Load from={model.greeting}>
			{({ kind, url }) => (
				<div class="ui-stack">
					<p role="status">{t(kind === "recorded" ? "greetingOwn" : "greetingStandard")}</p>
					{/* biome-ignore lint/a11y/useMediaCaption: there is no transcript of a greeting. */}
					{url && <audio controls src={url} crossOrigin="anonymous" aria-label={t("greeting")} />}
					<label class="ui-stack">
						{t("upload")}
						<input
							type="file"
							accept="audio/wav,.wav"
							data-greeting-file
							disabled={model.changing.busy.value}
							onChange={(event) => {
								const file = event.currentTarget.files?.[0];
								if (file) void model.upload(file);
							}}
						/>
					</label>
					<Failure error={model.changing.error.value} />
					{kind === "recorded" && (
						<div class="form-actions">
							<Button busy={model.changing.busy.value} onClick={() => void model.reset()}>
								{t("reset")}
							</Button>
						</div>
					)}
				</div>
			)}
		</Load>
	);
}
