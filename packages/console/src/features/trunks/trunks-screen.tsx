import { EmptyState } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { whileShown } from "../../shell/while-shown.ts";
import { StateBadge } from "./state-section.tsx";
import { t } from "./strings.ts";
import type { Trunk } from "./trunk-form.ts";
import { lookEveryMs } from "./trunk-model.ts";
import type { TrunksModel } from "./trunks-model.ts";

/** The lines to the outside, and how each stands. */
export function TrunksScreen({ model }: { model: TrunksModel }) {
	useEffect(() => whileShown(lookEveryMs, () => void model.trunks.refresh()), [model]);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.manageTrunks}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-trunk" })}
		>
			<Load from={model.trunks}>
				{(trunks) =>
					trunks.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="transfer" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<ul class="rows">
							{trunks.map((trunk) => (
								<Row key={trunk.id} trunk={trunk} />
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Row({ trunk: { id, name, host, port, transport, status } }: { trunk: Trunk }) {
	const place = port === undefined ? host : `${host}:${port}`;
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "trunk", id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">
					<bdi>{`${place} · ${transport.toUpperCase()}`}</bdi>
				</span>
			</div>
			<div class="row-end">
				{status && status.calls > 0 && <span class="ui-muted">{t("calls", { count: status.calls })}</span>}
				<StateBadge state={status?.state} />
			</div>
		</li>
	);
}
