import { Checkbox, Select, TextArea, TextField } from "../field.tsx";
import type { ScriptDeeds, ScriptInput, ScriptPart } from "./part.ts";

const kinds = ["textInput", "numberInput", "dateInput", "dropdown", "radio", "checkbox"];

/** Whether a part takes a value. */
export function isInput(part: ScriptPart<unknown>): part is ScriptInput {
	return kinds.includes(part.kind);
}

/** What takes a value of whoever goes through the script. */
export function ScriptField({ part, deeds }: { part: ScriptInput; deeds: Pick<ScriptDeeds<never>, "change" | "say"> }) {
	const { kind, label, value } = part;
	const take = (given: string | boolean | null) => deeds.change(part.variable, given);
	switch (kind) {
		case "textInput":
			return part.lines > 1 ? (
				<TextArea label={label} value={value} rows={part.lines} onInput={take} />
			) : (
				<TextField label={label} value={value} onInput={take} />
			);
		case "numberInput":
		case "dateInput":
			return (
				<TextField
					label={label}
					type={kind === "numberInput" ? "number" : "date"}
					value={value}
					onInput={(given) => take(given === "" ? null : given)}
				/>
			);
		case "dropdown":
			return (
				<Select
					label={label}
					value={value}
					options={[
						{ value: "", text: deeds.say("choose") },
						...part.options.map((option) => ({ value: option.value, text: option.label })),
					]}
					onChange={take}
				/>
			);
		case "radio":
			return <Radio part={part} take={take} />;
		case "checkbox":
			return <Checkbox label={label} checked={value === "true"} onChange={take} />;
	}
}

function Radio({ part: { id, label, value, options }, take }: { part: ScriptInput; take: (value: string) => void }) {
	return (
		<fieldset class="script-radio">
			<legend>{label}</legend>
			{options.map((option) => (
				<label key={option.value}>
					<input
						type="radio"
						name={id}
						value={option.value}
						checked={value === option.value}
						onChange={() => take(option.value)}
					/>
					<bdi>{option.label}</bdi>
				</label>
			))}
		</fieldset>
	);
}
