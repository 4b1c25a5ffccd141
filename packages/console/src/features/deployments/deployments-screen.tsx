import { Badge, Banner, EmptyState, Icon, Menu, type MenuItem } from "@inlay/ui";
import { useMemo, useState } from "preact/hooks";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Integration, Troubles } from "../../session/wire.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load } from "../../shell/parts.tsx";
import { useLack, useRights } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { Switch } from "../../shell/switch.tsx";
import { activation } from "./activation.ts";
import { AddDeployment } from "./add-deployment.tsx";
import { audienceNow } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import { AtWork, DeactivateDialog } from "./deactivate-dialog.tsx";
import type { DeploymentsModel } from "./deployments-model.ts";
import { RenameDeployment } from "./rename-deployment.tsx";
import { reportedProblem } from "./reported-problem.ts";
import { t } from "./strings.ts";
import { TroubleBadge } from "./trouble-banner.tsx";
import { UnreadyDialog } from "./unready-dialog.tsx";
import type { DeploymentUse, Unready } from "./use.ts";

type Open =
	| { kind: "add" }
	| { kind: "rename"; deployment: Integration }
	| { kind: "unready"; deployment: Integration; unready: Unready }
	| { kind: "remove" | "deactivate"; deployment: Integration; use: Loaded<DeploymentUse> };

/** All deployments (configuration guide, "Steps to Configure Private Deployment"). */
export function DeploymentsScreen({ model, isAdding = false }: { model: DeploymentsModel; isAdding?: boolean }) {
	const mayAdd = !useLack(needs.addDeployment);
	const [open, setOpen] = useState<Open | undefined>(isAdding && mayAdd ? { kind: "add" } : undefined);
	const close = () => setOpen(undefined);
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addDeployment}
			add={t("add")}
			onAdd={() => setOpen({ kind: "add" })}
		>
			<Failure error={model.switching.error.value} />
			<Load from={model.facts}>
				{({ deployments, types, troubles }) => (
					<>
						<List model={model} deployments={deployments} troubles={troubles} open={setOpen} />
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
				>
					<Users model={model} deployment={open.deployment} />
					<Load from={open.use}>{(use) => <AtWork use={use} />}</Load>
				</Confirm>
			)}
			{open?.kind === "unready" && (
				<UnreadyDialog
					name={open.deployment.name}
					unready={open.unready}
					task={model.switching}
					onClose={close}
					onConfirm={async () => {
						if (!(await model.switch(open.deployment.id, true))) return;
						close();
						tell(t(activation(open.deployment), { name: open.deployment.name }));
					}}
				/>
			)}
			{open?.kind === "deactivate" && (
				<DeactivateDialog
					name={open.deployment.name}
					use={open.use}
					task={model.switching}
					onClose={close}
					onConfirm={async (now) => {
						if (!(await model.switch(open.deployment.id, false, now))) return;
						close();
						tell(t(now ? "closed" : "deactivated", { name: open.deployment.name }));
					}}
				>
					<Users model={model} deployment={open.deployment} />
				</DeactivateDialog>
			)}
		</ListScreen>
	);
}

/** The same with what can be added open: an address that leads there, as every other area has one. */
export function DeploymentCatalogue({ model }: { model: DeploymentsModel }) {
	return <DeploymentsScreen model={model} isAdding />;
}

/** Who loses their panel: names of groups and how many are in them. */
function Users({ model, deployment }: { model: DeploymentsModel; deployment: Integration }) {
	const users = useMemo(() => new Loaded(() => model.users(deployment)), [model, deployment]);
	return <Load from={users}>{(groups) => <AudienceList audience={audienceNow(deployment, groups)} />}</Load>;
}

interface RowProps extends Pick<ListProps, "model" | "open"> {
	deployment: Integration;
	troubles: Troubles | undefined;
}

interface ListProps {
	model: DeploymentsModel;
	deployments: readonly Integration[];
	troubles: ReadonlyMap<string, Troubles>;
	open: (what: Open) => void;
}

function List({ model, deployments, troubles, open }: ListProps) {
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
				<Row
					key={deployment.id}
					model={model}
					deployment={deployment}
					troubles={troubles.get(deployment.id)}
					open={open}
				/>
			))}
		</ul>
	);
}

function Row({ model, deployment, troubles, open }: RowProps) {
	const { id, name } = deployment;
	const active = deployment.intendedState === "ENABLED";
	const problem = reportedProblem(deployment);
	const rights = useRights();
	const items: MenuItem[] = [
		{ id: "edit", text: t("edit"), icon: "gear", onSelect: () => goTo({ screen: "deployment", id }) },
	];
	const turn = async (on: boolean) => {
		if (!on) return open({ kind: "deactivate", deployment, use: model.use(id) });
		const activated = await model.activate(id);
		if (activated.on) tell(t(activation(deployment), { name }));
		if (activated.unready) open({ kind: "unready", deployment, unready: activated.unready });
	};
	if (rights.may(needs.editDeployment)) {
		items.push({
			id: "turn",
			text: t(active ? "deactivate" : "activate"),
			icon: active ? "hold" : "play",
			onSelect: () => void turn(!active),
		});
		items.push({ id: "rename", text: t("rename"), icon: "edit", onSelect: () => open({ kind: "rename", deployment }) });
	}
	if (rights.may(needs.deleteDeployment)) {
		const onSelect = () => open({ kind: "remove", deployment, use: model.use(id) });
		items.push({ id: "remove", text: shared("delete"), icon: "trash", line: true, onSelect });
	}
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "deployment", id })}>{name}</a>
				<span class="ui-muted">{deployment.integrationType.name}</span>
				{problem && <span class="row-problem">{problem}</span>}
			</div>
			<div class="row-end">
				<TroubleBadge troubles={troubles} isActive={active} />
				{problem && <Badge tone="bad">{deployment.reportedState.code}</Badge>}
				{rights.may(needs.editDeployment) ? (
					<Switch
						label={t("stateOf", { name })}
						on={active}
						text={active ? t("active") : t("inactive")}
						busy={model.switching.busy.value}
						onChange={(on) => void turn(on)}
					/>
				) : (
					<span>{active ? t("active") : t("inactive")}</span>
				)}
				{/* Where there is nothing but to look, the name leads there. */}
				{items.length > 1 && (
					<Menu label={shared("actions", { name })} align="end" items={items}>
						<Icon name="more" />
					</Menu>
				)}
			</div>
		</li>
	);
}

/** The reported state of one deployment, where it says that something is wrong. */
export function ReportedProblem({ deployment }: { deployment: Integration }) {
	const problem = reportedProblem(deployment);
	return problem ? <Banner tone="bad">{problem}</Banner> : null;
}
