import { Badge, EmptyState, IconButton } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { PresenceDefinition } from "../../session/wire.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Load } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { statusName, systemName } from "./status-name.ts";
import type { StatusesModel, StatusGroup } from "./statuses-model.ts";
import { t } from "./strings.ts";

/** The organization's own statuses, beneath the system presences that they count as. */
export function StatusesScreen({ model }: { model: StatusesModel }) {
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addStatus}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-status" })}
		>
			<Failure error={model.moving.error.value} />
			<Load from={model.statuses}>
				{(groups) =>
					groups.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="clock" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<div class="ui-stack">
							{groups.map((group) => (
								<Group key={group.systemPresence} model={model} group={group} />
							))}
						</div>
					)
				}
			</Load>
		</ListScreen>
	);
}

function Group({ model, group }: { model: StatusesModel; group: StatusGroup }) {
	return (
		<section class="ui-stack">
			<h2>{systemName(group.systemPresence)}</h2>
			<ul class="rows">
				{group.own.map((status) => (
					<Row key={status.id} model={model} group={group} status={status} />
				))}
			</ul>
		</section>
	);
}

function Row({ model, group, status }: { model: StatusesModel; group: StatusGroup; status: PresenceDefinition }) {
	const lack = useLack(needs.orderStatuses);
	const name = statusName(status);
	const at = group.own.indexOf(status);
	const move = async (by: -1 | 1) => {
		if (await model.move(group, status.id, by)) tell(t("moved", { name }));
	};
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "status", id: status.id })}>
					<bdi>{name}</bdi>
				</a>
				<span class="ui-muted">{t("labelsIn", { count: Object.keys(status.languageLabels).length })}</span>
			</div>
			<div class="row-end">
				{status.deactivated && <Badge tone="warn">{t("inactive")}</Badge>}
				{!lack && group.own.length > 1 && (
					<>
						<IconButton icon="up" label={t("up", { name })} disabled={at === 0} onClick={() => void move(-1)} />
						<IconButton
							icon="down"
							label={t("down", { name })}
							disabled={at === group.own.length - 1}
							onClick={() => void move(1)}
						/>
					</>
				)}
			</div>
		</li>
	);
}
