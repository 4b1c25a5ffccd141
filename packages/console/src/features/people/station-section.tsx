import { Checkbox, Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import type { PersonStation, StationSettings } from "./person-station.ts";
import { t } from "./strings.ts";

/** As many as a station may have (`maxCallAppearances` of the server). */
const appearances = Array.from({ length: 8 }, (_each, at) => String(at + 1));

/** The phone in a user's panel: how many calls it has on the line at once, and whether its connection stays. */
export function StationSection({ model, user }: { model: PersonStation; user: User }) {
	const lack = useLack(inDivision(needs.editStation, user.division?.id));
	const disabled = lack !== undefined || model.saving.busy.value;
	const set = async (settings: StationSettings) => {
		if (await model.set(settings)) tell(t("stationSaved", { name: user.name }));
	};
	return (
		<Section title={t("station")} hint={t("stationHint")}>
			<Lack lack={lack} what="Changing" />
			<Failure error={model.saving.error.value} />
			<Load from={model.own}>
				{(station) =>
					station === undefined ? (
						<p class="ui-muted">{t("noStation")}</p>
					) : (
						<div class="ui-stack">
							<Select
								label={t("appearances")}
								hint={t("appearancesHint")}
								value={String(station.webRtcCallAppearances)}
								options={appearances.map((value) => ({ value, text: value }))}
								disabled={disabled}
								onChange={(value) => void set({ webRtcCallAppearances: Number(value) })}
							/>
							<Checkbox
								label={t("persistent")}
								checked={station.webRtcPersistentEnabled === true}
								disabled={disabled}
								onChange={(webRtcPersistentEnabled) => void set({ webRtcPersistentEnabled })}
							/>
						</div>
					)
				}
			</Load>
		</Section>
	);
}
