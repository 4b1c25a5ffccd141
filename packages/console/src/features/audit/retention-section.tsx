import { TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type RetentionModel, retentionRange } from "./retention-model.ts";
import { t } from "./strings.ts";

/** How long entries are kept. */
export function RetentionSection({ model }: { model: RetentionModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editAuditSettings);
	const [least, most] = retentionRange;
	return (
		<Load from={model.loaded}>
			{() => (
				<EditedForm
					model={model}
					lack={lack}
					conflictOf={(field, mine, theirs) => plainConflict(t(field), mine[field], theirs[field])}
					onSaved={() => tell(t("saved"))}
				>
					{(form) => (
						<Section title={t("retention")} hint={t("retentionHint")}>
							<TextField
								label={t("retentionDays")}
								type="number"
								value={form.retentionDays}
								error={
									model.isWrong("retentionDays")
										? t("between", { least: String(least), most: String(most) })
										: undefined
								}
								onInput={(retentionDays) => model.details.change({ retentionDays })}
							/>
						</Section>
					)}
				</EditedForm>
			)}
		</Load>
	);
}
