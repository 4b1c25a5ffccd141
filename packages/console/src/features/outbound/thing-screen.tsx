import { Button, Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { placeOf } from "./kind-names.ts";
import { type Field, kinds, type ThingForm } from "./kinds.ts";
import type { OutboundThingModel } from "./outbound-models.ts";
import { Status } from "./outbound-screen.tsx";
import { t } from "./strings.ts";
import { Numbers, Upload } from "./thing-parts.tsx";

/** One campaign, contact list, DNC list or set of callable times. */
export function OutboundThingScreen({ model }: { model: OutboundThingModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const thing = model.details.base.value;
	const kind = kinds[model.kind];
	const mayRemove = thing && !model.isNew && model.may(kind.remove);
	return (
		<Screen
			title={model.isNew ? t(kind.fresh) : (thing?.name ?? t(kind.title))}
			back={{ to: { screen: "outbound" }, text: t("title") }}
			actions={mayRemove && <Remove model={model} name={thing.name} />}
		>
			<Load from={model.thing}>
				{() => (
					<>
						{model.kind === "campaigns" && !model.isNew && <Running model={model} />}
						<Details model={model} />
						{model.kind === "contactlists" && !model.isNew && <Upload model={model} />}
						{model.kind === "dnclists" && !model.isNew && <Numbers model={model} />}
					</>
				)}
			</Load>
			<Conflict model={model} />
		</Screen>
	);
}

function Running({ model }: { model: OutboundThingModel }) {
	const status = String(model.details.base.value?.campaignStatus);
	const progress = model.progress.value;
	const isOn = status === "on";
	return (
		<div class="ui-stack">
			<p>
				<Status status={status} /> {progress && t("progress", { done: progress.done, total: progress.total })}
			</p>
			{model.may(kinds.campaigns.edit) && (
				<div class="form-actions">
					<Button
						icon="phone"
						busy={model.acting.busy.value}
						disabled={status === "stopping"}
						data-campaign-turn={isOn ? "stop" : "start"}
						onClick={() => void model.turn(!isOn)}
					>
						{t(isOn ? "stop" : "start")}
					</Button>
				</div>
			)}
			<Failure error={model.acting.error.value} />
		</div>
	);
}

function Details({ model }: { model: OutboundThingModel }) {
	const { details } = model;
	const form = details.form.value;
	if (!form) return null;
	const send = async () => {
		const id = await model.save();
		if (id === undefined) return document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		if (model.isNew) leaveTo({ screen: "outbound-thing", id: placeOf(model.kind, id) });
		tell(t("saved", { name: form.name ?? "" }));
	};
	return (
		<Allowed lack={model.lack}>
			<Form onSend={() => void send()}>
				<Section title={t(kinds[model.kind].title)}>
					{kinds[model.kind].fields.map((field) => (
						<OneField key={field.key} model={model} field={field} form={form} />
					))}
				</Section>
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} create={model.isNew && t("create")} />
			</Form>
		</Allowed>
	);
}

function OneField({ model, field, form }: { model: OutboundThingModel; field: Field; form: ThingForm }) {
	const value = form[field.key] ?? "";
	const change = (text: string) => model.details.change({ [field.key]: text });
	const error = model.tried.value && model.problems.value.has(field.key) ? t("problem") : undefined;
	const label = t(field.label);
	switch (field.type) {
		case "check":
			return <Checkbox label={label} checked={value === "true"} onChange={(on) => change(String(on))} />;
		case "choice": {
			const options = field.options.map((one) => ({ value: one, text: t(one) }));
			return <Select label={label} value={value} options={options} onChange={change} />;
		}
		case "one": {
			const known = (model.choices.value[field.of] ?? []).map(({ id, name }) => ({ value: id, text: name }));
			const unseen = value !== "" && !known.some((one) => one.value === value) ? [{ value, text: value }] : [];
			const options = [{ value: "", text: t("none") }, ...known, ...unseen];
			return <Select label={label} value={value} options={options} error={error} onChange={change} />;
		}
		case "several": {
			const known = (model.choices.value[field.of] ?? []).map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> }));
			const chosen = value === "" ? [] : value.split(",");
			return <Choices legend={label} choices={known} chosen={chosen} onChange={(ids) => change(ids.join(","))} />;
		}
		case "lines":
			return <TextArea label={label} value={value} hint={hintOf(field)} error={error} onInput={change} />;
		default:
			return (
				<TextField
					label={label}
					type={field.type === "number" ? "number" : "text"}
					value={value}
					hint={hintOf(field)}
					error={error}
					onInput={change}
				/>
			);
	}
}

function hintOf(field: Field): string | undefined {
	return "hint" in field && field.hint ? t(field.hint) : undefined;
}

function Conflict({ model }: { model: OutboundThingModel }) {
	const { details } = model;
	const conflict = details.conflict.value;
	const form = details.form.value;
	if (!conflict || !form) return null;
	const labels = new Map(kinds[model.kind].fields.map((field) => [field.key, t(field.label)]));
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: labels.get(String(field)) ?? String(field),
				values: { mine: form[field] ?? "", theirs: conflict.theirs[field] ?? "" },
			}))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) tell(t("saved", { name: form.name ?? "" }));
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}

function Remove({ model, name }: { model: OutboundThingModel; name: string }) {
	return (
		<RemoveButton
			label={t("remove")}
			title={t("removeTitle", { name })}
			text={t("removeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "outbound" });
				tell(t("removed", { name }));
			}}
		/>
	);
}
