import { Button, TextArea } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { EntriesList } from "./entries-list.tsx";
import { refusedLine } from "./refusals.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** Numbers go onto a DNC list, and off it. */
export function Numbers({ model }: { model: OutboundThingModel }) {
	const [lines, setLines] = useState("");
	const size = model.details.base.value?.size ?? 0;
	const error = model.acting.error.value;
	const refused = refusedLine(error, lines);
	const add = async () => {
		if (!(await model.addNumbers(lines))) return;
		setLines("");
		tell(t("numbersAdded"));
	};
	return (
		<Section title={t("dncLists")}>
			<p class="ui-muted">{t("size", { size: String(size) })}</p>
			{model.may(needs.addToDnc) && (
				<div class="ui-stack">
					<TextArea
						label={t("numbers")}
						value={lines}
						error={refused && t("lineProblem", { line: String(refused.line), number: refused.number })}
						onInput={setLines}
					/>
					<div class="form-actions">
						<Button busy={model.acting.busy.value} disabled={lines.trim() === ""} onClick={() => void add()}>
							{t("addNumbers")}
						</Button>
					</div>
				</div>
			)}
			<Failure error={refused ? undefined : error} />
			{model.entries && <EntriesList model={model} entries={model.entries} />}
		</Section>
	);
}
