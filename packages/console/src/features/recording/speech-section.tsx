import { Button, Checkbox, TextArea } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";

import { tell } from "../../shell/notice.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import type { SpeechModel } from "./speech-model.ts";
import { t } from "./speech-strings.ts";

/** What turns what is said into text, and whether it does. */
export function SpeechSection({ model }: { model: SpeechModel }) {
	const lack = useLack(needs.editPolicy);
	const { details, trying, results } = model;
	return (
		<EditedForm
			model={model}
			lack={lack}
			conflictOf={(field, mine, theirs) => plainConflict(t(field), mine[field], theirs[field])}
			onSaved={() => tell(t("saved"))}
		>
			{(form) => (
				<Section title={t("title")} hint={t("hint")}>
					<Checkbox label={t("enabled")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
					<Checkbox
						label={t("voicemail")}
						checked={form.voicemail}
						onChange={(voicemail) => details.change({ voicemail })}
					/>
					<TextArea
						label={t("engines")}
						value={form.engines}
						rows={3}
						hint={t("enginesHint")}
						error={model.isWrong("engines") ? t("enginesProblem") : undefined}
						onInput={(engines) => details.change({ engines })}
					/>
					<div class="ui-stack">
						<div>
							<Button busy={trying.busy.value} disabled={form.engines.trim() === ""} onClick={() => void model.try()}>
								{t("try")}
							</Button>
						</div>
						<Failure error={trying.error.value} />
						<div role="status">
							{results.value.map(({ language, url, ok, error = "" }) => (
								<p key={url}>{ok ? t("works", { language }) : t("fails", { language, error })}</p>
							))}
						</div>
					</div>
				</Section>
			)}
		</EditedForm>
	);
}
