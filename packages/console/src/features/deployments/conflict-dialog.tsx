import { Button, Dialog } from "@inlay/ui";
import { tell } from "../../shell/notice.ts";
import { Failure } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { Conflict, DeploymentModel } from "./deployment-model.ts";
import { type Draft, type DraftField, draftOf } from "./draft.ts";
import { t } from "./strings.ts";

const names = {
	name: "fieldName",
	notes: "fieldNotes",
	frameworkJs: "fieldFrameworkJs",
	groups: "fieldGroups",
	allowedOrigins: "fieldAllowedOrigins",
	scriptOrigins: "fieldScriptOrigins",
	development: "fieldDevelopment",
	clientId: "fieldClientId",
	partnerName: "fieldPartnerName",
} as const satisfies Record<DraftField, string>;

/** Two saved the same configuration: whose values stand? Closing it loses nothing; the next save asks again. */
export function ConflictDialog({ model, conflict }: { model: DeploymentModel; conflict: Conflict }) {
	const close = () => {
		model.conflict.value = undefined;
	};
	const resolve = async (whose: "mine" | "theirs") => {
		if (await model.resolve(whose)) tell(t("saved", { version: model.base.value?.version ?? 0 }));
	};
	return (
		<Dialog title={t("conflictTitle")} closeLabel={shared("close")} onClose={close}>
			<div class="ui-stack">
				<p>{t("conflictText")}</p>
				<ul class="plain-list">
					{conflict.fields.map((field) => (
						<li key={field}>
							<strong>{t(names[field])}</strong>
							<Values field={field} mine={model.draft.value} theirs={draftOf(conflict.theirs)} />
						</li>
					))}
				</ul>
				<Failure error={model.saving.error.value} />
				<div class="dialog-actions">
					<Button onClick={close}>{t("goOn")}</Button>
					<Button onClick={() => void resolve("theirs")}>{t("conflictTheirs")}</Button>
					<Button kind="primary" busy={model.saving.busy.value} onClick={() => void resolve("mine")}>
						{t("conflictMine")}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}

/** Both values, where they fit into a line: a script is compared in the editor, groups and clients are only ids here. */
function Values({ field, mine, theirs }: { field: DraftField; mine: Draft | undefined; theirs: Draft }) {
	if (!mine || field === "frameworkJs" || field === "groups" || field === "clientId" || field === "development")
		return null;
	return (
		<dl class="values">
			<dt>{t("mine")}</dt>
			<dd>{mine[field] || "–"}</dd>
			<dt>{t("theirs")}</dt>
			<dd>{theirs[field] || "–"}</dd>
		</dl>
	);
}
