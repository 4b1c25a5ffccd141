import "./switch.css";
/** On or off, at once: a button in the role of a switch, with its state in words beside it. */
export function Switch({
	label,
	on,
	text,
	busy,
	onChange,
}: {
	/** Accessible name. */
	label: string;
	on: boolean;
	/** The state in words. */
	text: string;
	busy: boolean;
	onChange: (on: boolean) => void;
}) {
	return (
		<button
			type="button"
			class="switch"
			role="switch"
			aria-checked={on}
			aria-label={label}
			aria-busy={busy}
			onClick={() => !busy && onChange(!on)}
		>
			<span class="switch-track" aria-hidden="true" />
			<span>{text}</span>
		</button>
	);
}
