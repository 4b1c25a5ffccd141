import { everyDivision } from "../../session/rights.ts";
import type { Role, RoleHolder } from "../../session/wire.ts";
import { Pager } from "../../shell/pager.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { hrefOf, type Route } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { RoleModel } from "./role-model.ts";
import { t } from "./strings.ts";

/** Who holds a role: people, groups and programs, and where. */
export function HoldersSection({ model, role }: { model: RoleModel; role: Role }) {
	return (
		<Section
			title={t("holders")}
			hint={t("heldByAll", { count: model.holders.slice.value?.total ?? role.userCount ?? 0 })}
		>
			<Load from={model.holders.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<p class="ui-muted">{t("noHolder")}</p>
					) : (
						<ul class="rows">
							{entities.map((holder) => (
								<li key={holder.id}>
									<div class="row-main">
										<a href={hrefOf(routeOf(holder))}>{holder.name}</a>
										<span class="ui-muted">
											{t(holder.type)} · {holder.divisions.map(placeOf).join(", ")}
										</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={model.holders} />
		</Section>
	);
}

function placeOf({ id, name }: { id: string; name: string }): string {
	return id === everyDivision ? shared("inEveryDivision") : shared("inDivision", { name });
}

function routeOf({ id, type }: RoleHolder): Route {
	if (type === "PC_GROUP") return { screen: "group", id };
	return type === "PC_USER" ? { screen: "person", id } : { screen: "client", id };
}
