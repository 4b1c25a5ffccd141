import { Button, EmptyState, Spinner } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { Loaded } from "../../session/load.ts";
import { failureText } from "../../shell/failure.ts";
import { t as shared } from "../../shell/strings.ts";

/** One part of the page: the model reads it, here it is shown, or why it is not there. */
export function Part<T>({ from, children }: { from: Loaded<T>; children: (value: T) => ComponentChildren }) {
	const state = from.state.value;
	if (state.kind === "ready") return <>{children(state.value)}</>;
	if (state.kind === "loading") return <Spinner label={shared("loading")} />;
	return (
		<EmptyState icon="warning" title={shared("failedTitle")}>
			<p>{failureText(state.error)}</p>
			<Button icon="refresh" onClick={() => void from.load()}>
				{shared("retry")}
			</Button>
		</EmptyState>
	);
}
