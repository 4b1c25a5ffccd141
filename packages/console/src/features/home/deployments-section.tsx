import type { PanelsOfDeployment } from "@inlay/contract/home";
import { Badge } from "@inlay/ui";
import type { Integration } from "../../session/wire.ts";
import { Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { reportedProblem } from "../deployments/reported-problem.ts";
import { t as ofDeployments } from "../deployments/strings.ts";
import type { HomeModel } from "./home-model.ts";
import { Part } from "./part.tsx";
import { t } from "./strings.ts";

/** Deployments with their state, and who works in them by the version of their script. */
export function DeploymentsSection({ model }: { model: HomeModel }) {
	return (
		<Section title={t("deployments")}>
			<Part from={model.deployments}>
				{(deployments) =>
					deployments.length === 0 ? (
						<p class="ui-muted">
							{t("noDeployments")} <a href={hrefOf({ screen: "deployments" })}>{ofDeployments("add")}</a>
						</p>
					) : (
						<ul class="rows">
							{deployments.map((deployment) => (
								<Row key={deployment.id} deployment={deployment} panels={panelsOf(model, deployment.id)} />
							))}
						</ul>
					)
				}
			</Part>
		</Section>
	);
}

function Row({ deployment, panels }: { deployment: Integration; panels: PanelsOfDeployment | undefined }) {
	const { id, name, intendedState } = deployment;
	const problem = reportedProblem(deployment);
	const active = intendedState === "ENABLED";
	const newest = panels?.versions[0]?.version ?? 0;
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "deployment", id })}>{name}</a>
				<span class="ui-muted">{t("agentsIn", { count: panels?.agents ?? 0 })}</span>
				{problem && <span class="row-problem">{problem}</span>}
			</div>
			<div class="row-end">
				{panels?.versions.map(({ version, agents }) => (
					<Badge key={version} tone={version > 0 && version < newest ? "warn" : "plain"}>
						{versionText(version, agents, newest)}
					</Badge>
				))}
				<Badge tone={problem ? "bad" : active ? "good" : "plain"}>
					{active ? ofDeployments("active") : ofDeployments("inactive")}
				</Badge>
			</div>
		</li>
	);
}

function versionText(version: number, count: number, newest: number): string {
	if (version === 0) return t("versionOwn", { count });
	return t(version < newest ? "versionOld" : "version", { version, count });
}

function panelsOf(model: HomeModel, id: string): PanelsOfDeployment | undefined {
	return model.panels.value?.entities.find(({ deploymentId }) => deploymentId === id);
}
