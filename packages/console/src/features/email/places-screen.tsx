import { Button, EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { useRights } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { EmailPlacesModel, ListedDomain } from "./email-models.ts";
import { t } from "./strings.ts";

/** The domains and addresses by which customers write emails, and who answers. */
export function EmailPlacesScreen({ model }: { model: EmailPlacesModel }) {
	const mayManage = useRights().may(needs.manageEmail);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.manageEmail}
			add={t("addDomain")}
			onAdd={() => goTo({ screen: "new-email-domain" })}
		>
			<Load from={model.domains}>
				{(domains) =>
					domains.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="inbox" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<>
							{domains.map((domain) => (
								<Domain key={domain.id} domain={domain} />
							))}
							{mayManage && (
								<Button icon="plus" onClick={() => goTo({ screen: "new-email-address" })}>
									{t("addRoute")}
								</Button>
							)}
						</>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Domain({ domain: { id, smtp, routes } }: { domain: ListedDomain }) {
	return (
		<Section title={id}>
			<p>
				<a href={hrefOf({ screen: "email-domain", id })}>{smtp ? t("sentBy", { host: smtp.host }) : t("sentByNone")}</a>
			</p>
			{routes.length === 0 && <p class="ui-muted">{t("noRoutes")}</p>}
			<ul class="rows">
				{routes.map((route) => (
					<li key={route.id}>
						<div class="row-main">
							<a href={hrefOf({ screen: "email-address", id: `${id}/${route.id}` })}>
								<bdi>{route.address}</bdi>
							</a>
							<span class="ui-muted">
								<bdi>{route.fromName}</bdi>, <bdi>{route.answeredBy}</bdi>
							</span>
						</div>
					</li>
				))}
			</ul>
		</Section>
	);
}
