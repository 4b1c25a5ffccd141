import { Button, Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { divisions } from "../../session/divisions.ts";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { type GiftRow, rowOf, rowText } from "./provider-form.ts";
import type { Givable } from "./provider-model.ts";
import type { Parts } from "./provider-screen.tsx";
import { t } from "./strings.ts";

/** Who may sign in, who gets an account, and what groups give. */
export function Mapping({ model, form }: Parts) {
	const { details } = model;
	return (
		<>
			<Section title={t("people")}>
				<TextArea
					label={t("field_allowedGroups")}
					hint={t("allowedGroupsHint")}
					rows={3}
					value={form.allowedGroups}
					onInput={(allowedGroups) => details.change({ allowedGroups })}
				/>
				<Checkbox
					label={t("field_createsPeople")}
					checked={form.createsPeople}
					onChange={(createsPeople) => details.change({ createsPeople })}
				/>
				{form.createsPeople && (
					<Select
						label={t("field_divisionId")}
						value={form.divisionId}
						options={[{ value: "", text: t("homeDivision") }, ...divisionOptions()]}
						onChange={(divisionId) => details.change({ divisionId })}
					/>
				)}
			</Section>
			<Section title={t("field_gifts")} hint={t("giftsHint")}>
				<Load from={model.givable}>{(givable) => <Rows model={model} form={form} givable={givable} />}</Load>
				<p class="ui-error" role="alert">
					{model.isWrong("gifts") ? t("giftsProblem") : refusedFor(details.saving.error.value, "gifts")}
				</p>
			</Section>
		</>
	);
}

function Rows({ model, form, givable }: Parts & { givable: readonly Givable[] }) {
	const rows = form.gifts.map(rowOf);
	const change = (next: GiftRow[]) => model.details.change({ gifts: next.map(rowText) });
	return (
		<>
			{rows.map((row, at) => (
				<Row
					// A row has nothing but its place that stays while it is typed.
					key={at}
					row={row}
					number={at + 1}
					givable={givable}
					onChange={(part) => change(rows.map((one, other) => (other === at ? { ...one, ...part } : one)))}
					onRemove={() => change(rows.filter((_one, other) => other !== at))}
				/>
			))}
			<Button icon="plus" onClick={() => change([...rows, { group: "", what: "", divisionId: "*" }])}>
				{t("addGift")}
			</Button>
		</>
	);
}

interface RowProps {
	row: GiftRow;
	number: number;
	givable: readonly Givable[];
	onChange: (part: Partial<GiftRow>) => void;
	onRemove: () => void;
}

/** What one cannot see stays, under its id. */
function Row({ row, number, givable, onChange, onRemove }: RowProps) {
	const isRole = row.what.startsWith("role:");
	const known = givable.map(({ what, name }) => ({
		value: what,
		text: t(what.startsWith("role:") ? "aRole" : "aGroup", { name }),
	}));
	const kept = row.what === "" || known.some(({ value }) => value === row.what) ? [] : [row.what];
	return (
		<fieldset class="choices">
			<legend class="ui-hidden">{t("giftNumber", { number })}</legend>
			<div class="fields-columns">
				<TextField
					label={t("giftGroup")}
					hint={t("giftEverybody")}
					value={row.group}
					onInput={(group) => onChange({ group })}
				/>
				<Select
					label={t("giftWhat")}
					value={row.what}
					options={[
						{ value: "", text: t("giftChoose") },
						...known,
						...kept.map((value) => ({ value, text: value.slice(value.indexOf(":") + 1) })),
					]}
					onChange={(what) => onChange({ what })}
				/>
				{isRole && (
					<Select
						label={t("giftWhere")}
						value={row.divisionId}
						options={[{ value: "*", text: t("everyDivision") }, ...divisionOptions()]}
						onChange={(divisionId) => onChange({ divisionId })}
					/>
				)}
				<Button icon="trash" aria-label={t("removeGift", { number })} onClick={onRemove}>
					{t("removeGiftShort")}
				</Button>
			</div>
		</fieldset>
	);
}

function divisionOptions() {
	return divisions.value.map(({ id, name }) => ({ value: id, text: name }));
}
