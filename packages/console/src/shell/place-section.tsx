import { Select } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { divisionName } from "../session/divisions.ts";
import type { NewPlace } from "../session/new-place.ts";
import { Section } from "./parts.tsx";
import { t } from "./strings.ts";

/** In which division something new is made, where one may choose; what is there already is moved by `DivisionSection`. */
export function PlaceSection({ place }: { place: NewPlace }) {
	useEffect(() => void place.read(), [place]);
	const { places } = place;
	if (places.length < 2) return null;
	return (
		<Section title={t("division")}>
			<Select
				label={t("division")}
				labelHidden
				value={place.id}
				options={places.map((id) => ({ value: id, text: divisionName(id) }))}
				onChange={(id) => place.choose(id)}
			/>
		</Section>
	);
}
