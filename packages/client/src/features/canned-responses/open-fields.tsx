import { fillPlaceholders } from "@inlay/contract/responses";
import { useState } from "preact/hooks";
import type { WritingPlace } from "./place.ts";
import { t } from "./strings.ts";

/** A field for each name of which nothing is known: what is typed there takes its place in the text. */
export function OpenFields({ names, place }: { names: readonly string[]; place: WritingPlace }) {
	return (
		<fieldset class="responses-open">
			<legend>{t("fill")}</legend>
			{names.map((name) => (
				<OpenField key={name} name={name} place={place} />
			))}
		</fieldset>
	);
}

function OpenField({ name, place }: { name: string; place: WritingPlace }) {
	const [value, setValue] = useState("");
	const put = () => {
		if (value.trim() === "") return;
		place.write(fillPlaceholders(place.text(), (one) => (one === name ? value : undefined)).text);
	};
	return (
		<label class="responses-field">
			<mark>{name}</mark>
			<input
				class="ui-input"
				name={name}
				value={value}
				autocomplete="off"
				data-open-field={name}
				onInput={(event) => setValue(event.currentTarget.value)}
				onBlur={put}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || event.isComposing) return;
					event.preventDefault();
					put();
					place.element()?.focus();
				}}
			/>
		</label>
	);
}
