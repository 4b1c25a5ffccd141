import { Badge, Banner, Button } from "@inlay/ui";
import { useRef, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { ScriptRelease } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { audienceNow, audienceOf } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { panelUrl, testCrmUrl } from "./embed.ts";
import { StageDialog } from "./stage-dialog.tsx";
import { t } from "./strings.ts";
import { VersionRow } from "./version-row.tsx";

interface Props {
	model: DeploymentModel;
	facts: DeploymentFacts;
}

/** Every version of framework.js, the newest first, who has which, and the way back to each. */
export function VersionsSection({ model, facts }: Props) {
	return (
		<Section title={t("versions")} hint={t("versionsHint")}>
			<Failure
				error={model.restoring.error.value ?? model.reading.error.value ?? model.releases.changing.error.value}
			/>
			<Load from={model.versions}>
				{({ entities, release }) =>
					entities.length === 0 ? (
						<p class="ui-muted">{t("versionsEmpty")}</p>
					) : (
						<>
							<StagedRelease model={model} facts={facts} release={release} />
							<ul class="rows">
								{entities.map((version) => (
									<VersionRow key={version.version} model={model} facts={facts} version={version} release={release} />
								))}
							</ul>
						</>
					)
				}
			</Load>
		</Section>
	);
}

/** A version that some groups have first, and what becomes of it. */
function StagedRelease({ model, facts, release: { version: everybodys, staged } }: Props & { release: ScriptRelease }) {
	const [asking, setAsking] = useState<"release" | "withdraw" | "groups" | undefined>(undefined);
	const fixed = useLack(needs.editDeployment) !== undefined;
	const last = useRef(staged);
	// A question is about the version that it was asked of, whatever somebody else does to it until it is closed.
	if (!asking) last.current = staged;
	const shown = last.current;
	if (!shown) return null;
	const { version } = shown;
	const tried = shown.user !== undefined;
	const ids = shown.groups.map(({ id }) => id);
	const close = () => setAsking(undefined);
	const act = async (work: Promise<boolean>, done: string) => {
		if (await work) tell(done);
		close();
	};
	return (
		<Banner tone="info">
			<div class="staged" data-staged={version}>
				<p>
					<strong>{t(tried ? "triedTitle" : "stagedTitle", { version })}</strong>{" "}
					<Badge>{t(tried ? "triedBadge" : "stagedBadge")}</Badge>
				</p>
				{tried ? (
					<TestCrm model={model} isMine={shown.user?.id === model.self.id} />
				) : (
					<AudienceList audience={audienceOf(ids, facts.groups)} title={t("stagedFor")} />
				)}
				<p>{t("stagedOthers", { version: everybodys ?? 0 })}</p>
				{!fixed && (
					<div class="row-end">
						<Button size="small" kind="primary" onClick={() => setAsking("release")}>
							{t("releaseAll")}
						</Button>
						<Button size="small" onClick={() => setAsking("groups")}>
							{t(tried ? "stage" : "stageOther")}
						</Button>
						<Button size="small" onClick={() => setAsking("withdraw")}>
							{t("withdraw")}
						</Button>
					</div>
				)}
			</div>
			{asking === "release" && (
				<Confirm
					title={t("releaseTitle", { version })}
					text={t("releaseText")}
					action={t("releaseAll")}
					task={model.releases.changing}
					onClose={close}
					onConfirm={() => void act(model.releases.release(version), t("released", { version }))}
				>
					<AudienceList audience={audienceNow(facts.integration, facts.groups)} title={t("usesIt")} />
				</Confirm>
			)}
			{asking === "withdraw" && (
				<Confirm
					title={t("withdrawTitle", { version })}
					text={t(tried ? "withdrawTrialText" : "withdrawText", { version: everybodys ?? 0 })}
					action={t("withdraw")}
					task={model.releases.changing}
					onClose={close}
					onConfirm={() => void act(model.releases.withdraw(version), t("withdrawn", { version }))}
				>
					{!tried && <AudienceList audience={audienceOf(ids, facts.groups)} title={t("usesIt")} />}
				</Confirm>
			)}
			{asking === "groups" && (
				<StageDialog
					model={model}
					facts={facts}
					title={t("stageTitle", { version })}
					version={version}
					chosen={ids}
					onSend={async (stage) => {
						const done = await model.releases.stage(version, stage);
						if (done) tell(t(stage.forMe ? "tried" : "staged", { version }));
						return done;
					}}
					onClose={close}
				/>
			)}
		</Banner>
	);
}

/** Where whoever tries a version sees what it does: in a panel of their own, beside a page that shows what it is told. */
function TestCrm({ model, isMine }: { model: DeploymentModel; isMine: boolean }) {
	if (!isMine) return <p>{t("triedByOther")}</p>;
	return (
		<p>
			<a
				href={testCrmUrl(
					panelUrl(model.panelOrigin, { id: model.id, partnerName: model.base.value?.properties.partnerName }),
				)}
				target="_blank"
				rel="noreferrer"
				data-test-crm
			>
				{t("openTestCrm")}
			</a>
		</p>
	);
}
