import type { PanelsOfDeployment } from "@inlay/contract/home";
import { Badge } from "@inlay/ui";
import type { Integration } from "../../session/wire.ts";
import { Section, Shown } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { reportedProblem } from "../deployments/reported-problem.ts";
import { t as ofDeployments } from "../deployments/strings.ts";
import type { HomeModel } from "./home-model.ts";
import { t } from "./strings.ts";

/** Deployments with their state, and who works in them by the version of their script. */
export function DeploymentsSection({ model }: { model: HomeModel }) {
	return (
		<Section title={t("deployments")}>
			<Shown from={model.deployments}>
				{(deployments) =>
					deployments.length === 0 ? (
						<p class="ui-muted">
							{t("noDeployments")} <a href={hrefOf({ screen: "deployments" })}>{ofDeployments("add")}</a>
						</p>
					) : (
						<ul class="rows">
							{deployments.map((deployment) => (
								<Row
									key={deployment.id}
									deployment={deployment}
									errors={model.errors(deployment).length}
									panels={panelsOf(model, deployment.id)}
								/>
							))}
						</ul>
					)
				}
			</Shown>
		</Section>
	);
}

interface RowProps {
	deployment: Integration;
	/** As many as Health has found of it and its client. */
	errors: number;
	panels: PanelsOfDeployment | undefined;
}

function Row({ deployment, errors, panels }: RowProps) {
	const { id, name, intendedState } = deployment;
	const problem = reportedProblem(deployment);
	const active = intendedState === "ENABLED";
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "deployment", id })}>{name}</a>
				<span class="ui-muted">{t("agentsIn", { count: panels?.agents ?? 0 })}</span>
				{problem && <span class="row-problem">{problem}</span>}
				{errors > 0 && (
					<a class="row-problem" href={hrefOf({ screen: "health" })}>
						{t("errors", { count: errors })}
					</a>
				)}
			</div>
			<div class="row-end">
				{panels?.versions.map(({ version, agents }) => (
					<Badge key={version} tone={isOld(version, panels) ? "warn" : "plain"}>
						{versionText(version, agents, panels)}
					</Badge>
				))}
				<Badge tone={problem || errors > 0 ? "bad" : active ? "good" : "plain"}>
					{active ? ofDeployments("active") : ofDeployments("inactive")}
				</Badge>
			</div>
		</li>
	);
}

/** Nobody should have it any more: its panels load the other one once nothing is in hand. */
function isOld(version: number, { current }: PanelsOfDeployment): boolean {
	return version > 0 && !current.includes(version);
}

function versionText(version: number, count: number, panels: PanelsOfDeployment): string {
	if (version === 0) return t("versionOwn", { count });
	return t(isOld(version, panels) ? "versionOld" : "version", { version, count });
}

function panelsOf(model: HomeModel, id: string): PanelsOfDeployment | undefined {
	return model.panels.value?.entities.find(({ deploymentId }) => deploymentId === id);
}
