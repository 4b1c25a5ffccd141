import { Badge, Button, EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Load, Screen } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { RolesModel } from "./roles-model.ts";
import { t } from "./strings.ts";

/** All roles. */
export function RolesScreen({ model }: { model: RolesModel }) {
	const lack = useLack(needs.addRole);
	return (
		<Screen
			title={t("roles")}
			lead={t("lead")}
			actions={
				!lack && (
					<Button kind="primary" icon="plus" onClick={() => goTo({ screen: "new-role" })}>
						{t("add")}
					</Button>
				)
			}
		>
			<Lack lack={lack} what="Adding" />
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
		</Screen>
	);
}
