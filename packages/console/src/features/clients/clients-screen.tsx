import { bundledClientId } from "@inlay/contract";
import { Badge, EmptyState } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { addingClient } from "../../session/needs.ts";
import type { KnownClient, OAuthClient } from "../../session/wire.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Pager } from "../../shell/pager.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { type ClientsModel, isStronger } from "./clients-model.ts";
import { t } from "./strings.ts";

/** All OAuth clients (configuration guide, "Configure OAuth Client"). */
export function ClientsScreen({ model }: { model: ClientsModel }) {
	useEffect(() => void model.left.load(), [model]);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={addingClient}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-client" })}
		>
			<Load from={model.clients.slice}>
				{({ entities: clients }) =>
					clients.length === 0 ? (
						<EmptyState icon="shield" title={t("emptyTitle")}>
							<p>{t("emptyText")}</p>
						</EmptyState>
					) : (
						<ul class="rows">
							{clients.map((client) => (
								<Row key={client.id} client={client} left={model.left.value?.get(client.id)} />
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={model.clients} />
		</ListScreen>
	);
}

function Row({ client, left }: { client: OAuthClient; left: KnownClient | undefined }) {
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "client", id: client.id })}>{client.name}</a>
				<span class="ui-muted">{t(client.authorizedGrantType)}</span>
				<span class="ui-muted code">{client.id}</span>
			</div>
			<div class="row-end">
				{left && (
					<Badge tone="warn">
						{t(isStronger(left) ? "strongerThan" : "leftBy", { name: left.secretKnownTo.name })}
					</Badge>
				)}
				{client.id === bundledClientId && <Badge tone="info">{t("bundled")}</Badge>}
				{client.state !== "active" && <Badge tone="warn">{t("disabled")}</Badge>}
			</div>
		</li>
	);
}
