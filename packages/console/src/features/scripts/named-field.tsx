import { Select } from "@inlay/ui";
import type { Named } from "./desk.ts";
import { t } from "./strings.ts";

/** One of those outside of the script; who may not see the one that is chosen, or if it has gone, sees its id. */
export function NamedField(props: {
	label: string;
	value: string;
	all: readonly Named[];
	error: string | undefined;
	onChange: (id: string) => void;
}) {
	const { label, value, all, error, onChange } = props;
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
