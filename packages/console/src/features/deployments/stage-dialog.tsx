import { Banner, Button, Checkbox, Dialog } from "@inlay/ui";
import { useLayoutEffect, useState } from "preact/hooks";
import { Choices } from "../../shell/choices.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Failure, Form } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { audienceOf } from "./audience.ts";
import { AudienceList } from "./audience-list.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { leavingGroups, type Stage } from "./release-model.ts";
import { t } from "./strings.ts";

/** Which groups get a version of framework.js before everybody else. */
export function StageDialog({
	model,
	facts,
	title,
	version,
	chosen: before = [],
	onSend,
	onClose,
}: {
	model: DeploymentModel;
	facts: DeploymentFacts;
	title: string;
	/** The one that they get; absent where it is made by this. */
	version?: number;
	/** Groups that have it already. */
	chosen?: readonly string[];
	/** Resolves to whether it was done. */
	onSend: (stage: Stage) => Promise<boolean>;
	onClose: () => void;
}) {
	const [chosen, setChosen] = useState<readonly string[]>(before);
	const [forMe, setForMe] = useState(false);
	const [isMissing, setMissing] = useState(false);
	const task = model.releases.changing;
	// Nothing that was refused before is an answer to this, nor is this to what comes after it.
	useLayoutEffect(() => {
		task.forget();
		return () => task.forget();
	}, [task]);
	const staged = model.versions.value?.release.staged;
	const send = async () => {
		const isNobody = !forMe && chosen.length === 0;
		setMissing(isNobody);
		const who = forMe ? ({ forMe: true } as const) : { groups: chosen };
		if (!isNobody && (await onSend({ ...who, replaces: staged?.version }))) onClose();
	};
	const refused = refusedFor(task.error.value, "groups");
	const leaving = leavingGroups(staged, forMe ? [] : chosen);
	const own = facts.integration.config.current.properties.groups ?? [];
	return (
		<Dialog title={title} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<p>{t("stageText")}</p>
				<Checkbox label={t("forMe")} checked={forMe} onChange={setForMe} />
				{forMe && <p class="ui-hint">{t("forMeHint")}</p>}
				{forMe ? null : facts.groups.length === 0 ? (
					<p>{t("groupsNone")}</p>
				) : (
					<Choices
						legend={t("stageGroups")}
						choices={facts.groups.map(({ id, name, memberCount }) => ({
							id,
							text: t("groupMembers", { name, count: memberCount }),
						}))}
						chosen={chosen}
						columns
						{...(isMissing || refused ? { error: refused ?? t("stageGroupsMissing") } : {})}
						onChange={(groups) => {
							// What was wrong was about the groups that stood there.
							setMissing(false);
							task.forget();
							setChosen(groups);
						}}
					/>
				)}
				{!forMe && own.length > 0 && chosen.some((id) => !own.includes(id)) && (
					<Banner tone="warn">{t("stageStrangers")}</Banner>
				)}
				{staged && staged.version !== version && (
					<Banner tone="info">
						{t(staged.user ? "stageReplacesTrial" : "stageReplaces", { version: staged.version })}
					</Banner>
				)}
				{staged && leaving.length > 0 && (
					<Banner tone="warn">
						<AudienceList
							audience={audienceOf(leaving, facts.groups)}
							title={t("stageTakes", { version: staged.version })}
						/>
					</Banner>
				)}
				<Failure error={refused ? undefined : task.error.value} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={task.busy.value}>
						{t(forMe ? "tryAction" : "stageAction")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}
