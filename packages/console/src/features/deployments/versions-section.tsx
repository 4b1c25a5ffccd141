import { Badge, Button, locale } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { ScriptVersion } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { audienceNow } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { t } from "./strings.ts";

interface Props {
	model: DeploymentModel;
	facts: DeploymentFacts;
}

/** Every upload of framework.js, the newest first, and the way back to each. */
export function VersionsSection({ model, facts }: Props) {
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
								<Version key={version.version} model={model} facts={facts} version={version} current={index === 0} />
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}

function Version({ model, facts, version, current }: Props & { version: ScriptVersion; current: boolean }) {
	const number = version.version;
	const [asking, setAsking] = useState(false);
	const restore = async () => {
		if (await model.restore(number)) tell(t("uploadRestored", { version: number }));
		setAsking(false);
	};
	const fixed = useLack(needs.editDeployment) !== undefined;
	const who = model.uploaders.value.get(version.uploadedBy?.id ?? "") ?? t("unknownPerson");
	const when = new Date(version.uploadedAt).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const size = new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(version.bytes / 1000);
	return (
		<li>
			<div class="row-main">
				<strong>{t("uploadNumber", { version: number })}</strong>
				<span class="ui-muted">{t("versionFacts", { when, size, who })}</span>
			</div>
			<div class="row-end">
				{current && <Badge tone="good">{t("versionNow")}</Badge>}
				{!fixed && (
					<Button
						size="small"
						aria-label={t("viewUpload", { version: number })}
						onClick={async () => {
							if (await model.showVersion(number)) tell(t("uploadViewed", { version: number }), "info");
						}}
					>
						{t("view")}
					</Button>
				)}
				{!current && !fixed && (
					<Button
						size="small"
						aria-label={t("restoreUpload", { version: number })}
						busy={model.restoring.busy.value}
						onClick={() => (facts.integration.intendedState === "ENABLED" ? setAsking(true) : void restore())}
					>
						{t("restore")}
					</Button>
				)}
			</div>
			{asking && (
				<Confirm
					title={t("restoreTitle", { version: number })}
					text={t("restoreText")}
					action={t("restore")}
					task={model.restoring}
					onClose={() => setAsking(false)}
					onConfirm={() => void restore()}
				>
					<AudienceList audience={audienceNow(facts.integration, facts.groups)} title={t("usesIt")} />
				</Confirm>
			)}
		</li>
	);
}
