import { Button } from "@inlay/ui";
import { t } from "./not-loaded-strings.ts";

/** Stands for what did not load: says so, and loads it again by a click; by itself it does that where `useAgainWhenBack` says so. */
export function NotLoaded({ text, load, place = "" }: { text: string; load: () => unknown; place?: string }) {
	return (
		<div class={`ui-row ${place}`} role="alert">
			<span class="ui-error ui-grow">{text}</span>
			<Button size="small" onClick={() => void load()}>
				{t("again")}
			</Button>
		</div>
	);
}
