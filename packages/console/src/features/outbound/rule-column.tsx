import { Select, TextField } from "@inlay/ui";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** A column of the contact list that the rules are for; typed where they are for any. */
export function ColumnField({
	model,
	value,
	none,
	needed = false,
	onChange,
}: {
	model: OutboundThingModel;
	value: string;
	/** What no column means; one must be chosen where it means nothing. */
	none?: string;
	needed?: boolean;
	onChange: (column: string) => void;
}) {
	const id = model.details.form.value?.contactList;
	const list = model.choices.value?.contactlists?.find((one) => one.id === id);
	const columns = (list?.columnNames ?? []) as string[];
	const error = needed && model.isWrong("rules") && value.trim() === "" ? t("neededProblem") : undefined;
	if (columns.length === 0)
		return <TextField label={t("column")} value={value} hint={none} error={error} onInput={onChange} />;
	const unseen = value !== "" && !columns.includes(value) ? [value] : [];
	const known = [...columns, ...unseen].map((one) => ({ value: one, text: one }));
	return (
		<Select
			label={t("column")}
			value={value}
			error={error}
			options={[{ value: "", text: none ?? t("none") }, ...known]}
			onChange={onChange}
		/>
	);
}
