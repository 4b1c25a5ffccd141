import { Badge, EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { ListedLocation, LocationsModel } from "./location-model.ts";
import { t } from "./strings.ts";

/** The places of the organization, each after the one that it is in. */
export function LocationsScreen({ model }: { model: LocationsModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.editLocations}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-location" })}
		>
			<Load from={model.locations}>
				{(locations) =>
					locations.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="flag" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<ul class="rows">
							{locations.map((one) => (
								<Row key={one.id} location={one} />
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Row({ location: { id, place, address, state } }: { location: ListedLocation }) {
	const where = [address?.street1, address?.zipcode, address?.city, address?.countryName].filter(Boolean);
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "location", id })}>
					<bdi>{place}</bdi>
				</a>
				{where.length > 0 && <span class="ui-muted">{where.join(", ")}</span>}
			</div>
			<div class="row-end">{state === "inactive" && <Badge tone="warn">{t("inactive")}</Badge>}</div>
		</li>
	);
}
