import { Button } from "@inlay/ui";
import { useRef } from "preact/hooks";

/** Lets somebody choose a file of theirs. */
export function FileButton({
	label,
	busy,
	onChoose,
}: {
	label: string;
	busy: boolean;
	onChoose: (file: File) => void;
}) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<Button icon="plus" busy={busy} data-response-file onClick={() => input.current?.click()}>
				{label}
			</Button>
			<input
				ref={input}
				type="file"
				hidden
				aria-label={label}
				onChange={(event) => {
					const file = event.currentTarget.files?.[0];
					event.currentTarget.value = "";
					if (file) onChoose(file);
				}}
			/>
		</>
	);
}
