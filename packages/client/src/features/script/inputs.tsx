import type { InputComponent, ScriptValue } from "@inlay/contract/scripter/agent-script";
import { type Lookup, textOf } from "@inlay/contract/scripter/evaluate";
import { interpolate } from "@inlay/contract/scripter/interpolate";
import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import type { Props } from "./components.tsx";
import { t } from "./strings.ts";

/** What takes a value of the agent; it is kept half a second after the last key. */
export function Input({ script, component, lookup }: Props<InputComponent> & { lookup: Lookup }) {
	const value = script.values.value[component.variable] ?? null;
	const label = interpolate(component.label, lookup);
	const take = (given: ScriptValue) => void script.change(component.variable, given);
	const text = textOf(value);
	switch (component.kind) {
		case "textInput":
			return component.lines && component.lines > 1 ? (
				<TextArea label={label} value={text} rows={component.lines} onInput={take} />
			) : (
				<TextField label={label} value={text} onInput={take} />
			);
		case "numberInput":
			return (
				<TextField label={label} type="number" value={text} onInput={(given) => take(given === "" ? null : given)} />
			);
		case "dateInput":
			return (
				<TextField label={label} type="date" value={text} onInput={(given) => take(given === "" ? null : given)} />
			);
		case "dropdown":
			return (
				<Select
					label={label}
					value={text}
					options={[
						{ value: "", text: t("choose") },
						...component.options.map((option) => ({ value: option.value, text: option.label })),
					]}
					onChange={take}
				/>
			);
		case "radio":
			return (
				<fieldset class="script-radio">
					<legend>{label}</legend>
					{component.options.map((option) => (
						<label key={option.value}>
							<input
								type="radio"
								name={component.id}
								value={option.value}
								checked={text === option.value}
								onChange={() => take(option.value)}
							/>
							<bdi>{option.label}</bdi>
						</label>
					))}
				</fieldset>
			);
		case "checkbox":
			return <Checkbox label={label} checked={value === true || text === "true"} onChange={take} />;
	}
}
