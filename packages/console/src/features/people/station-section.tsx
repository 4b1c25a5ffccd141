import { Checkbox, Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { PersonStation, StationForm } from "./person-station.ts";
import { t } from "./strings.ts";

/** As many as a station may have (`maxCallAppearances` of the server). */
const appearances = Array.from({ length: 8 }, (_each, at) => String(at + 1));

const names = { webRtcCallAppearances: "appearances", webRtcPersistentEnabled: "persistent" } as const;

/** The phone in a user's panel: how many calls it has on the line at once, and whether its connection stays. */
export function StationSection({ model, user }: { model: PersonStation; user: User }) {
	const lack = useLack(inDivision(needs.editStation, user.division?.id));
	useUnsaved(() => model.details.changed.peek().length > 0);
	return (
		<Section title={t("station")} hint={t("stationHint")}>
			<Load from={model.loaded}>
				{({ station }) =>
					station === undefined ? (
						<p class="ui-muted">{t("noStation")}</p>
					) : (
						<EditedForm
							model={model}
							lack={lack}
							conflictOf={(field, mine, theirs) => plainConflict(t(names[field]), mine[field], theirs[field])}
							onSaved={() => tell(t("stationSaved", { name: user.name }))}
						>
							{(form) => <Fields model={model} form={form} />}
						</EditedForm>
					)
				}
			</Load>
		</Section>
	);
}

function Fields({ model, form }: { model: PersonStation; form: StationForm }) {
	const disabled = model.details.saving.busy.value;
	return (
		<>
			<Select
				label={t("appearances")}
				hint={t("appearancesHint")}
				value={form.webRtcCallAppearances}
				options={appearances.map((value) => ({ value, text: value }))}
				disabled={disabled}
				onChange={(webRtcCallAppearances) => model.details.change({ webRtcCallAppearances })}
			/>
			<Checkbox
				label={t("persistent")}
				checked={form.webRtcPersistentEnabled}
				disabled={disabled}
				onChange={(webRtcPersistentEnabled) => model.details.change({ webRtcPersistentEnabled })}
			/>
		</>
	);
}
