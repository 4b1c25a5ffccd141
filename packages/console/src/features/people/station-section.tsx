import { Checkbox, Select } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { SaveButton } from "../../shell/save-button.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { PersonStation } from "./person-station.ts";
import { t } from "./strings.ts";

/** As many as a station may have (`maxCallAppearances` of the server). */
const appearances = Array.from({ length: 8 }, (_each, at) => String(at + 1));

/** The phone in a user's panel: how many calls it has on the line at once, and whether its connection stays. */
export function StationSection({ model, user }: { model: PersonStation; user: User }) {
	const lack = useLack(inDivision(needs.editStation, user.division?.id));
	const disabled = lack !== undefined || model.saving.busy.value;
	useUnsaved(() => model.changed.peek().length > 0);
	const save = async () => {
		if (await model.save()) tell(t("stationSaved", { name: user.name }));
	};
	return (
		<Section title={t("station")} hint={t("stationHint")}>
			<Lack lack={lack} what="Changing" />
			<Load from={model.own}>
				{(station) =>
					station === undefined ? (
						<p class="ui-muted">{t("noStation")}</p>
					) : (
						<Form onSend={() => void save()}>
							<Select
								label={t("appearances")}
								hint={t("appearancesHint")}
								value={String(model.chosen.value.webRtcCallAppearances)}
								options={appearances.map((value) => ({ value, text: value }))}
								disabled={disabled}
								onChange={(value) => model.choose({ webRtcCallAppearances: Number(value) })}
							/>
							<Checkbox
								label={t("persistent")}
								checked={model.chosen.value.webRtcPersistentEnabled === true}
								disabled={disabled}
								onChange={(webRtcPersistentEnabled) => model.choose({ webRtcPersistentEnabled })}
							/>
							<Failure error={model.saving.error.value} />
							{!lack && <SaveButton details={model} />}
						</Form>
					)
				}
			</Load>
		</Section>
	);
}
