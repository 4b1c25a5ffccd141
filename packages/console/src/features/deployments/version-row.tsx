import { Badge, Button, Icon, locale, Menu, type MenuItem } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { ScriptRelease, ScriptVersion } from "../../session/wire.ts";
import { keepAsFile } from "../../shell/csv.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { audienceNow } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { scriptFileName } from "./script-file.ts";
import { StageDialog } from "./stage-dialog.tsx";
import { t } from "./strings.ts";

interface Props {
	model: DeploymentModel;
	facts: DeploymentFacts;
	version: ScriptVersion;
	release: ScriptRelease;
}

/** One version of framework.js: who has it, what it says, and the way back to it. */
export function VersionRow({ model, facts, version, release }: Props) {
	const number = version.version;
	const fixed = useLack(needs.editDeployment) !== undefined;
	const [asking, setAsking] = useState<"restore" | "stage" | undefined>(undefined);
	const isCurrent = number === release.version;
	const isStaged = number === release.staged?.version;
	// Nobody uses it while it is off; that some groups have a version first is somebody's work all the same.
	const asks = facts.integration.intendedState === "ENABLED" || release.staged !== undefined;
	const restore = async () => {
		if (await model.restore(number, release.staged?.version ?? null)) tell(t("uploadRestored", { version: number }));
		setAsking(undefined);
	};
	const who = model.uploaders.value.get(version.uploadedBy?.id ?? "") ?? t("unknownPerson");
	const when = new Date(version.uploadedAt).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const size = new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(version.bytes / 1000);
	const items: MenuItem[] = [
		{
			id: "compare",
			text: t("compare"),
			onSelect: () => {
				model.comparing.value = number;
			},
		},
		{
			id: "download",
			text: t("download"),
			onSelect: () =>
				void model.withVersion(number, (source) =>
					keepAsFile(scriptFileName(facts.integration.name, number), source, "text/javascript"),
				),
		},
		...(fixed || isCurrent || release.version === undefined || isStaged
			? []
			: [{ id: "stage", text: t("stage"), line: true, onSelect: () => setAsking("stage") }]),
	];
	return (
		<li data-version={number}>
			<div class="row-main">
				<strong>{t("uploadNumber", { version: number })}</strong>
				<span class="ui-muted">{t("versionFacts", { when, size, who })}</span>
			</div>
			<div class="row-end">
				{isCurrent && <Badge tone="good">{t("versionNow")}</Badge>}
				{isStaged && <Badge>{t(release.staged?.user ? "triedBadge" : "stagedBadge")}</Badge>}
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
				{!isCurrent && !isStaged && !fixed && (
					<Button
						size="small"
						aria-label={t("restoreUpload", { version: number })}
						busy={model.restoring.busy.value}
						onClick={() => (asks ? setAsking("restore") : void restore())}
					>
						{t("restore")}
					</Button>
				)}
				<Menu label={t("moreOf", { version: number })} items={items} align="end">
					<Icon name="more" />
				</Menu>
			</div>
			{asking === "restore" && (
				<Confirm
					title={t("restoreTitle", { version: number })}
					text={t("restoreText")}
					action={t("restore")}
					task={model.restoring}
					onClose={() => setAsking(undefined)}
					onConfirm={() => void restore()}
				>
					<AudienceList audience={audienceNow(facts.integration, facts.groups)} title={t("usesIt")} />
					{release.staged && (
						<p>{t(release.staged.user ? "endsTrial" : "endsStaged", { version: release.staged.version })}</p>
					)}
				</Confirm>
			)}
			{asking === "stage" && (
				<StageDialog
					model={model}
					facts={facts}
					title={t("stageTitle", { version: number })}
					version={number}
					onSend={async (stage) => {
						const done = await model.releases.stage(number, stage);
						if (done) tell(t(stage.forMe ? "tried" : "staged", { version: number }));
						return done;
					}}
					onClose={() => setAsking(undefined)}
				/>
			)}
			{model.comparing.value === number && (
				<CompareDialog
					model={model}
					version={number}
					onClose={() => {
						model.comparing.value = undefined;
					}}
				/>
			)}
		</li>
	);
}
