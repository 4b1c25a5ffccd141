import { Button } from "@inlay/ui";
import type { ReadonlySignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Task } from "../session/load.ts";
import { t } from "./strings.ts";

/** The last line of a form that is saved whole. It cannot be pressed while nothing differs from what is there. */
export function SaveButton(props: {
	details: { saving: Task; changed: ReadonlySignal<readonly unknown[]> };
	/** What stands on it where something new is made, which can be saved as it is offered. */
	create?: string | false;
}) {
	const { details, create } = props;
	const hint = useId();
	const isUntouched = !create && details.changed.value.length === 0;
	return (
		<div class="form-actions">
			<Button
				kind="primary"
				type="submit"
				busy={details.saving.busy.value}
				disabled={isUntouched}
				aria-describedby={isUntouched ? hint : undefined}
			>
				{create || t("save")}
			</Button>
			{isUntouched && (
				<span class="ui-hint" id={hint}>
					{t("nothingChanged")}
				</span>
			)}
		</div>
	);
}
