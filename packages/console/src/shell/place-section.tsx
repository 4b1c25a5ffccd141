import { Banner, Select } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { divisionName, divisions } from "../session/divisions.ts";
import type { NewPlace } from "../session/new-place.ts";
import { Section } from "./parts.tsx";
import { t } from "./strings.ts";

/** In which division something new is made, where there are several: one may choose, or is told; what is there already is moved by `DivisionSection`. */
export function PlaceSection({ place, error }: { place: NewPlace; error?: unknown }) {
	// What was refused may have been refused for a division that is gone.
	useEffect(() => void place.read(), [place, error]);
	const { places, lost } = place;
	const [only] = places;
	if (only === undefined || (divisions.value.length < 2 && !lost)) return null;
	return (
		<Section title={t("division")}>
			{lost && (
				<Banner tone="warn" urgent>
					{t("divisionLost", { name: lost, division: divisionName(place.id) })}
				</Banner>
			)}
			{places.length === 1 ? (
				<p>{t("willBeInDivision", { name: divisionName(only) })}</p>
			) : (
				<Select
					label={t("division")}
					labelHidden
					value={place.id}
					options={places.map((id) => ({ value: id, text: divisionName(id) }))}
					onChange={(id) => place.choose(id)}
				/>
			)}
		</Section>
	);
}
