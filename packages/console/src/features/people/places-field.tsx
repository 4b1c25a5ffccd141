import { Button } from "@inlay/ui";
import { Picker } from "../../shell/picker.tsx";
import type { PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** Where somebody works: saved with the rest of their account. */
export function PlacesField({ model: { places, profile }, chosen }: { model: PersonModel; chosen: readonly string[] }) {
	return (
		<fieldset class="choices">
			<legend>{t("locations")}</legend>
			{chosen.length === 0 ? (
				<p class="ui-muted">{t("noLocation")}</p>
			) : (
				<ul class="rows">
					{chosen.map((id) => (
						<li key={id}>
							<div class="row-main">
								<bdi>{places.nameOf(id)}</bdi>
							</div>
							<Button
								size="small"
								aria-label={t("takeOutNamed", { name: places.nameOf(id) })}
								onClick={() => profile.change({ locations: chosen.filter((one) => one !== id) })}
							>
								{t("takeOut")}
							</Button>
						</li>
					))}
				</ul>
			)}
			<Picker
				list={places.offered}
				label={t("addLocation")}
				searchLabel={t("searchLocations")}
				none={t("chooseLocation")}
				chosen={undefined}
				textOf={({ name }) => name}
				onChoose={(one) => one && profile.change({ locations: places.with(one, chosen) })}
			/>
		</fieldset>
	);
}
