import type { WebServiceView } from "@inlay/contract/scripter/web-service";
import type { Loaded } from "../../session/load.ts";
import { NamedField } from "./named-field.tsx";
import { t } from "./strings.ts";

/** Which web service a step asks, with what it takes and gives. */
export function ServiceField(props: {
	label: string;
	value: string;
	from: Loaded<readonly WebServiceView[] | undefined>;
	error: string | undefined;
	onChange: (id: string) => void;
}) {
	const chosen = props.from.value?.find(({ id }) => id === props.value);
	const listOf = (names: readonly string[]) => names.join(", ") || "–";
	return (
		<div class="ui-stack">
			<NamedField {...props} />
			{chosen && (
				<p class="ui-hint">
					{t("serviceTakes", {
						inputs: listOf(chosen.inputs),
						outputs: listOf(chosen.outputs.map(({ name }) => name)),
					})}
				</p>
			)}
		</div>
	);
}
