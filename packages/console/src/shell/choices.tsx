import { Checkbox } from "@inlay/ui";
import type { ComponentChildren } from "preact";

export interface Choice {
	id: string;
	text: ComponentChildren;
}

/** Several of many, as tick boxes under one legend. */
export function Choices({
	legend,
	hint,
	error,
	choices,
	chosen,
	columns,
	onChange,
}: {
	legend: string;
	hint?: string;
	error?: string;
	choices: readonly Choice[];
	chosen: readonly string[];
	/** In columns where there is room. */
	columns?: boolean;
	onChange: (chosen: string[]) => void;
}) {
	const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
	return (
		<fieldset class="choices">
			<legend>{legend}</legend>
			{hint && <p class="ui-hint">{hint}</p>}
			<div class={columns ? "choices-columns" : "ui-stack"}>
				{choices.map((choice) => (
					<Checkbox
						key={choice.id}
						label={choice.text}
						checked={chosen.includes(choice.id)}
						onChange={(on) => toggle(choice.id, on)}
					/>
				))}
			</div>
			{error && <p class="ui-error">{error}</p>}
		</fieldset>
	);
}
