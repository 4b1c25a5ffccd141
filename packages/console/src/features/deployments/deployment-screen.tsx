import "./deployment.css";
import { Button, TextArea, TextField } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { privateTypeId } from "../../session/wire.ts";
import { refusedFor } from "../../shell/failure.ts";
import { LossDialog, type LossQuestion, useLossQuestion } from "../../shell/loss-question.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Screen, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import { Switch } from "../../shell/switch.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { whileShown } from "../../shell/while-shown.ts";
import { AccessSection } from "./access-section.tsx";
import { activation } from "./activation.ts";
import { audienceNow, audienceOf } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import { CheckSection } from "./check-section.tsx";
import { DeploymentConflict } from "./conflict-dialog.tsx";
import { DeactivateDialog, WaitsFor } from "./deactivate-dialog.tsx";
import type { DeploymentGift, DeploymentLoss } from "./deployment-losses.ts";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { ReportedProblem } from "./deployments-screen.tsx";
import { EmbedSection } from "./embed-section.tsx";
import { IsolationSection } from "./isolation-section.tsx";
import { MannersSection } from "./manners-section.tsx";
import { ScriptSection } from "./script-section.tsx";
import { SignInSection } from "./sign-in-section.tsx";
import { t } from "./strings.ts";
import { TroubleBanner } from "./trouble-banner.tsx";
import { UnreadyDialog } from "./unready-dialog.tsx";
import type { Unready } from "./use.ts";
import { VersionsSection } from "./versions-section.tsx";

const lookEveryMs = 60_000;

/** One deployment with everything that can be set and checked about it. */
export function DeploymentScreen({ model }: { model: DeploymentModel }) {
	// They are kept in the tab, but closing it would lose them.
	useUnsaved(() => model.changed.peek().length > 0, { kept: true });
	const facts = model.facts.value;
	const lack = useLack(needs.editDeployment);
	// Its client and groups are changed elsewhere, and it goes on saying how they were.
	useEffect(() => whileShown(lookEveryMs, () => void model.lookAgain()), [model]);
	return (
		<Screen
			title={facts?.integration.name ?? t("title")}
			back={{ to: { screen: "deployments" }, text: t("notFoundBack") }}
			historyOf={facts?.integration.id}
			actions={facts && <StateSwitch model={model} facts={facts} fixed={lack !== undefined} />}
		>
			<Failure error={model.switching.error.value} />
			<Load from={model.facts}>
				{(loaded) => (
					<>
						<ReportedProblem deployment={loaded.integration} />
						<TroubleBanner troubles={loaded.troubles} isActive={loaded.integration.intendedState === "ENABLED"} />
						{loaded.integration.intendedState !== "ENABLED" && (
							<WaitsFor
								use={model.use}
								task={model.switching}
								name={loaded.integration.name}
								mayClose={lack === undefined}
								onClose={async () => {
									if (await model.switch(false, true)) tell(t("closed", { name: loaded.integration.name }));
								}}
							/>
						)}
						<Allowed lack={lack}>
							{/* The order of the guide: the client before the script that needs it. */}
							<General model={model} facts={loaded} />
							<SignInSection model={model} facts={loaded} />
							<ScriptSection model={model} facts={loaded} />
						</Allowed>
						<fieldset class="locked ui-stack" disabled={lack !== undefined}>
							<IsolationSection model={model} />
							<MannersSection model={model} />
						</fieldset>
						<VersionsSection model={model} facts={loaded} />
						<fieldset class="locked" disabled={lack !== undefined}>
							<AccessSection model={model} facts={loaded} />
						</fieldset>
						<EmbedSection model={model} />
						<CheckSection deploymentId={model.id} />
						<SaveBar model={model} facts={loaded} />
					</>
				)}
			</Load>
			{model.conflict.value && <DeploymentConflict model={model} conflict={model.conflict.value} />}
		</Screen>
	);
}

interface PartProps {
	model: DeploymentModel;
	facts: DeploymentFacts;
}

function StateSwitch({ model, facts, fixed }: PartProps & { fixed: boolean }) {
	const [asking, setAsking] = useState(false);
	const [unready, setUnready] = useState<Unready | undefined>(undefined);
	const { name, intendedState } = facts.integration;
	const on = intendedState === "ENABLED";
	const turn = async (wanted: boolean, now = false) => {
		if (await model.switch(wanted, now)) {
			tell(t(wanted ? activation(facts.integration) : now ? "closed" : "deactivated", { name }));
		}
		setAsking(false);
		setUnready(undefined);
	};
	const turnOn = async () => {
		const activated = await model.activate();
		if (activated.on) tell(t(activation(facts.integration), { name }));
		setUnready(activated.unready);
	};
	if (fixed) return <span>{on ? t("active") : t("inactive")}</span>;
	return (
		<>
			<Switch
				label={t("stateOf", { name })}
				on={on}
				text={on ? t("active") : t("inactive")}
				busy={model.switching.busy.value}
				onChange={(wanted) => (wanted ? void turnOn() : setAsking(true))}
			/>
			{unready && (
				<UnreadyDialog
					name={name}
					unready={unready}
					task={model.switching}
					onClose={() => setUnready(undefined)}
					onConfirm={() => void turn(true)}
				/>
			)}
			{asking && (
				<DeactivateDialog
					name={name}
					use={model.use}
					task={model.switching}
					onClose={() => setAsking(false)}
					onConfirm={(now) => void turn(false, now)}
				>
					<AudienceList audience={audienceNow(facts.integration, facts.groups)} />
				</DeactivateDialog>
			)}
		</>
	);
}

function General({ model, facts }: PartProps) {
	const draft = model.draft.value;
	if (!draft) return null;
	const isPublic = facts.integration.integrationType.id !== privateTypeId;
	return (
		<Section title={t("general")} hint={facts.integration.integrationType.name}>
			<TextField
				label={t("name")}
				value={draft.name}
				required
				error={draft.name.trim() === "" ? t("nameMissing") : refusedFor(model.saving.error.value, "name")}
				onInput={(name) => model.change({ name })}
			/>
			{isPublic && (
				<TextField
					label={t("partnerName")}
					hint={t("partnerHint")}
					value={draft.partnerName}
					onInput={(partnerName) => model.change({ partnerName })}
				/>
			)}
			<TextArea
				label={t("notes")}
				hint={t("notesHint")}
				value={draft.notes}
				rows={2}
				maxLength={4000}
				onInput={(notes) => model.change({ notes })}
			/>
		</Section>
	);
}

/** Stays in sight while something is unsaved, with what kept it from being saved. */
function SaveBar({ model, facts }: PartProps) {
	const count = model.changed.value.length;
	const question = useLossQuestion(
		() => model.effects(),
		async () => {
			const hasScript = model.changed.peek().includes("frameworkJs");
			if (!(await model.save())) return;
			const version = hasScript ? model.versions.value?.release.version : undefined;
			tell(version === undefined ? t("saved") : t("savedScript", { version }));
			// The button goes with the bar.
			document.querySelector<HTMLElement>("h1[tabindex]")?.focus();
		},
	);
	if (count === 0) return null;
	const nameless = model.draft.value?.name.trim() === "";
	return (
		<section class="save-bar" aria-label={shared("save")}>
			<Failure error={model.saving.error.value} />
			<span class="ui-grow" role="status">
				{t("unsaved", { count })}
			</span>
			<Button onClick={() => model.discard()}>{t("discard")}</Button>
			<Button kind="primary" busy={model.saving.busy.value} disabled={nameless} onClick={() => void question.send()}>
				{shared("save")}
			</Button>
			<SaveQuestion model={model} facts={facts} question={question} />
		</section>
	);
}

/** What a save takes from agents, and what reaches them at once: who that is stands there before it is done. */
function SaveQuestion({
	model,
	facts,
	question,
}: PartProps & { question: LossQuestion<DeploymentLoss | DeploymentGift> }) {
	const takesNothing = question.asked?.every(({ code }) => code in gifts);
	const words = takesNothing ? { title: t("saveAtOnceTitle"), text: t("saveAtOnceText") } : {};
	return (
		<LossDialog
			question={question}
			say={(code) => t(code === "givesScript" ? "releaseText" : code)}
			task={model.saving}
			{...words}
		>
			<AudienceList audience={audienceOf(model.draft.value?.groups ?? [], facts.groups)} title={t("usesIt")} />
			<Load from={model.agentsNow}>{(count) => <p>{t("agentsNow", { count })}</p>}</Load>
		</LossDialog>
	);
}

const gifts: Readonly<Record<DeploymentGift, true>> = { givesScript: true, givesSettings: true };
