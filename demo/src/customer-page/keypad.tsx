import { useState } from "preact/hooks";
import { strings } from "./strings.ts";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** The keys of a telephone; the keyboard's own digits work too while the focus is inside. */
export function Keypad({ onPress }: { onPress: (key: string) => void }) {
	const [pressed, setPressed] = useState("");
	const press = (key: string) => {
		setPressed((before) => (before + key).slice(-24));
		onPress(key);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: its buttons do the same; typing digits is a short cut.
		<div class="keypad" onKeyDown={(event) => keys.includes(event.key) && press(event.key)}>
			<output class="ui-number">{pressed || "\u00a0"}</output>
			{keys.map((key) => (
				<button
					key={key}
					type="button"
					aria-label={`${strings.keyLabel} ${key}`}
					data-key={key}
					onClick={() => press(key)}
				>
					{key}
				</button>
			))}
		</div>
	);
}
