import { TextArea } from "@inlay/ui";
import { useState } from "preact/hooks";
import { type LinesKind, linesOf, readLines } from "./lines.ts";
import { t } from "./strings.ts";

/** A list as lines. What is being typed stays as it is typed, as long as it says what the list has. */
export function LinesField(props: {
	label: string;
	error: string | undefined;
	kind: LinesKind;
	value: unknown;
	onChange: (value: unknown) => void;
}) {
	const { label, error, kind, value, onChange } = props;
	const [typed, setTyped] = useState("");
	const shown = linesOf(kind, value);
	return (
		<TextArea
			label={label}
			rows={3}
			hint={hintOf(kind)}
			error={error}
			value={linesOf(kind, readLines(kind, typed)) === shown ? typed : shown}
			onInput={(text) => {
				setTyped(text);
				onChange(readLines(kind, text));
			}}
		/>
	);
}

function hintOf(kind: LinesKind): string {
	if (kind === "outputs") return t("outputsHint");
	return t(kind === "names" || kind === "columns" ? "namesHint" : "linesHint");
}
