import { EmptyState } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { AddressesModel, ListedAddress } from "./address-model.ts";
import { t } from "./strings.ts";

/** The addresses by which customers write, and who answers. */
export function AddressesScreen({ model }: { model: AddressesModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addMessageAddress}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-message-address" })}
		>
			<Load from={model.addresses}>
				{(addresses) =>
					addresses.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="inbox" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<ul class="rows">
							{addresses.map((address) => (
								<Row key={address.id} address={address} />
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Row({ address: { id, name, channel, address, answeredBy } }: { address: ListedAddress }) {
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "message-address", id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">
					{t(channel)}, {channel !== "webmessaging" && <bdi>{`${address}, `}</bdi>}
					<bdi>{answeredBy}</bdi>
				</span>
			</div>
		</li>
	);
}
