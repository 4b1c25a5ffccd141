import { Button, TextArea, TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { privateTypeId } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Load, Screen, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { Switch } from "../../shell/switch.tsx";
import { AccessSection } from "./access-section.tsx";
import { CheckSection } from "./check-section.tsx";
import { DeploymentConflict } from "./conflict-dialog.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { ReportedProblem } from "./deployments-screen.tsx";
import { EmbedSection } from "./embed-section.tsx";
import { ScriptSection } from "./script-section.tsx";
import { SignInSection } from "./sign-in-section.tsx";
import { t } from "./strings.ts";
import { VersionsSection } from "./versions-section.tsx";

/** One deployment with everything that can be set and checked about it. */
export function DeploymentScreen({ model }: { model: DeploymentModel }) {
	useWarningBeforeLeaving(model);
	const facts = model.facts.value;
	return (
		<Screen
			title={facts?.integration.name ?? t("title")}
			back={{ to: { screen: "deployments" }, text: t("notFoundBack") }}
			actions={facts && <StateSwitch model={model} facts={facts} />}
		>
			<Failure error={model.switching.error.value} />
			<Load from={model.facts}>
				{(loaded) => (
					<>
						<ReportedProblem deployment={loaded.integration} />
						<General model={model} facts={loaded} />
						<ScriptSection model={model} facts={loaded} />
						<VersionsSection model={model} facts={loaded} />
						<AccessSection model={model} facts={loaded} />
						<SignInSection model={model} facts={loaded} />
						<EmbedSection model={model} />
						<CheckSection model={model} facts={loaded} />
						<SaveBar model={model} />
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

function StateSwitch({ model, facts }: PartProps) {
	const { name, intendedState } = facts.integration;
	const on = intendedState === "ENABLED";
	return (
		<Switch
			label={t("stateOf", { name })}
			on={on}
			text={on ? t("active") : t("inactive")}
			busy={model.switching.busy.value}
			onChange={async (wanted) => {
				if (await model.switch(wanted)) tell(t(wanted ? "activated" : "deactivated", { name }));
			}}
		/>
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
				error={draft.name.trim() === "" ? t("nameMissing") : undefined}
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
function SaveBar({ model }: { model: DeploymentModel }) {
	const count = model.changed.value.length;
	if (count === 0) return null;
	const nameless = model.draft.value?.name.trim() === "";
	return (
		<section class="save-bar" aria-label={shared("save")}>
			<Failure error={model.saving.error.value} />
			<span class="ui-grow" role="status">
				{t("unsaved", { count })}
			</span>
			<Button onClick={() => model.discard()}>{t("discard")}</Button>
			<Button
				kind="primary"
				busy={model.saving.busy.value}
				disabled={nameless}
				onClick={async () => {
					if (await model.save()) tell(t("saved", { version: model.base.value?.version ?? 0 }));
				}}
			>
				{shared("save")}
			</Button>
		</section>
	);
}

/** Unsaved changes are kept in the tab, but closing it would lose them. */
function useWarningBeforeLeaving(model: DeploymentModel): void {
	useEffect(() => {
		const warn = (event: BeforeUnloadEvent) => {
			if (model.changed.peek().length > 0) event.preventDefault();
		};
		addEventListener("beforeunload", warn);
		return () => removeEventListener("beforeunload", warn);
	}, [model]);
}
