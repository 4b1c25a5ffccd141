import { Badge, EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { RolesModel } from "./roles-model.ts";
import { t } from "./strings.ts";

/** All roles. */
export function RolesScreen({ model }: { model: RolesModel }) {
	return (
		<ListScreen
			title={t("roles")}
			lead={t("lead")}
			need={needs.addRole}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-role" })}
		>
			<Load from={model.roles}>
				{(roles) =>
					roles.length === 0 ? (
						<EmptyState icon="shield" title={t("emptyTitle")} />
					) : (
						<ul class="rows">
							{roles.map((role) => (
								<li key={role.id}>
									<div class="row-main">
										<a href={hrefOf({ screen: "role", id: role.id })}>{role.name}</a>
										<span class="ui-muted">{role.description}</span>
										<span class="ui-muted">{t("heldBy", { count: role.userCount ?? 0 })}</span>
									</div>
									{role.default && <Badge tone="info">{t("bundled")}</Badge>}
								</li>
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}
