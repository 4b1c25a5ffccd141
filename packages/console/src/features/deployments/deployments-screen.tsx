import { Badge, Banner, Button, EmptyState, Icon, Menu } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Integration } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Screen } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { Switch } from "../../shell/switch.tsx";
import { AddDeployment } from "./add-deployment.tsx";
import type { DeploymentsModel } from "./deployments-model.ts";
import { RenameDeployment } from "./rename-deployment.tsx";
import { reportedProblem } from "./reported-problem.ts";
import { t } from "./strings.ts";

type Open = { kind: "add" } | { kind: "rename" | "remove"; deployment: Integration };

/** All deployments (configuration guide, "Steps to Configure Private Deployment"). */
export function DeploymentsScreen({ model }: { model: DeploymentsModel }) {
	const [open, setOpen] = useState<Open | undefined>(undefined);
	const close = () => setOpen(undefined);
	return (
		<Screen
			title={t("title")}
			lead={t("lead")}
			actions={
				<Button kind="primary" icon="plus" onClick={() => setOpen({ kind: "add" })}>
					{t("add")}
				</Button>
			}
		>
			<Failure error={model.switching.error.value} />
			<Load from={model.facts}>
				{({ deployments, types }) => (
					<>
						<List model={model} deployments={deployments} open={setOpen} />
						{open?.kind === "add" && <AddDeployment model={model} types={types} onClose={close} />}
					</>
				)}
			</Load>
			{open?.kind === "rename" && <RenameDeployment model={model} deployment={open.deployment} onClose={close} />}
			{open?.kind === "remove" && (
				<Confirm
					title={t("removeTitle", { name: open.deployment.name })}
					text={t("removeText")}
					action={shared("delete")}
					task={model.removing}
					onClose={close}
					onConfirm={async () => {
						if (!(await model.remove(open.deployment.id))) return;
						close();
						tell(t("removed", { name: open.deployment.name }));
					}}
				/>
			)}
		</Screen>
	);
}

interface ListProps {
	model: DeploymentsModel;
	deployments: readonly Integration[];
	open: (what: Open) => void;
}

function List({ model, deployments, open }: ListProps) {
	if (deployments.length === 0) {
		return (
			<div class="ui-card">
				<EmptyState icon="headset" title={t("emptyTitle")}>
					<p>{t("emptyText")}</p>
				</EmptyState>
			</div>
		);
	}
	return (
		<ul class="rows">
			{deployments.map((deployment) => (
				<Row key={deployment.id} model={model} deployment={deployment} open={open} />
			))}
		</ul>
	);
}

function Row({ model, deployment, open }: Omit<ListProps, "deployments"> & { deployment: Integration }) {
	const { id, name } = deployment;
	const active = deployment.intendedState === "ENABLED";
	const problem = reportedProblem(deployment);
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "deployment", id })}>{name}</a>
				<span class="ui-muted">{deployment.integrationType.name}</span>
				{problem && <span class="row-problem">{problem}</span>}
			</div>
			<div class="row-end">
				{problem && <Badge tone="bad">{deployment.reportedState.code}</Badge>}
				<Switch
					label={t("stateOf", { name })}
					on={active}
					text={active ? t("active") : t("inactive")}
					busy={model.switching.busy.value}
					onChange={async (on) => {
						if (await model.switch(id, on)) tell(t(on ? "activated" : "deactivated", { name }));
					}}
				/>
				<Menu
					label={shared("actions", { name })}
					align="end"
					items={[
						{ id: "edit", text: t("edit"), icon: "gear", onSelect: () => goTo({ screen: "deployment", id }) },
						{ id: "rename", text: t("rename"), icon: "edit", onSelect: () => open({ kind: "rename", deployment }) },
						{
							id: "remove",
							text: shared("delete"),
							icon: "trash",
							line: true,
							onSelect: () => open({ kind: "remove", deployment }),
						},
					]}
				>
					<Icon name="more" />
				</Menu>
			</div>
		</li>
	);
}

/** The reported state of one deployment, where it says that something is wrong. */
export function ReportedProblem({ deployment }: { deployment: Integration }) {
	const problem = reportedProblem(deployment);
	return problem ? <Banner tone="bad">{problem}</Banner> : null;
}
