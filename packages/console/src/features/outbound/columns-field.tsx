import { Select, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { type Field, list, listed } from "./kind.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

interface Props {
	model: OutboundThingModel;
	field: Extract<Field, { type: "columns" | "column" }>;
	value: string;
	error: string | undefined;
	onChange: (value: string) => void;
}

/** Columns of the chosen contact list; typed where none is chosen, or one may not see it. What stands and is no column of it can be taken out. */
export function ColumnsField({ model, field, value, error, onChange }: Props) {
	const label = t(field.label);
	const columns = model.columns(field.from);
	const hint = field.hint ? t(field.hint) : undefined;
	if (columns.length === 0)
		return <TextField label={label} value={value} hint={hint} error={error} onInput={onChange} />;
	if (field.type === "column") {
		const all = [...new Set([...columns, ...(value === "" ? [] : [value])])];
		const options = [{ value: "", text: t("none") }, ...all.map((one) => ({ value: one, text: one }))];
		return <Select label={label} value={value} hint={hint} options={options} error={error} onChange={onChange} />;
	}
	const chosen = list(value);
	const all = [...new Set([...columns, ...chosen])];
	// In the order in which they were ticked they are called, or shown: each says which it is.
	const place = (id: string) => (chosen.includes(id) ? ` ${chosen.indexOf(id) + 1}.` : "");
	return (
		<Choices
			legend={label}
			hint={t("ticked")}
			choices={all.map((id) => ({
				id,
				text: (
					<>
						<bdi>{id}</bdi>
						<span class="ui-muted">{place(id)}</span>
					</>
				),
			}))}
			chosen={chosen}
			{...(error ? { error } : {})}
			onChange={(now) => onChange(listed(now))}
		/>
	);
}
