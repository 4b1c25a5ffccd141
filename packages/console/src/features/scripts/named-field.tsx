import { Select, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import type { Loaded } from "../../session/load.ts";
import type { Named } from "./desk.ts";
import { t } from "./strings.ts";

/**
 * One of those outside of the script, which are read where they can be chosen; who may not see them enters an id, and who may
 * not see the one that is chosen, or if it has gone, sees its id.
 */
export function NamedField(props: {
	label: string;
	value: string;
	from: Loaded<readonly Named[] | undefined>;
	error: string | undefined;
	onChange: (id: string) => void;
}) {
	const { label, value, from, error, onChange } = props;
	useEffect(() => void from.begin(), [from]);
	const all = from.value;
	if (!all) return <TextField label={`${label} (ID)`} value={value} error={error} onInput={onChange} />;
	const isThere = all.some(({ id }) => id === value);
	return (
		<Select
			label={label}
			value={value}
			error={error}
			options={[
				...(isThere ? [] : [{ value, text: value || t("choose") }]),
				...all.map(({ id, name }) => ({ value: id, text: name })),
			]}
			onChange={onChange}
		/>
	);
}
