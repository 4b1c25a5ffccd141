import { Banner, TextArea } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { audienceOf } from "./audience.ts";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { fieldsOf } from "./draft.ts";
import { t } from "./strings.ts";

/** Groups whose members may use the deployment, and pages that may embed it. */
export function AccessSection({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const draft = model.draft.value;
	if (!draft) return null;
	// One that is gone stays on offer until it has been taken out: with it nothing can be saved.
	const chosen = audienceOf([...new Set([...draft.groups, ...baseGroups(model)])], facts.groups);
	const gone = chosen.kind === "groups" ? chosen.gone : [];
	return (
		<Section title={t("access")}>
			<Choices
				legend={t("groups")}
				error={refusedFor(model.saving.error.value, ...fieldsOf("groups"))}
				hint={t("groupsHint")}
				columns
				choices={[
					...facts.groups.map((group) => ({
						id: group.id,
						text: t("groupMembers", { name: group.name, count: group.memberCount }),
					})),
					...gone.map((id) => ({ id, text: t("groupGone", { id }) })),
				]}
				chosen={draft.groups}
				onChange={(groups) => model.change({ groups })}
			/>
			{draft.groups.some((id) => gone.includes(id)) && <Banner tone="warn">{t("groupGoneHint")}</Banner>}
			{facts.groups.length === 0 && (
				<p>
					{t("groupsNone")} <a href={hrefOf({ screen: "groups" })}>{t("groupsAdd")}</a>
				</p>
			)}
			<TextArea
				label={t("origins")}
				hint={t("originsHint")}
				value={draft.allowedOrigins}
				placeholder="https://crm.example.com"
				rows={3}
				error={refusedFor(model.saving.error.value, ...fieldsOf("allowedOrigins"))}
				onInput={(allowedOrigins) => model.change({ allowedOrigins })}
			/>
		</Section>
	);
}

function baseGroups(model: DeploymentModel): readonly string[] {
	return model.base.value?.properties.groups ?? [];
}
