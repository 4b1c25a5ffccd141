import { fillPlaceholders } from "@inlay/contract/responses";
import { useEffect, useRef, useState } from "preact/hooks";
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
	const putOnceReleased = useOnceReleased(put);
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
				onBlur={putOnceReleased}
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

/**
 * Does something at once, or, while a pointer is down, when it is let go: what takes a field from the page moves what is being
 * pressed away from under the pointer, and the press would do nothing.
 */
function useOnceReleased(act: () => void): () => void {
	const isDown = useRef(false);
	const waiting = useRef<(() => void) | undefined>(undefined);
	useEffect(() => {
		const down = () => {
			isDown.current = true;
		};
		const up = () => {
			isDown.current = false;
			waiting.current?.();
			waiting.current = undefined;
		};
		const options = { capture: true };
		document.addEventListener("pointerdown", down, options);
		for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, up, options);
		return () => {
			document.removeEventListener("pointerdown", down, options);
			for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, up, options);
		};
	}, []);
	return () => {
		if (isDown.current) waiting.current = act;
		else act();
	};
}
