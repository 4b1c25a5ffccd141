import { Badge, Button, locale } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { ScriptVersion } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import type { DeploymentModel } from "./deployment-model.ts";
import { t } from "./strings.ts";

interface Props {
	model: DeploymentModel;
}

/** Every upload of framework.js, the newest first, and the way back to each. */
export function VersionsSection({ model }: Props) {
	return (
		<Section title={t("versions")} hint={t("versionsHint")}>
			<Failure error={model.restoring.error.value ?? model.reading.error.value} />
			<Load from={model.versions}>
				{(versions) =>
					versions.length === 0 ? (
						<p class="ui-muted">{t("versionsEmpty")}</p>
					) : (
						<ul class="rows">
							{versions.map((version, index) => (
								<Version key={version.version} model={model} version={version} current={index === 0} />
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}

function Version({ model, version, current }: Props & { version: ScriptVersion; current: boolean }) {
	const number = version.version;
	const fixed = useLack(needs.editDeployment) !== undefined;
	const who = model.uploaders.value.get(version.uploadedBy?.id ?? "") ?? t("unknownPerson");
	const when = new Date(version.uploadedAt).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const size = new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(version.bytes / 1000);
	return (
		<li>
			<div class="row-main">
				<strong>{t("version", { version: number })}</strong>
				<span class="ui-muted">{t("versionFacts", { when, size, who })}</span>
			</div>
			<div class="row-end">
				{current && <Badge tone="good">{t("versionNow")}</Badge>}
				{!fixed && (
					<Button
						size="small"
						aria-label={t("viewNamed", { version: number })}
						onClick={async () => {
							if (await model.showVersion(number)) tell(t("viewed", { version: number }), "info");
						}}
					>
						{t("view")}
					</Button>
				)}
				{!current && !fixed && (
					<Button
						size="small"
						aria-label={t("restoreNamed", { version: number })}
						busy={model.restoring.busy.value}
						onClick={async () => {
							if (await model.restore(number)) tell(t("restored", { version: number }));
						}}
					>
						{t("restore")}
					</Button>
				)}
			</div>
		</li>
	);
}
