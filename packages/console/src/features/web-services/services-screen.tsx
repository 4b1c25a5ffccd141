import { EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { ServicesModel } from "./service-model.ts";
import { t } from "./strings.ts";

/** What scripts may ask of other systems. */
export function ServicesScreen({ model }: { model: ServicesModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addWebService}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-web-service" })}
		>
			<Load from={model.services}>
				{(services) =>
					services.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="outgoing" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<ul class="rows">
							{services.map(({ id, name, method, address }) => (
								<li key={id}>
									<div class="row-main">
										<a href={hrefOf({ screen: "web-service", id })}>
											<bdi>{name}</bdi>
										</a>
										<span class="ui-muted">
											<bdi>{`${method} ${address}`}</bdi>
										</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}
